#include "query/ask/claim_outline.h"

#include "base/status_macros.h"
#include "query/ask/row_lookup.h"

namespace dossier::ask {

absl::StatusOr<std::vector<ClaimOutline>> ReadOutlines(const Snapshot& snapshot, absl::Span<const TermId> claims) {
  std::vector<ClaimOutline> outlines(claims.size());
  for (size_t i = 0; i < claims.size(); ++i) outlines[i].id = claims[i];
  const PermutationInfo& info = GetPermutationInfo(Permutation::kClaimReifier);
  DOSSIER_RETURN_IF_ERROR(
      LookUpRows(snapshot, Permutation::kClaimReifier, claims, 1, [&](size_t key, const RowBlock& block, size_t row) {
        ClaimOutline& outline = outlines[key];
        // The same claim in several graphs counts once.
        if (!outline.relation.is_undefined()) return absl::OkStatus();
        for (size_t i = 0; i < info.width; ++i) {
          if (info.columns[i] == Column::kSubject) outline.subject = block.columns[i][row];
          if (info.columns[i] == Column::kPredicate) outline.relation = block.columns[i][row];
          if (info.columns[i] == Column::kObject) outline.object = block.columns[i][row];
        }
        return absl::OkStatus();
      }));
  DOSSIER_RETURN_IF_ERROR(
      LookUpRows(snapshot, Permutation::kSpo, claims, 1, [&](size_t key, const RowBlock& block, size_t row) {
        auto& annotations = outlines[key].annotations;
        const std::pair<TermId, TermId> annotation(block.columns[1][row], block.columns[2][row]);
        if (annotations.empty() || annotations.back() != annotation) annotations.push_back(annotation);
        return absl::OkStatus();
      }));
  return outlines;
}

}  // namespace dossier::ask
