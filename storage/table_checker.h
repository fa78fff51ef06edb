// Reads a whole table and tells what is wrong with it: a part of the validator.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/key_layout.h"
#include "storage/key_value_store.h"
#include "storage/permutation_writer.h"

namespace dossier::storage {

// The lines of a validation. Later ones than the hundredth are only counted.
class Findings {
 public:
  void Add(std::string line);
  std::vector<std::string> Finish() &&;

 private:
  std::vector<std::string> lines_;
  uint64_t left_out_ = 0;
};

// A fingerprint of a set of rows that does not depend on their order.
struct RowSum {
  uint64_t rows = 0;
  uint64_t hashes = 0;

  void Add(const Row& row);
  friend bool operator==(const RowSum&, const RowSum&) = default;
};

// Calls `visit` with each row; damaged blocks become findings and are skipped.
absl::Status VisitRows(const KeyValueSnapshot& snapshot, const Table& table, absl::string_view name,
                       absl::FunctionRef<void(const Row&)> visit, Findings* findings);

}  // namespace dossier::storage
