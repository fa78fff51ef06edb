#include "query/ask/prominence.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/status_macros.h"

namespace dossier::ask {
namespace {

// Beyond so many triples only claims tell who is spoken of: most triples are then what is written beside claims.
constexpr uint64_t kMaximumQuads = 4'000'000;

absl::Status AddRows(const Snapshot& snapshot, Permutation permutation, absl::Span<const TermId> things,
                     std::vector<uint64_t>* counts) {
  ScanSpec spec;
  spec.permutation = permutation;
  spec.wanted_columns = 1;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  for (size_t i = 0; i < things.size(); ++i) {
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({things[i]}));
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    const TermId* const begin = block.columns[0];
    const TermId* const end = std::upper_bound(begin, begin + block.rows, things[i]);
    if (end != begin + block.rows) {
      (*counts)[i] += static_cast<uint64_t>(end - begin);
      continue;
    }
    ScanSpec all;
    all.permutation = permutation;
    all.prefix = {things[i]};
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, snapshot.CountRows(all, /*exact=*/false));
    (*counts)[i] += rows;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<uint64_t>> Prominence(const Snapshot& snapshot, absl::Span<const TermId> things) {
  std::vector<Permutation> permutations = {Permutation::kClaimSpo, Permutation::kClaimOsp};
  if (snapshot.statistics().quads.rows <= kMaximumQuads) {
    permutations.insert(permutations.end(), {Permutation::kSpo, Permutation::kOsp});
  }
  std::vector<uint64_t> counts(things.size());
  for (const Permutation permutation : permutations) {
    DOSSIER_RETURN_IF_ERROR(AddRows(snapshot, permutation, things, &counts));
  }
  return counts;
}

absl::StatusOr<std::vector<TermId>> MostProminent(const Snapshot& snapshot, std::vector<TermId> things,
                                                  size_t maximum) {
  std::sort(things.begin(), things.end());
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<uint64_t> counts, Prominence(snapshot, things));
  std::vector<std::pair<uint64_t, TermId>> ranked;  // The least first.
  ranked.reserve(things.size());
  for (size_t i = 0; i < things.size(); ++i) ranked.emplace_back(~counts[i], things[i]);
  const size_t kept = std::min(maximum, ranked.size());
  std::partial_sort(ranked.begin(), ranked.begin() + static_cast<ptrdiff_t>(kept), ranked.end());
  things.resize(kept);
  for (size_t i = 0; i < kept; ++i) things[i] = ranked[i].second;
  return things;
}

}  // namespace dossier::ask
