#include "storage/overlay/overlay_rows.h"

#include <algorithm>

#include "base/status_macros.h"
#include "storage/row_permuter.h"

namespace dossier::storage {
namespace {

constexpr TermId kGreatest = TermId::FromBits(~uint64_t{0});
constexpr size_t kGraphOfQuad = 3;

bool IsIn(const Row& plain_row, const PermutationInfo& info) {
  return info.relation != Relation::kNamedQuads || !plain_row[kGraphOfQuad].is_undefined();
}

}  // namespace

absl::Status OverlayRows::Reserve(size_t rows, size_t more_orders) const {
  // Nodes of the tree are at least half full, mostly three quarters.
  constexpr size_t kRowBytes = (sizeof(Row) + sizeof(bool)) * 3 / 2;
  size_t orders = more_orders;
  for (const SortedRows& sorted : sorted_) orders += sorted.has_value() ? 1 : 0;
  return reservation_.Resize(rows * orders * kRowBytes);
}

absl::Status OverlayRows::Record(absl::Span<const std::pair<Row, std::optional<bool>>> rows) {
  DOSSIER_RETURN_IF_ERROR(Reserve(changes().size() + rows.size(), 0));
  for (const auto& [row, change] : rows) {
    const auto known = changes().find(row);
    if (known != changes().end() && known->second) --added_;
    if (change.value_or(false)) ++added_;
    for (const PermutationInfo& info : AllPermutations()) {
      SortedRows& sorted = Sorted(info.permutation);
      if (!sorted.has_value() || !IsIn(row, info)) continue;
      if (change.has_value()) {
        sorted->insert_or_assign(PermuteRow(row, info), *change);
      } else {
        sorted->erase(PermuteRow(row, info));
      }
    }
  }
  return Reserve(changes().size(), 0);
}

absl::StatusOr<const ChangedRows*> OverlayRows::InOrder(Permutation permutation) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  SortedRows& sorted = Sorted(permutation);
  if (!sorted.has_value()) {
    DOSSIER_RETURN_IF_ERROR(Reserve(changes().size(), 1));
    const PermutationInfo& info = GetPermutationInfo(permutation);
    std::vector<std::pair<Row, bool>> rows;
    rows.reserve(changes().size());
    for (const auto& [row, added] : changes()) {
      if (IsIn(row, info)) rows.emplace_back(PermuteRow(row, info), added);
    }
    std::sort(rows.begin(), rows.end());
    sorted.emplace(rows.begin(), rows.end());
  }
  return &*sorted;
}

absl::StatusOr<ChangedRange> OverlayRows::Range(const ScanSpec& spec) const {
  if (changes().empty()) return ChangedRange{&changes(), changes().begin(), changes().end()};
  DOSSIER_ASSIGN_OR_RETURN(const ChangedRows* const rows, InOrder(spec.permutation));
  Row lower{};
  Row upper;
  upper.fill(kGreatest);
  std::copy(spec.prefix.begin(), spec.prefix.end(), lower.begin());
  std::copy(spec.prefix.begin(), spec.prefix.end(), upper.begin());
  if (spec.prefix.size() < GetPermutationInfo(spec.permutation).width) {
    lower[spec.prefix.size()] = spec.lower;
    upper[spec.prefix.size()] = spec.upper;
  }
  if (upper < lower) return ChangedRange{rows, rows->end(), rows->end()};
  return ChangedRange{rows, rows->lower_bound(lower), rows->upper_bound(upper)};
}

}  // namespace dossier::storage
