#include "storage/row_permuter.h"

#include <algorithm>
#include <array>

namespace dossier::storage {
namespace {

// At i: where the permutation's i-th column stands in a plain row.
std::array<size_t, kMaxColumns> SourceColumns(const PermutationInfo& info) {
  const absl::Span<const Column> plain = PlainOrder(info.relation).order();
  std::array<size_t, kMaxColumns> sources{};
  for (size_t i = 0; i < info.width; ++i) {
    sources[i] = static_cast<size_t>(std::find(plain.begin(), plain.end(), info.columns[i]) - plain.begin());
  }
  return sources;
}

Row Permute(const Row& row, const std::array<size_t, kMaxColumns>& sources, size_t width) {
  Row result{};
  for (size_t i = 0; i < width; ++i) result[i] = row[sources[i]];
  return result;
}

}  // namespace

const PermutationInfo& PlainOrder(Relation relation) {
  switch (relation) {
    case Relation::kQuads:
    case Relation::kNamedQuads: break;
    case Relation::kReifications: return GetPermutationInfo(Permutation::kClaimSpo);
    case Relation::kTripleTerms: return GetPermutationInfo(Permutation::kTermSpo);
  }
  return GetPermutationInfo(Permutation::kSpo);
}

Row PermuteRow(const Row& row, const PermutationInfo& info) { return Permute(row, SourceColumns(info), info.width); }

std::vector<RowChange> PermuteChanges(absl::Span<const RowChange> changes, const PermutationInfo& info) {
  constexpr size_t kGraphOfQuad = 3;
  const std::array<size_t, kMaxColumns> sources = SourceColumns(info);
  std::vector<RowChange> result;
  result.reserve(changes.size());
  for (const RowChange& change : changes) {
    if (info.relation == Relation::kNamedQuads && change.row[kGraphOfQuad].is_undefined()) continue;
    result.push_back({Permute(change.row, sources, info.width), change.insert});
  }
  std::sort(result.begin(), result.end(), [](const RowChange& a, const RowChange& b) { return a.row < b.row; });
  return result;
}

}  // namespace dossier::storage
