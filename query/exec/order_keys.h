// The keys by which rows are sorted, from ids: terms of the dictionary are read once for each id of a batch, in the
// order of the ids.
#pragma once

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "query/exec/run_context.h"
#include "query/expr/order_key.h"
#include "rdf/term_id.h"

namespace dossier::exec {

// Not thread-safe.
class OrderKeyReader {
 public:
  explicit OrderKeyReader(RunContext* context) : context_(context) {}

  // The key of each id, in the order given.
  absl::Status Read(absl::Span<const TermId> ids, std::vector<OrderKey>* keys);

 private:
  RunContext* const context_;
  absl::flat_hash_map<TermId, OrderKey> known_;  // Of terms that are not inline; forgotten when there are many.
  std::vector<TermId> wanted_;
};

}  // namespace dossier::exec
