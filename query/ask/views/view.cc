#include "query/ask/views/view.h"

#include <utility>

#include "base/status_macros.h"
#include "query/ask/score.h"

namespace dossier::ask {
namespace {

// A rough measure of what a claim needs while it is kept.
constexpr size_t kClaimBytes = 256;
// Claims that are read together.
constexpr size_t kJudgedAtOnce = 16384;

class Collector {
 public:
  Collector(const ViewContext& view, ClaimJudge judge, ClaimFinder* finder, MemoryReservation* memory)
      : view_(view), judge_(std::move(judge)), finder_(finder), memory_(memory) {}

  // A claim, once, in the order in which they come. `certain`: what is known of its time already.
  absl::Status Add(TermId claim, std::optional<bool> certain = std::nullopt) {
    if (!seen_.insert(claim).second) return absl::OkStatus();
    waiting_.emplace_back(claim, certain);
    return waiting_.size() < kJudgedAtOnce ? absl::OkStatus() : JudgeWaiting();
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
        DOSSIER_RETURN_IF_ERROR(Add(solution.claims[i]->id, solution.certain));
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<std::vector<ViewClaim>> Take() {
    DOSSIER_RETURN_IF_ERROR(JudgeWaiting());
    return std::move(claims_);
  }
  const std::optional<TimeLimit>& time() const { return judge_.time(); }

 private:
  absl::Status JudgeWaiting() {
    std::vector<TermId> ids;
    for (const auto& [id, certain] : waiting_) ids.push_back(id);
    absl::flat_hash_map<TermId, ClaimOutline> outlines;
    DOSSIER_RETURN_IF_ERROR(finder_->ForEachOutline(std::move(ids), [&outlines](ClaimOutline&& outline) {
      const TermId id = outline.id;
      outlines.emplace(id, std::move(outline));
      return absl::OkStatus();
    }));
    for (const auto& [id, certain] : waiting_) {
      const auto outline = outlines.find(id);
      if (outline != outlines.end()) DOSSIER_RETURN_IF_ERROR(Judge(std::move(outline->second), certain));
    }
    waiting_.clear();
    return memory_->Resize((claims_.size() + seen_.size() / 4) * kClaimBytes);
  }

  absl::Status Judge(ClaimOutline outline, std::optional<bool> certain) {
    DOSSIER_ASSIGN_OR_RETURN(const ClaimJudge::Verdict verdict, judge_.Judge(outline));
    if (verdict == ClaimJudge::Verdict::kOut) return absl::OkStatus();
    ViewClaim found;
    DOSSIER_ASSIGN_OR_RETURN(found.time, judge_.TimeOf(outline));
    DOSSIER_ASSIGN_OR_RETURN(found.denied, judge_.IsDenied(outline));
    found.certain = certain.value_or(verdict == ClaimJudge::Verdict::kIn);
    found.outline = std::move(outline);
    claims_.push_back(std::move(found));
    return absl::OkStatus();
  }

  const ViewContext& view_;
  ClaimJudge judge_;
  ClaimFinder* finder_;
  MemoryReservation* memory_;
  absl::flat_hash_set<TermId> seen_;
  std::vector<std::pair<TermId, std::optional<bool>>> waiting_;  // To be read together.
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

absl::Status ReadClaims(const ViewContext& view, const std::vector<ViewClaim>& claims) {
  std::vector<const ClaimOutline*> outlines;
  for (const ViewClaim& claim : claims) outlines.push_back(&claim.outline);
  return view.reader->ReadOutlined(outlines, *view.context.cancellation);
}

absl::StatusOr<Answer> AnswerView(const ViewContext& view) {
  switch (view.question.meaning.kind) {
    case Meaning::Kind::kTimeline:
    case Meaning::Kind::kHappenings: return AnswerTimeline(view);
    case Meaning::Kind::kConflicts:
    case Meaning::Kind::kAgreement: return AnswerConflicts(view);
    case Meaning::Kind::kSources: return AnswerSources(view);
    case Meaning::Kind::kAccounts: return AnswerAccounts(view);
    case Meaning::Kind::kPath: return AnswerPath(view);
    default: return absl::InternalError("not a view");
  }
}

}  // namespace dossier::ask
