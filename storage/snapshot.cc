#include "storage/snapshot.h"

#include <algorithm>
#include <vector>

#include "base/status_macros.h"

namespace dossier {

absl::Status Snapshot::VisitTerms(absl::Span<const TermId> ids, TermVisitor visit) const {
  constexpr size_t kTermsAtOnce = 1024;  // Bounds the memory for them.
  std::vector<Term> terms;
  for (size_t begin = 0; begin < ids.size(); begin += kTermsAtOnce) {
    const size_t count = std::min(kTermsAtOnce, ids.size() - begin);
    DOSSIER_RETURN_IF_ERROR(GetTerms(ids.subspan(begin, count), &terms));
    for (size_t i = 0; i < count; ++i) DOSSIER_RETURN_IF_ERROR(visit(begin + i, TermView(terms[i])));
  }
  return absl::OkStatus();
}

}  // namespace dossier
