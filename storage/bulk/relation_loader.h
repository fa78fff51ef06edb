// Adds the rows of a load to every permutation of one relation.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/row_file.h"
#include "storage/permutation.h"
#include "storage/statistics_builder.h"

namespace dossier::storage {

// The rows of `sorted` (ascending, each once, in the column order of `permutation`) that the table does not have yet.
// The file has the name `name` when the load can be resumed.
absl::StatusOr<std::unique_ptr<RowFile>> NewRows(const LoadContext& context, Permutation permutation, RowStream* sorted,
                                                 absl::string_view name);
// The same for rows in any order.
absl::StatusOr<std::unique_ptr<RowFile>> NewRows(const LoadContext& context, Permutation permutation,
                                                 const RowFile& rows, absl::string_view name);

struct RelationTask {
  Permutation permutation = Permutation::kSpo;
  const RowFile* rows = nullptr;  // New rows, in the column order of `source`.
  Permutation source = Permutation::kSpo;
  StatisticsBuilder* statistics = nullptr;  // May be null; else the pass of this permutation is counted.
};

// The pass of the statistics that a permutation serves; none for most.
std::optional<StatisticsBuilder::Pass> PassOf(Permutation permutation);

// What is called after each permutation, from one thread at a time: its runs, and how many bytes of rows are written of
// how many. An error ends the load.
struct TaskDone {
  const RelationTask& task;
  const std::vector<std::unique_ptr<SortedRun>>& runs;
  uint64_t bytes_done;
  uint64_t bytes_total;
};
using TaskObserver = absl::FunctionRef<absl::Status(const TaskDone&)>;

// Sorts and writes all permutations, several at a time, within the memory budget. Adds the changed blocks to `runs`.
absl::Status LoadPermutations(const LoadContext& context, const std::vector<RelationTask>& tasks, TaskObserver observer,
                              std::vector<std::unique_ptr<SortedRun>>* runs);

}  // namespace dossier::storage
