#include "query/ask/views/view.h"

#include <utility>

#include "base/status_macros.h"
#include "query/ask/score.h"

namespace dossier::ask {
namespace {

// A rough measure of what a claim needs while it is kept.
constexpr size_t kClaimBytes = 256;

class Collector {
 public:
  Collector(const ViewContext& view, ClaimJudge judge, ClaimFinder* finder, MemoryReservation* memory)
      : view_(view), judge_(std::move(judge)), finder_(finder), memory_(memory) {}

  absl::Status Add(TermId claim) {
    if (!seen_.insert(claim).second) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(std::optional<ClaimOutline> outline, finder_->Outline(claim));
    if (!outline.has_value()) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const ClaimJudge::Verdict verdict, judge_.Judge(*outline));
    if (verdict == ClaimJudge::Verdict::kOut) return absl::OkStatus();
    ViewClaim found;
    DOSSIER_ASSIGN_OR_RETURN(found.time, judge_.TimeOf(*outline));
    DOSSIER_ASSIGN_OR_RETURN(found.denied, judge_.IsDenied(*outline));
    found.certain = verdict == ClaimJudge::Verdict::kIn;
    found.outline = *std::move(outline);
    claims_.push_back(std::move(found));
    return memory_->Resize((claims_.size() + seen_.size() / 4) * kClaimBytes);
  }

  // The claims of the question's facts, as its algebra finds them.
  absl::Status AddOfFacts() {
    DOSSIER_ASSIGN_OR_RETURN(std::vector<Solution> solutions,
                             Solve(view_.question.compiled, view_.snapshot, view_.context, view_.reader));
    KeepWithinNumbers(view_.question.meaning, &solutions);
    const std::vector<bool> dating = DatingFacts(view_.question.meaning);
    for (const Solution& solution : solutions) {
      for (size_t i = 0; i < solution.claims.size(); ++i) {
        if (!dating[i] || solution.claims[i] == nullptr || solution.claims[i]->id.is_undefined()) continue;
        const size_t before = claims_.size();
        DOSSIER_RETURN_IF_ERROR(Add(solution.claims[i]->id));
        if (claims_.size() > before) claims_.back().certain = solution.certain;
      }
    }
    return absl::OkStatus();
  }

  std::vector<ViewClaim> Take() { return std::move(claims_); }
  const std::optional<TimeLimit>& time() const { return judge_.time(); }

 private:
  const ViewContext& view_;
  ClaimJudge judge_;
  ClaimFinder* finder_;
  MemoryReservation* memory_;
  absl::flat_hash_set<TermId> seen_;
  std::vector<ViewClaim> claims_;
};

}  // namespace

absl::StatusOr<std::vector<ViewClaim>> CollectClaims(const ViewContext& view, MemoryReservation* memory) {
  const Meaning& meaning = view.question.meaning;
  ClaimFinder finder(view.catalogue, *view.snapshot, view.context);
  DOSSIER_ASSIGN_OR_RETURN(ClaimJudge judge, ClaimJudge::Make(meaning, &finder));
  Collector collector(view, std::move(judge), &finder, memory);
  const auto add = [&](TermId claim) { return collector.Add(claim); };
  if (meaning.scope_fact == kNobody) {
    DOSSIER_RETURN_IF_ERROR(collector.AddOfFacts());
    return collector.Take();
  }
  const Fact& scope = meaning.facts[meaning.scope_fact];
  const std::vector<TermId>& subject = meaning.participants[scope.subject].candidates;
  if (!subject.empty()) {
    DOSSIER_RETURN_IF_ERROR(finder.ForEachAbout(subject.front(), add));
  } else if (collector.time().has_value()) {
    DOSSIER_RETURN_IF_ERROR(finder.ForEachInTime(collector.time()->range, add));
  } else if (!scope.qualifiers.empty()) {
    const TermId place = meaning.participants[scope.qualifiers.front().participant].candidates.front();
    DOSSIER_ASSIGN_OR_RETURN(const absl::flat_hash_set<TermId> places, finder.PlacesIn(place));
    for (const TermId inner : places) DOSSIER_RETURN_IF_ERROR(finder.ForEachAbout(inner, add));
  }
  return collector.Take();
}

absl::StatusOr<Answer> AnswerView(const ViewContext& view) {
  switch (view.question.meaning.kind) {
    case Meaning::Kind::kTimeline:
    case Meaning::Kind::kHappenings: return AnswerTimeline(view);
    case Meaning::Kind::kConflicts:
    case Meaning::Kind::kAgreement: return AnswerConflicts(view);
    case Meaning::Kind::kSources: return AnswerSources(view);
    case Meaning::Kind::kPath: return AnswerPath(view);
    default: return absl::InternalError("not a view");
  }
}

}  // namespace dossier::ask
