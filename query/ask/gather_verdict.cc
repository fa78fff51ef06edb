// Yes or no: what the claims for and against add up to.
#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {
namespace {

// What a group of claims about one question adds up to.
struct Weight {
  bool any = false;
  bool settled = false;   // Stated as a fact (confirmed, reported).
  bool held = false;      // At least held likely.
  bool expected = false;  // More than just possible: what "will" asks for.
  bool certain = false;   // In the time asked for.
};

struct Sides {
  Weight positive;
  Weight negative;
  std::pair<int64_t, std::string> strongest{-1, ""};  // The rank and the name of the strongest certainty.
};

// A denial about a part ("not going to Vladivostok") denies nothing about the whole ("visit Russia").
bool DeniesSomethingElse(const Meaning& meaning, const Fact& fact, const ClaimRecord& record) {
  const Participant& object = meaning.participants[fact.object];
  const Participant& subject = meaning.participants[fact.subject];
  return record.denied && object.chosen.has_value() && subject.chosen.has_value() && !object.all_candidates &&
         record.claim.object.value != *object.chosen && record.claim.object.value != *subject.chosen;
}

bool IsOfSomethingElse(const Meaning& meaning, const std::vector<bool>& dating, const Solution& solution) {
  for (size_t i = 0; i < solution.claims.size(); ++i) {
    if (solution.claims[i] != nullptr && dating[i] &&
        DeniesSomethingElse(meaning, meaning.facts[i], *solution.claims[i])) {
      return true;
    }
  }
  return false;
}

// The levels that say that something has happened, in the eyes of somebody.
bool IsSettled(const std::string& certainty) {
  return certainty.empty() || certainty == "confirmed" || certainty == "reported";
}
bool IsHeld(const std::string& certainty) {
  return IsSettled(certainty) || certainty == "believed" || certainty == "likely";
}

// Whether a claim of the solution denies it, or was printed before it could be settled.
bool IsOfWhatIsToCome(const std::vector<bool>& dating, const Solution& solution) {
  for (size_t i = 0; i < solution.claims.size(); ++i) {
    const ClaimRecord* record = solution.claims[i];
    if (record == nullptr || !dating[i]) continue;
    if (record->denied || record->IsProspective() || !IsSettled(record->claim.certainty)) return true;
  }
  return false;
}

// What the solutions say for and against; their claims go to `gatherer`.
void WeighSolutions(const Meaning& meaning, const std::vector<bool>& dating, const std::vector<Solution>& solutions,
                    Sides* sides, RowGatherer* gatherer) {
  // "Will she go to Paris": where some claims are of what is to come, she was there before says nothing.
  const bool ahead = meaning.tense == Tense::kFuture &&
                     std::any_of(solutions.begin(), solutions.end(),
                                 [&](const Solution& solution) { return IsOfWhatIsToCome(dating, solution); });
  for (const Solution& solution : solutions) {
    if (ahead && !IsOfWhatIsToCome(dating, solution)) continue;
    bool denied = false;
    bool settled = true;
    bool held = true;
    bool expected = true;
    if (IsOfSomethingElse(meaning, dating, solution)) continue;
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      const ClaimRecord* record = solution.claims[i];
      if (record == nullptr) continue;
      gatherer->Add(record, dating[i]);
      if (!dating[i]) continue;
      denied |= record->denied != meaning.facts[i].opposite;
      settled &= IsSettled(record->claim.certainty);
      expected &= record->claim.certainty != "possible";
      // What was still to come when it was printed may have come otherwise.
      held &= IsHeld(record->claim.certainty) && !(meaning.tense == Tense::kPast && record->IsProspective());
      sides->strongest = std::max(sides->strongest,
                                  std::make_pair(record->denied ? int64_t{-1} : record->rank, record->claim.certainty));
    }
    Weight& weight = denied ? sides->negative : sides->positive;
    weight.any = true;
    weight.settled |= settled;
    weight.held |= held;
    weight.expected |= expected;
    weight.certain |= solution.certain && held;
  }
}

}  // namespace

void GatherVerdict(const Meaning& meaning, const std::vector<Solution>& solutions, Answer* answer) {
  answer->kind = Answer::Kind::kAsk;
  answer->columns = {"answer"};
  const std::vector<bool> dating = DatingFacts(meaning);
  Sides sides;
  RowGatherer gatherer;
  WeighSolutions(meaning, dating, solutions, &sides, &gatherer);
  const auto& [positive, negative, strongest] = sides;
  std::string label;
  const bool happened = meaning.tense == Tense::kPast     ? positive.held
                        : meaning.tense == Tense::kFuture ? positive.expected
                                                          : positive.any;
  if (negative.any && !positive.settled) {
    // Denied, and nobody states it as a fact: with nothing but denials it is denied, else open.
    answer->verdict = positive.any ? Answer::Verdict::kNotStated : Answer::Verdict::kDenied;
    label = positive.any ? absl::StrCat("not established: ", strongest.second) : "denied";
    if (positive.any) answer->notes.emplace_back("some claims deny it, others hold it planned, possible or likely");
  } else if (happened && (positive.certain || meaning.tense != Tense::kPast)) {
    answer->verdict = Answer::Verdict::kYes;
    label = "yes";
    if (negative.any) answer->notes.emplace_back("it is denied as well; see the claims");
  } else {
    answer->verdict = Answer::Verdict::kNotStated;
    label = "not established";
    if (positive.held) {
      answer->notes.emplace_back("the times that the claims give are too vague to say so");
    } else if (positive.any) {
      absl::StrAppend(&label, ": ", strongest.second);
      answer->notes.push_back(absl::StrCat("no claim states it as a fact; it is held ", strongest.second));
    }
  }
  if (!positive.any && !negative.any) return;
  AnswerRow row;
  AnswerCell cell;
  cell.value = Term::String(label);
  cell.label = label;
  cell.type = "verdict";
  row.cells.emplace_back(std::move(cell));
  gatherer.Finish(&row);
  // What denies it does not make it more certain.
  if (answer->verdict == Answer::Verdict::kNotStated) row.certainty = strongest.second;
  answer->rows.push_back(std::move(row));
}

}  // namespace dossier::ask
