// "was Hanoi Kim's second trip", "did Kim first meet Trump in Singapore": whether what the question names is what its
// ordinal chooses.
#include <set>
#include <utility>

#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/query_engine.h"

namespace dossier::ask {
namespace {

int FactOfOrdinal(const Meaning& meaning) {
  for (size_t i = 0; i < meaning.facts.size(); ++i) {
    if (!meaning.facts[i].restricts && !meaning.facts[i].negated) return static_cast<int>(i);
  }
  return kNobody;
}

// The question without what the ordinal is asked of: a time, a place or other qualifier, or else the object.
Meaning Opened(const Meaning& meaning, int main) {
  Meaning open = meaning;
  open.kind = Meaning::Kind::kSelect;
  Fact& fact = open.facts[main];
  if (fact.time.has_value()) {
    fact.time.reset();
  } else if (!fact.qualifiers.empty()) {
    fact.qualifiers.clear();
  } else {
    const bool object = open.participants[fact.object].known();
    open.participants.emplace_back();
    (object ? fact.object : fact.subject) = static_cast<int>(open.participants.size()) - 1;
  }
  return open;
}

}  // namespace

absl::StatusOr<Answer> AnswerOrdinalVerdict(const Meaning& meaning, const Catalogue& catalogue,
                                            const std::shared_ptr<const Snapshot>& snapshot,
                                            const QueryContext& context, ClaimReader* reader) {
  Answer answer;
  answer.kind = Answer::Kind::kAsk;
  answer.columns = {"answer"};
  answer.verdict = Answer::Verdict::kNotStated;
  const int main = FactOfOrdinal(meaning);
  if (main == kNobody) return answer;
  const Meaning open = Opened(meaning, main);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Solution> all,
                           Solve(Compile(open, catalogue, *snapshot), snapshot, context, reader));
  const std::vector<Solution> chosen = ChosenInTime(open, all, &answer.notes);
  Meaning closed = meaning;
  closed.kind = Meaning::Kind::kSelect;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Solution> named,
                           Solve(Compile(closed, catalogue, *snapshot), snapshot, context, reader));
  if (chosen.empty() || named.empty()) return answer;
  std::set<const ClaimRecord*> claims;
  for (const Solution& solution : named) claims.insert(solution.claims[main]);
  bool yes = false;
  RowGatherer gatherer;
  for (const Solution& solution : chosen) {
    yes |= claims.contains(solution.claims[main]);
    gatherer.Add(solution.claims[main], true);
  }
  answer.verdict = yes ? Answer::Verdict::kYes : Answer::Verdict::kNo;
  AnswerRow row;
  row.cells.emplace_back(TextCell(yes ? "yes" : "no"));
  gatherer.Finish(&row);
  answer.rows.push_back(std::move(row));
  return answer;
}

}  // namespace dossier::ask
