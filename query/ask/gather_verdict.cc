// Yes or no: what the claims for and against add up to.
#include <algorithm>

#include "query/ask/answer_builder.h"

namespace dossier::ask {
namespace {

// What a group of claims about one question adds up to.
struct Weight {
  bool any = false;
  bool settled = false;  // Stated as a fact (confirmed, reported).
  bool held = false;     // At least held likely.
  bool certain = false;  // In the time asked for.
};

// The levels that say that something has happened, in the eyes of somebody.
bool IsSettled(const std::string& certainty) {
  return certainty.empty() || certainty == "confirmed" || certainty == "reported";
}
bool IsHeld(const std::string& certainty) {
  return IsSettled(certainty) || certainty == "believed" || certainty == "likely";
}

}  // namespace

void GatherVerdict(const Meaning& meaning, const std::vector<Solution>& solutions, Answer* answer) {
  answer->kind = Answer::Kind::kAsk;
  answer->columns = {"answer"};
  const std::vector<bool> dating = DatingFacts(meaning);
  Weight positive;
  Weight negative;
  RowGatherer gatherer;
  for (const Solution& solution : solutions) {
    bool denied = false;
    bool settled = true;
    bool held = true;
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      const ClaimRecord* record = solution.claims[i];
      if (record == nullptr) continue;
      gatherer.Add(record, dating[i]);
      if (!dating[i]) continue;
      denied |= record->denied;
      settled &= IsSettled(record->claim.certainty);
      held &= IsHeld(record->claim.certainty);
    }
    Weight& weight = denied ? negative : positive;
    weight.any = true;
    weight.settled |= settled;
    weight.held |= held;
    weight.certain |= solution.certain && held;
  }
  std::string label;
  const bool happened = meaning.tense == Tense::kPast ? positive.held : positive.any;
  if (negative.any && !positive.settled) {
    // Denied, and nobody states it as a fact: with nothing but denials it is denied, else open.
    answer->verdict = positive.any ? Answer::Verdict::kNotStated : Answer::Verdict::kDenied;
    label = positive.any ? "not established" : "denied";
    if (positive.any) answer->notes.emplace_back("some claims deny it, others hold it planned, possible or likely");
  } else if (happened && (positive.certain || meaning.tense != Tense::kPast)) {
    answer->verdict = Answer::Verdict::kYes;
    label = "yes";
    if (negative.any) answer->notes.emplace_back("it is denied as well; see the claims");
  } else {
    answer->verdict = Answer::Verdict::kNotStated;
    label = "not stated";
    if (positive.held) {
      answer->notes.emplace_back("the times that the claims give are too vague to say so");
    } else if (positive.any) {
      answer->notes.emplace_back("it is only held planned or possible");
    }
  }
  if (solutions.empty()) return;
  AnswerRow row;
  AnswerCell cell;
  cell.value = Term::String(label);
  cell.label = label;
  cell.type = "verdict";
  row.cells.emplace_back(std::move(cell));
  gatherer.Finish(&row);
  answer->rows.push_back(std::move(row));
}

}  // namespace dossier::ask
