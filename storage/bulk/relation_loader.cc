#include "storage/bulk/relation_loader.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "base/status_macros.h"
#include "storage/bulk/row_sorter.h"
#include "storage/bulk/table_merger.h"
#include "storage/key_layout.h"
#include "storage/permutation_cursor.h"

namespace dossier::storage {
namespace {

// A step of the way through a table, to tell which rows are there.
class TableRows : public RowStream {
 public:
  TableRows(std::unique_ptr<ScanCursor> cursor, size_t width) : cursor_(std::move(cursor)), width_(width) {}

  absl::StatusOr<absl::Span<const TermId>> NextChunk() override {
    RowBlock block;
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor_->Next(&block));
    if (!more) return absl::Span<const TermId>();
    rows_.resize(block.rows * width_);
    for (size_t column = 0; column < width_; ++column) {
      for (size_t i = 0; i < block.rows; ++i) rows_[i * width_ + column] = block.columns[column][i];
    }
    return absl::Span<const TermId>(rows_);
  }

  absl::Status SeekForward(const TermId* row) { return cursor_->SeekForward(absl::MakeConstSpan(row, width_)); }

 private:
  const std::unique_ptr<ScanCursor> cursor_;
  const size_t width_;
  std::vector<TermId> rows_;
};

// For each column of `to`, its place among those of `from`.
std::array<size_t, kMaxColumns> ColumnPlaces(Permutation from, Permutation to) {
  const auto source = GetPermutationInfo(from).order();
  const auto target = GetPermutationInfo(to).order();
  std::array<size_t, kMaxColumns> places{};
  for (size_t i = 0; i < target.size(); ++i) {
    places[i] = std::find(source.begin(), source.end(), target[i]) - source.begin();
  }
  return places;
}

// Sorts rows of the task's permutation.
RowSorter MakeSorter(const LoadContext& context, const RelationTask& task, size_t memory_bytes) {
  const size_t width = GetPermutationInfo(task.permutation).width;
  const auto places = ColumnPlaces(task.source, task.permutation);
  std::array<ColumnRange, kMaxColumns> ranges;
  for (size_t i = 0; i < width; ++i) ranges[i] = task.rows->ranges()[places[i]];
  return {width, memory_bytes, context.spill_directory, RowPacker::ForRanges({ranges.data(), width})};
}

absl::Status SortRows(const LoadContext& context, const RelationTask& task, RowSorter* sorter) {
  const PermutationInfo& info = GetPermutationInfo(task.permutation);
  const auto places = ColumnPlaces(task.source, task.permutation);
  const size_t source_width = task.rows->width();
  const std::unique_ptr<RowStream> stream = task.rows->ReadAll();
  std::array<TermId, kMaxColumns> row{};
  while (true) {
    DOSSIER_RETURN_IF_ERROR(context.CheckCancelled());
    DOSSIER_ASSIGN_OR_RETURN(const auto chunk, stream->NextChunk());
    if (chunk.empty()) return absl::OkStatus();
    for (const TermId* from = chunk.data(); from != chunk.data() + chunk.size(); from += source_width) {
      for (size_t i = 0; i < info.width; ++i) row[i] = from[places[i]];
      // The graph comes first in the orders of named graphs, where the default graph has no rows.
      if (info.relation == Relation::kNamedQuads && row[0].is_undefined()) continue;
      DOSSIER_RETURN_IF_ERROR(sorter->Add(row.data()));
    }
  }
}

absl::Status MergeRows(const LoadContext& context, const RelationTask& task, RowStream* rows,
                       std::vector<std::unique_ptr<SortedRun>>* runs) {
  StatisticsBuilder* const statistics = task.statistics;
  const auto merge = [&](const RowObserver* observer) {
    return TableMerger(context, TableOf(task.permutation), observer).Merge(rows, runs);
  };
  const auto observe = [&merge](const RowObserver& observer) { return merge(&observer); };
  const std::optional<StatisticsBuilder::Pass> pass = PassOf(task.permutation);
  if (statistics == nullptr || !pass.has_value()) return merge(nullptr);
  switch (*pass) {
    case StatisticsBuilder::Pass::kSpo: return observe([&](const TermId* row) { statistics->AddSpo(row[0], row[1]); });
    case StatisticsBuilder::Pass::kOsp: return observe([&](const TermId* row) { statistics->AddOsp(row[0]); });
    case StatisticsBuilder::Pass::kPso: return observe([&](const TermId* row) { statistics->AddPso(row[0], row[1]); });
    case StatisticsBuilder::Pass::kPos: break;
  }
  return observe([&](const TermId* row) { statistics->AddPos(row[0], row[1]); });
}

absl::Status RunTask(const LoadContext& context, const RelationTask& task, size_t memory_bytes,
                     std::vector<std::unique_ptr<SortedRun>>* runs) {
  if (task.permutation == task.source) return MergeRows(context, task, task.rows->ReadAll().get(), runs);
  RowSorter sorter = MakeSorter(context, task, memory_bytes);
  DOSSIER_RETURN_IF_ERROR(SortRows(context, task, &sorter));
  return MergeRows(context, task, &sorter, runs);
}

}  // namespace

