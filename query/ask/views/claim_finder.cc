#include "query/ask/views/claim_finder.h"

#include <algorithm>
#include <memory>

#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Outlines read at once; between them cancellation is looked for.
constexpr size_t kOutlinesAtOnce = 4096;

}  // namespace

ClaimFinder::ClaimFinder(const Catalogue& catalogue, const Snapshot& snapshot, const QueryContext& context)
    : catalogue_(catalogue), context_(context), graph_(snapshot) {
  for (const QualifierInfo& qualifier : catalogue.qualifiers()) {
    if (qualifier.iri.value() != vocab::kWhen) qualifiers_.insert(qualifier.id);
  }
}

absl::Status ClaimFinder::ForEachRow(const ScanSpec& spec,
                                     absl::FunctionRef<absl::Status(const RowBlock& block, size_t row)> visit) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, graph_.snapshot().Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_RETURN_IF_ERROR(context_.cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < block.rows; ++row) DOSSIER_RETURN_IF_ERROR(visit(block, row));
  }
}

absl::Status ClaimFinder::Scan(Permutation permutation, std::vector<TermId> prefix, TermId lower, TermId upper,
                               size_t column, Visit visit) {
  ScanSpec spec;
  spec.permutation = permutation;
  spec.prefix = std::move(prefix);
  spec.lower = lower;
  spec.upper = upper;
  spec.wanted_columns = uint32_t{1} << column;
  return ForEachRow(spec, [&](const RowBlock& block, size_t row) { return visit(block.columns[column][row]); });
}

absl::Status ClaimFinder::ForEachAbout(TermId entity, Visit visit) {
  const TermId first = TermId::FromBits(0);
  const TermId last = TermId::FromBits(~uint64_t{0});
  for (const Permutation permutation : {Permutation::kClaimSpo, Permutation::kClaimOsp}) {
    DOSSIER_RETURN_IF_ERROR(Scan(permutation, {entity}, first, last, 3, visit));
  }
  for (const QualifierInfo& qualifier : catalogue_.qualifiers()) {
    if (!qualifiers_.contains(qualifier.id)) continue;
    DOSSIER_RETURN_IF_ERROR(Scan(Permutation::kPos, {qualifier.id, entity}, first, last, 2, visit));
  }
  return absl::OkStatus();
}

bool ClaimFinder::HasPlainTriples(TermId relation) {
  const auto [it, is_new] = has_plain_.try_emplace(relation, false);
  if (!is_new) return it->second;
  const std::optional<uint32_t> known = catalogue_.FindRelation(relation);
  return it->second = known.has_value() && catalogue_.HasPlainTriples(*known);
}

absl::Status ClaimFinder::ForEachPlainTriple(TermId entity,
                                             absl::FunctionRef<absl::Status(const ClaimOutline& triple)> visit) {
  const auto visit_plain = [&](TermId subject, TermId relation, TermId object) -> absl::Status {
    return HasPlainTriples(relation) ? visit({TermId(), subject, relation, object, {}}) : absl::OkStatus();
  };
  for (const Permutation permutation : {Permutation::kSpo, Permutation::kOsp}) {
    ScanSpec spec;
    spec.permutation = permutation;
    spec.prefix = {entity};
    DOSSIER_RETURN_IF_ERROR(ForEachRow(spec, [&](const RowBlock& block, size_t row) {
      const TermId second = block.columns[1][row];
      const TermId third = block.columns[2][row];
      return permutation == Permutation::kSpo ? visit_plain(entity, second, third) : visit_plain(second, third, entity);
    }));
  }
  return absl::OkStatus();
}

absl::Status ClaimFinder::ForEachInTime(const TimeRange& range, Visit visit) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId when, graph_.Id(vocab::kWhen));
  if (when.is_undefined()) return absl::OkStatus();
  const Moments wanted{range.begin, range.end};
  for (const auto& [lower, upper] : IdsOverlapping(wanted)) {
    ScanSpec spec;
    spec.permutation = Permutation::kPos;
    spec.prefix = {when};
    spec.lower = lower;
    spec.upper = upper;
    spec.wanted_columns = 0b110;
    DOSSIER_RETURN_IF_ERROR(ForEachRow(spec, [&](const RowBlock& block, size_t row) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const bool overlaps, Overlaps(block.columns[1][row], wanted));
      return overlaps ? visit(block.columns[2][row]) : absl::OkStatus();
    }));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> ClaimFinder::Overlaps(TermId time, const Moments& wanted) {
  if (const std::optional<Moments> moments = MomentsOf(time)) return moments->Overlaps(wanted);
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TimeRange> range, TimeOf(time));
  return range.has_value() && Moments{range->begin, range->end}.Overlaps(wanted);
}

absl::Status ClaimFinder::ForEachOfRelation(TermId relation, Visit visit) {
  return Scan(Permutation::kClaimPso, {relation}, TermId::FromBits(0), TermId::FromBits(~uint64_t{0}), 3, visit);
}

absl::Status ClaimFinder::ForEachOutline(std::vector<TermId> claims,
                                         absl::FunctionRef<absl::Status(ClaimOutline&& outline)> visit) {
  std::sort(claims.begin(), claims.end());
  claims.erase(std::unique(claims.begin(), claims.end()), claims.end());
  for (size_t begin = 0; begin < claims.size(); begin += kOutlinesAtOnce) {
    DOSSIER_RETURN_IF_ERROR(context_.cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(
        std::vector<ClaimOutline> outlines,
        ReadOutlines(graph_.snapshot(), absl::MakeConstSpan(claims).subspan(begin, kOutlinesAtOnce)));
    for (ClaimOutline& outline : outlines) {
      if (!catalogue_.FindRelation(outline.relation).has_value()) continue;
      DOSSIER_RETURN_IF_ERROR(visit(std::move(outline)));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<ClaimOutline>> ClaimFinder::Outline(TermId claim) {
  std::optional<ClaimOutline> found;
  DOSSIER_RETURN_IF_ERROR(ForEachOutline({claim}, [&found](ClaimOutline&& outline) {
    found = std::move(outline);
    return absl::OkStatus();
  }));
  return found;
}

absl::StatusOr<std::optional<TimeRange>> ClaimFinder::TimeOf(TermId literal) {
  const auto it = times_.find(literal);
  if (it != times_.end()) return it->second;
  DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(literal));
  return times_.emplace(literal, TimeRangeOf(term)).first->second;
}

absl::StatusOr<absl::flat_hash_set<TermId>> ClaimFinder::PlacesIn(TermId place) {
  absl::flat_hash_set<TermId> places = {place};
  std::vector<TermId> open = {place};
  while (!open.empty()) {
    DOSSIER_RETURN_IF_ERROR(context_.cancellation->Check());
    const TermId outer = open.back();
    open.pop_back();
    for (const uint32_t relation : catalogue_.containment()) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> inner,
                               graph_.Subjects(catalogue_.relations()[relation].iri.value(), outer));
      for (const TermId each : inner) {
        if (places.insert(each).second) open.push_back(each);
      }
    }
  }
  return places;
}

}  // namespace dossier::ask
