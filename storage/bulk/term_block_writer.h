// Appends new terms of one tag to the dictionary, in the order of their ids.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rdf/term_id.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/run_writer.h"

namespace dossier::storage {

class TermBlockWriter {
 public:
  TermBlockWriter(const LoadContext& context, TermTag tag)
      : context_(context), tag_(tag), next_(context.state.next(tag)), writer_(context.store, Family::kTerms) {}

  // The record of the term whose id is TermId(tag, next()).
  absl::Status Add(absl::string_view record);
  // The payload of the next term.
  uint64_t next() const { return next_; }

  // Writes the last block, which need not be full, and hands the runs over.
  absl::Status Finish(std::vector<std::unique_ptr<SortedRun>>* runs);

 private:
  // The store's last block of the tag is gone on with when it is not full.
  absl::Status ReadLastBlock();
  absl::Status WriteBlock();

  const LoadContext& context_;
  const TermTag tag_;
  uint64_t next_;
  RunWriter writer_;
  bool started_ = false;
  std::vector<std::string> records_;  // Of the block that is being filled.
};

}  // namespace dossier::storage
