#include "storage/store_snapshot.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/key_layout.h"
#include "storage/metadata.h"
#include "storage/name_rows.h"
#include "storage/permutation_cursor.h"

namespace dossier::storage {
namespace {

// More than that help no estimate, and cost memory.
constexpr size_t kMaxCharacteristicSets = 10000;

absl::StatusOr<TableRange> RangeOf(const ScanSpec& spec) {
  TableRange range;
  range.table = TableOf(spec.permutation);
  if (spec.prefix.size() > range.table.width) {
    return absl::InvalidArgumentError(absl::StrCat("a prefix of ", spec.prefix.size(), " columns for permutation ",
                                                   GetPermutationInfo(spec.permutation).name));
  }
  range.prefix = spec.prefix;
  range.lower = spec.lower;
  range.upper = spec.upper;
  range.wanted_columns = spec.wanted_columns;
  return range;
}

}  // namespace

absl::StatusOr<std::shared_ptr<StoreSnapshot>> StoreSnapshot::Create(std::shared_ptr<const KeyValueSnapshot> data,
                                                                     Shared shared) {
  DOSSIER_ASSIGN_OR_RETURN(const StoreState state, ReadState(*data));
  if (shared.blocks == nullptr) shared = {std::make_shared<BlockCache>(state.commit), std::make_shared<IriCache>()};
  return std::shared_ptr<StoreSnapshot>(new StoreSnapshot(std::move(data), state.commit, std::move(shared)));
}

absl::StatusOr<std::unique_ptr<ScanCursor>> StoreSnapshot::Scan(const ScanSpec& spec) const {
  DOSSIER_ASSIGN_OR_RETURN(const TableRange range, RangeOf(spec));
  return NewTableCursor(data_.get(), range, &blocks_);
}

absl::StatusOr<uint64_t> StoreSnapshot::CountRows(const ScanSpec& spec, bool exact) const {
  DOSSIER_ASSIGN_OR_RETURN(const TableRange range, RangeOf(spec));
  if (exact) return CountTableRows(*data_, range, &blocks_);
  if (const std::optional<uint64_t> known = estimates_.Find(spec); known.has_value()) return *known;
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, EstimateTableRows(*data_, range, &blocks_));
  estimates_.Remember(spec, rows);
  return rows;
}

absl::StatusOr<std::unique_ptr<ScanCursor>> StoreSnapshot::ScanNames(const NameScan& scan) const {
  TableRange range;
  range.table = TableOf(scan.table);
  if (scan.prefix.size() > range.table.width) return absl::InvalidArgumentError("a prefix of too many columns");
  range.prefix = scan.prefix;
  range.lower = scan.lower;
  range.upper = scan.upper;
  return NewTableCursor(data_.get(), range, &blocks_);
}

absl::StatusOr<std::optional<TermId>> StoreSnapshot::FindTerm(const Term& term) const {
  if (!term.is_iri()) return dictionary_.Find(term);
  if (const auto known = shared_.iris->Find(commit_, term.value()); known.has_value()) return *known;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, dictionary_.Find(term));
  shared_.iris->Remember(commit_, term.value(), id);
  return id;
}

const Statistics& StoreSnapshot::statistics() const {
  std::call_once(statistics_once_, [this] {
    absl::StatusOr<Statistics> read = ReadStatistics(*data_, kMaxCharacteristicSets);
    if (read.ok()) {
      statistics_ = *std::move(read);
      has_statistics_.store(true, std::memory_order_release);
    } else {
      statistics_status_ = read.status();
    }
  });
  return statistics_;
}

void StoreSnapshot::TakeStatistics(const StoreSnapshot& before, const WriteBatch& batch) {
  if (!before.has_statistics_.load(std::memory_order_acquire)) return;
  absl::StatusOr<Statistics> updated = UpdatedStatistics(*data_, kMaxCharacteristicSets, before.statistics_, batch);
  if (!updated.ok()) return;  // They are read when they are asked for.
  std::call_once(statistics_once_, [&] {
    statistics_ = *std::move(updated);
    has_statistics_.store(true, std::memory_order_release);
  });
}

absl::Status StoreSnapshot::CheckStatistics() const {
  statistics();
  return statistics_status_;
}

}  // namespace dossier::storage