std::optional<StatisticsBuilder::Pass> PassOf(Permutation permutation) {
  switch (permutation) {
    case Permutation::kSpo:
    case Permutation::kClaimSpo: return StatisticsBuilder::Pass::kSpo;
    case Permutation::kOsp:
    case Permutation::kClaimOsp: return StatisticsBuilder::Pass::kOsp;
    case Permutation::kPso:
    case Permutation::kClaimPso: return StatisticsBuilder::Pass::kPso;
    case Permutation::kPos:
    case Permutation::kClaimPos: return StatisticsBuilder::Pass::kPos;
    default: return std::nullopt;
  }
}

absl::StatusOr<std::unique_ptr<RowFile>> NewRows(const LoadContext& context, Permutation permutation,
                                                 const RowFile& rows, absl::string_view name) {
  const RelationTask task{permutation, &rows, permutation, nullptr};
  RowSorter sorter = MakeSorter(context, task, context.memory_bytes / 10 * 8);
  DOSSIER_RETURN_IF_ERROR(SortRows(context, task, &sorter));
  return NewRows(context, permutation, &sorter, name);
}

absl::StatusOr<std::unique_ptr<RowFile>> NewRows(const LoadContext& context, Permutation permutation, RowStream* sorted,
                                                 absl::string_view name) {
  const size_t width = GetPermutationInfo(permutation).width;
  TableRows table(NewTableCursor(context.before, {.table = TableOf(permutation), .prefix = {}}), width);
  RowPeeker existing(&table, width);
  DOSSIER_RETURN_IF_ERROR(existing.Advance());
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<RowFile> added,
                           RowFile::Create(context.spill_directory, width, context.resumable ? name : ""));
  while (true) {
    DOSSIER_RETURN_IF_ERROR(context.CheckCancelled());
    DOSSIER_ASSIGN_OR_RETURN(const auto chunk, sorted->NextChunk());
    if (chunk.empty()) break;
    for (const TermId* row = chunk.data(); row != chunk.data() + chunk.size(); row += width) {
      for (size_t steps = 0; existing.row() != nullptr && RowLess(existing.row(), row, width); ++steps) {
        // After a while of walking it is better to jump.
        if (steps == kMaxBlockRows) {
          DOSSIER_RETURN_IF_ERROR(table.SeekForward(row));
          existing = RowPeeker(&table, width);
          steps = 0;
        }
        DOSSIER_RETURN_IF_ERROR(existing.Advance());
      }
      if (existing.row() != nullptr && RowEqual(existing.row(), row, width)) continue;
      DOSSIER_RETURN_IF_ERROR(added->Add(row));
    }
  }
  DOSSIER_RETURN_IF_ERROR(added->Flush());
  return added;
}

absl::Status LoadPermutations(const LoadContext& context, const std::vector<RelationTask>& tasks, TaskObserver observer,
                              std::vector<std::unique_ptr<SortedRun>>* runs) {
  const auto bytes_of = [](const RelationTask& task) {
    return task.rows->rows() * GetPermutationInfo(task.permutation).width * sizeof(TermId);
  };
  uint64_t total = 0;
  for (const RelationTask& task : tasks) total += bytes_of(task);
  uint64_t done = 0;
  const size_t threads = std::min(context.threads, tasks.size());
  std::atomic<size_t> next_task{0};
  std::mutex mutex;
  absl::Status status;
  const auto work = [&] {
    for (size_t i = next_task.fetch_add(1); i < tasks.size(); i = next_task.fetch_add(1)) {
      std::vector<std::unique_ptr<SortedRun>> task_runs;
      const absl::Status task_status = RunTask(context, tasks[i], context.memory_bytes / 10 * 8 / threads, &task_runs);
      const std::lock_guard<std::mutex> lock(mutex);
      status.Update(task_status);
      if (!status.ok()) return;
      done += bytes_of(tasks[i]);
      status.Update(observer({tasks[i], task_runs, done, total}));
      for (auto& run : task_runs) runs->push_back(std::move(run));
    }
  };
  std::vector<std::thread> others;
  for (size_t i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return status;
}

}  // namespace dossier::storage
