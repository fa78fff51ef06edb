#include "query/ask/compare.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "query/ask/bind_names.h"
#include "query/ask/graph_reader.h"
#include "query/ask/score.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Puts what is known of `source` in the place of `target`.
void Substitute(const Participant& source, Participant* target) {
  target->candidates = source.candidates;
  target->chosen = source.chosen;
  target->others.clear();
  target->words = source.words;
  target->literal.reset();
  target->kinds.insert(target->kinds.end(), source.kinds.begin(), source.kinds.end());
}

// The fact that the question is about, not one that only says who somebody is.
int MainFact(const Meaning& meaning) {
  if (meaning.event_fact != kNobody) return meaning.event_fact;
  for (size_t i = 0; i < meaning.facts.size(); ++i) {
    if (!meaning.facts[i].restricts && !meaning.facts[i].negated) return static_cast<int>(i);
  }
  return 0;
}

// The participant for which an alternative is put: what is asked for; of events the open side, places first.
int OpenParticipant(const Meaning& meaning) {
  for (size_t i = 0; i < meaning.participants.size(); ++i) {
    if (meaning.participants[i].words == "something") return static_cast<int>(i);
  }
  const auto open = [&](int participant) {
    return participant != kNobody && !meaning.participants[participant].known();
  };
  if (meaning.kind != Meaning::Kind::kEvents) {
    for (const Target& target : meaning.targets) {
      if (target.kind == Target::Kind::kParticipant && open(target.participant)) return target.participant;
    }
  }
  if (meaning.facts.empty()) return kNobody;
  const int main = MainFact(meaning);
  for (const int side : {meaning.facts[main].object, meaning.facts[main].subject}) {
    if (open(side)) return side;
  }
  return kNobody;
}

// The known participant that "than X" stands against: one of a kind with X, the last of them; without one the subject.
absl::StatusOr<int> Counterpart(const Snapshot& snapshot, const Meaning& meaning) {
  GraphReader graph(snapshot);
  const Participant& than = meaning.participants[meaning.degree->than];
  if (than.candidates.empty()) return kNobody;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> kinds, graph.Objects(than.candidates.front(), rdf::kType));
  int found = kNobody;
  for (const Fact& fact : meaning.facts) {
    std::vector<int> sides = {fact.subject, fact.object};
    for (const QualifierLimit& limit : fact.qualifiers) sides.push_back(limit.participant);
    for (const int side : sides) {
      const Participant& participant = meaning.participants[side];
      if (side == meaning.degree->than || participant.candidates.empty()) continue;
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types,
                               graph.Objects(participant.candidates.front(), rdf::kType));
      const bool alike = std::any_of(types.begin(), types.end(), [&](TermId type) {
        return std::find(kinds.begin(), kinds.end(), type) != kinds.end();
      });
      if (alike) found = side;
    }
  }
  if (found != kNobody || meaning.degree->fact == kNobody) return found;
  const int subject = meaning.facts[meaning.degree->fact].subject;
  return meaning.participants[subject].candidates.empty() ? kNobody : subject;
}

// Whether the participant is a place, and the fact is an event that has no place for its object.
bool IsOnlyWhere(const Catalogue& catalogue, const Snapshot& snapshot, const Meaning& meaning, const Fact& fact,
                 const Participant& participant) {
  if (meaning.kind != Meaning::Kind::kEvents || catalogue.containment().empty() || participant.candidates.empty()) {
    return false;
  }
  const bool place = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
    return catalogue.relations()[use.relation].role == ObjectRole::kPlace;
  });
  if (place || catalogue.QualifiersWith("in").empty()) return false;
  GraphReader graph(snapshot);
  const auto types = graph.Objects(participant.candidates.front(), rdf::kType);
  const std::vector<uint32_t>& places = catalogue.relations()[catalogue.containment().front()].range;
  return types.ok() &&
         std::any_of(types->begin(), types->end(), [&](TermId type) { return catalogue.IsKindOf(type, places); });
}

// Of the main fact's qualifiers the one that "than by plane" stands against.
std::optional<int> QualifierLike(const Meaning& meaning) {
  const Degree& degree = *meaning.degree;
  if (degree.than == kNobody || degree.than_qualifiers.empty() || meaning.facts.empty()) return std::nullopt;
  const std::vector<QualifierLimit>& limits = meaning.facts[MainFact(meaning)].qualifiers;
  for (size_t i = 0; i < limits.size(); ++i) {
    const bool same = std::any_of(limits[i].qualifiers.begin(), limits[i].qualifiers.end(), [&](uint32_t qualifier) {
      return std::find(degree.than_qualifiers.begin(), degree.than_qualifiers.end(), qualifier) !=
             degree.than_qualifiers.end();
    });
    if (same) return static_cast<int>(i);
  }
  return std::nullopt;
}

absl::StatusOr<Variant> Finish(const Catalogue& catalogue, const Snapshot& snapshot, Variant variant) {
  DOSSIER_RETURN_IF_ERROR(ChooseNames(catalogue, snapshot, &variant.meaning));
  variant.compiled = Compile(variant.meaning, catalogue, snapshot);
  return variant;
}

// Whether the alternative is where the events of `fact` led to.
bool LeadsThere(const Catalogue& catalogue, const Meaning& meaning, const Fact& fact, const Alternative& alternative) {
  if (meaning.kind != Meaning::Kind::kEvents || alternative.qualifiers != catalogue.QualifiersWith("to") ||
      fact.object == kNobody || meaning.participants[fact.object].known()) {
    return false;
  }
  return !fact.relations.empty() &&
         std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
           return catalogue.relations()[use.relation].role == ObjectRole::kPlace;
         });
}

// What is only measured is counted and weighed, not judged.
Meaning Measuring(const Meaning& meaning) {
  Meaning measuring = meaning;
  measuring.alternatives.clear();
  if (measuring.kind == Meaning::Kind::kAsk) measuring.kind = Meaning::Kind::kSelect;
  return measuring;
}

// One variant for each alternative.
absl::StatusOr<std::vector<Variant>> MakeChoices(const Catalogue& catalogue, const Snapshot& snapshot,
                                                 const Meaning& meaning) {
  std::vector<Variant> variants;
  const bool described = !meaning.alternatives.empty() && meaning.alternatives.front().question != nullptr;
  if (!meaning.alternatives.empty() && meaning.facts.empty() && !described) {
    return absl::InvalidArgumentError("there is nothing to choose by");
  }
  for (const Alternative& alternative : meaning.alternatives) {
    Variant variant{
        alternative.words, Measuring(alternative.question != nullptr ? *alternative.question : meaning), {}};
    if (alternative.question != nullptr) {
      DOSSIER_ASSIGN_OR_RETURN(variant, Finish(catalogue, snapshot, std::move(variant)));
      variants.push_back(std::move(variant));
      continue;
    }
    Fact& main = variant.meaning.facts[MainFact(meaning)];
    if (alternative.time.has_value()) main.time = alternative.time;
    if (LeadsThere(catalogue, meaning, main, alternative)) {
      // "which journey took longer, the one to Hanoi or the one to Dalian"
      Substitute(meaning.participants[alternative.participant], &variant.meaning.participants[main.object]);
    } else if (!alternative.qualifiers.empty()) {
      main.qualifiers.push_back({alternative.qualifiers, alternative.participant});
    } else if (alternative.participant != kNobody) {
      const int open = OpenParticipant(meaning);
      if (open == kNobody) {
        return absl::InvalidArgumentError(absl::StrCat("nothing in the question can be \"", alternative.words, "\""));
      }
      const Participant& chosen = meaning.participants[alternative.participant];
      if (IsOnlyWhere(catalogue, snapshot, meaning, main, chosen)) {
        // "which meeting was earlier, Hanoi or Singapore"
        main.qualifiers.push_back({catalogue.QualifiersWith("in"), alternative.participant});
      } else {
        Substitute(chosen, &variant.meaning.participants[open]);
      }
    }
    DOSSIER_ASSIGN_OR_RETURN(variant, Finish(catalogue, snapshot, std::move(variant)));
    variants.push_back(std::move(variant));
  }
  return variants;
}

}  // namespace

absl::StatusOr<std::vector<Variant>> MakeVariants(const Catalogue& catalogue, const Snapshot& snapshot,
                                                  const Meaning& meaning) {
  if (!meaning.alternatives.empty() || !meaning.degree.has_value()) return MakeChoices(catalogue, snapshot, meaning);
  std::vector<Variant> variants;
  Variant base{"", Measuring(meaning), {}};
  Variant other{"", Measuring(meaning), {}};
  const Degree& degree = *meaning.degree;
  if (degree.than_time.has_value() && degree.than == kNobody) {
    const std::optional<TimeLimit>& time = meaning.facts[degree.fact == kNobody ? 0 : degree.fact].time;
    base.words = time.has_value() ? time->words : "all in all";
    other.words = degree.than_time->words;
    other.meaning.facts[degree.fact].time = degree.than_time;
  } else if (degree.than != kNobody && degree.fact != kNobody && meaning.facts[degree.fact].article != kNobody) {
    // "is the distance in article 002 greater than the one in article 000"
    base.words = meaning.participants[meaning.facts[degree.fact].article].words;
    other.words = meaning.participants[degree.than].words;
    other.meaning.facts[degree.fact].article = degree.than;
  } else if (const std::optional<int> part = QualifierLike(meaning); part.has_value()) {
    // "more often by train than by plane"
    QualifierLimit& limit = other.meaning.facts[MainFact(meaning)].qualifiers[*part];
    base.words = meaning.participants[limit.participant].words;
    other.words = meaning.participants[degree.than].words;
    limit.participant = degree.than;
  } else if (degree.than != kNobody && !meaning.participants[degree.than].kinds.empty()) {
    // "used the train more often than the plane": things of a kind.
    base.words = meaning.participants[meaning.facts[MainFact(meaning)].object].words;
    other.words = meaning.participants[degree.than].words;
    other.meaning.facts[MainFact(meaning)].object = degree.than;
  } else if (degree.than == kNobody || !meaning.participants[degree.than].known()) {
    // A number, or a quantity of the same question ("than the range of Y").
    if (meaning.kind != Meaning::Kind::kAsk) return variants;
    DOSSIER_ASSIGN_OR_RETURN(base, Finish(catalogue, snapshot, std::move(base)));
    variants.push_back(std::move(base));
    return variants;
  } else {
    DOSSIER_ASSIGN_OR_RETURN(int replaced, Counterpart(snapshot, meaning));
    if (meaning.kind != Meaning::Kind::kAsk) replaced = OpenParticipant(meaning);
    if (replaced == kNobody) {
      return absl::InvalidArgumentError(absl::StrCat("nothing in the question can be compared with \"",
                                                     meaning.participants[degree.than].words, "\""));
    }
    base.words = meaning.participants[replaced].words;
    other.words = meaning.participants[degree.than].words;
    Substitute(meaning.participants[degree.than], &other.meaning.participants[replaced]);
    if (degree.than_time.has_value()) other.meaning.facts[degree.fact].time = degree.than_time;
  }
  for (Variant* variant : {&base, &other}) {
    DOSSIER_ASSIGN_OR_RETURN(*variant, Finish(catalogue, snapshot, std::move(*variant)));
    variants.push_back(std::move(*variant));
  }
  return variants;
}

namespace {

std::vector<const Solution*> PointersTo(const std::vector<Solution>& solutions) {
  std::vector<const Solution*> pointers;
  pointers.reserve(solutions.size());
  for (const Solution& solution : solutions) pointers.push_back(&solution);
  return pointers;
}

void AddClaims(const Compared& side, RowGatherer* gatherer) {
  const std::vector<bool> dating = DatingFacts(side.variant->meaning);
  for (const Solution& solution : side.solutions) {
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (solution.claims[i] != nullptr) gatherer->Add(solution.claims[i], dating[i]);
    }
  }
}

// The quantity of another noun of the same question: "the range of Y" in "is the range of X longer than the range of
// Y".
Score ScoreOfThan(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions) {
  Degree other = *meaning.degree;
  for (size_t i = 0; i < meaning.facts.size(); ++i) {
    if (meaning.facts[i].object != other.than) continue;
    other.fact = static_cast<int>(i);
    other.participant = other.than;
    return ScoreOf(meaning, other, catalogue, PointersTo(solutions), other.direction > 0);
  }
  return Score();
}

AnswerCell NameOf(const Alternative& alternative, const Meaning& meaning, const Catalogue& catalogue) {
  AnswerCell name;
  name.label = alternative.words;
  name.value = Term::String(alternative.words);
  if (alternative.participant == kNobody) return name;
  const Participant& chosen = meaning.participants[alternative.participant];
  if (!chosen.candidates.empty() && !alternative.time.has_value()) {
    name.label = catalogue.Label(chosen.candidates.front());
  }
  name.value = chosen.chosen.value_or(Term::String(alternative.words));
  return name;
}

}  // namespace

Score ScoreOf(const Compared& side, const Degree& degree, const Catalogue& catalogue) {
  return ScoreOf(side.variant->meaning, degree, catalogue, PointersTo(side.solutions), degree.direction > 0);
}

void GatherChoice(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Compared>& compared,
                  Answer* answer) {
  Degree degree;
  if (meaning.degree.has_value()) {
    degree = *meaning.degree;
  } else if (meaning.ordinal != 0) {
    degree.of = Degree::Of::kTime;
    degree.fact = 0;
    degree.direction = -meaning.ordinal;
  }
  std::vector<Score> scores;
  std::vector<std::string> side_by_side;
  for (const Compared& side : compared) {
    Score score;
    if (degree.of == Degree::Of::kOpen) {
      score.any = !side.solutions.empty();
      score.label = score.any ? "yes" : "not stated";
    } else if (meaning.facts.empty()) {
      Degree own = degree;
      own.fact = MainFact(side.variant->meaning);
      score = ScoreOf(side, own, catalogue);
    } else {
      score = ScoreOf(side, degree, catalogue);
    }
    side_by_side.push_back(absl::StrCat(side.variant->words, ": ", score.any ? score.label : "no claim tells of any"));
    scores.push_back(std::move(score));
  }
  answer->columns = {
      meaning.targets.empty() || meaning.targets.front().column.empty() ? "answer" : meaning.targets.front().column};
  const bool measured = degree.of != Degree::Of::kOpen;
  if (meaning.kind == Meaning::Kind::kEvents) answer->columns = {"event"};
  if (measured) answer->columns.emplace_back(degree.of == Degree::Of::kLasting ? "lasted" : "measured");
  std::optional<double> best;
  for (const Score& score : scores) {
    if (!score.any) continue;
    const bool better = !best.has_value() || (degree.direction > 0 ? score.value > *best : score.value < *best);
    if (better) best = score.value;
  }
  std::vector<size_t> order(compared.size());
  std::iota(order.begin(), order.end(), size_t{0});
  if (meaning.in_order) {
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scores[a].value < scores[b].value; });
  }
  for (const size_t i : order) {
    if (!scores[i].any || (measured && scores[i].value != *best && !meaning.in_order)) continue;
    AnswerRow row;
    row.cells.emplace_back(NameOf(meaning.alternatives[i], meaning, catalogue));
    if (measured) {
      AnswerCell cell;
      cell.value = scores[i].term;
      cell.label = scores[i].label;
      cell.type = degree.of == Degree::Of::kTime ? "date" : "number";
      row.cells.emplace_back(std::move(cell));
    }
    RowGatherer gatherer;
    Compared shown = compared[i];
    if (degree.of == Degree::Of::kQuantity) {
      // Other numbers that were told of the same are no part of this one.
      std::erase_if(shown.solutions, [&](const Solution& solution) {
        return ScoreOf(shown.variant->meaning, degree, catalogue, {&solution}, degree.direction > 0).value !=
               scores[i].value;
      });
    }
    AddClaims(shown, &gatherer);
    gatherer.Finish(&row);
    if (degree.of == Degree::Of::kEvents || degree.of == Degree::Of::kAnswers) row.when.clear();
    answer->rows.push_back(std::move(row));
  }
  answer->notes.push_back(absl::StrJoin(side_by_side, "; "));
}

namespace {

// An answer that names one of two things rather than a verdict.
void NameOne(std::string words, AnswerCell* cell, Answer* answer) {
  answer->kind = Answer::Kind::kSelect;
  answer->verdict = Answer::Verdict::kNone;
  answer->columns = {"which"};
  cell->label = std::move(words);
}

}  // namespace

void GatherComparison(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Compared>& compared,
                      Answer* answer) {
  const Degree& degree = *meaning.degree;
  answer->kind = Answer::Kind::kAsk;
  answer->columns = {"answer"};
  const Compared& base = compared.front();
  const Score own = ScoreOf(base, degree, catalogue);
  Score other;
  Within within = Within::kNo;
  const bool counts = degree.of == Degree::Of::kEvents || degree.of == Degree::Of::kAnswers;
  std::string other_words;
  if (degree.number.has_value()) {
    other.any = true;
    within = IsWithin(own.value, *degree.number);
  } else {
    if (compared.size() > 1) {
      other_words = compared[1].variant->words;
      other = ScoreOf(compared[1], degree, catalogue);
    } else {
      other_words = meaning.participants[degree.than].words;
      other = ScoreOfThan(base.variant->meaning, catalogue, base.solutions);
    }
    const bool so = degree.equal           ? own.value == other.value
                    : degree.direction > 0 ? own.value > other.value
                                           : own.value < other.value;
    within = so ? Within::kYes : Within::kNo;
    const std::string own_words = base.variant->words.empty() ? "the first" : base.variant->words;
    answer->notes.push_back(absl::StrCat(own_words, ": ", own.any ? own.label : "no claim tells of any", "; ",
                                         other_words, ": ", other.any ? other.label : "no claim tells of any"));
  }
  // What nobody counts is not none; but of two one may be more than what nobody tells of.
  const bool known = counts ? own.any || (other.any && !degree.number.has_value()) : own.any && other.any;
  answer->verdict = !known                   ? Answer::Verdict::kNotStated
                    : within == Within::kYes ? Answer::Verdict::kYes
                                             : Answer::Verdict::kNo;
  if (!known) return;
  AnswerRow row;
  AnswerCell cell;
  cell.label = within == Within::kYes ? "yes" : "no";
  if (!meaning.either.empty()) {
    NameOne(own.value == other.value ? "neither" : meaning.either[within == Within::kYes ? 0 : 1], &cell, answer);
  }
  if (degree.number.has_value()) absl::StrAppend(&cell.label, ": ", own.label);
  cell.value = Term::String(cell.label);
  cell.type = "text";
  row.cells.emplace_back(std::move(cell));
  RowGatherer gatherer;
  for (const Compared& side : compared) AddClaims(side, &gatherer);
  gatherer.Finish(&row);
  row.when.clear();
  answer->rows.push_back(std::move(row));
}

}  // namespace dossier::ask
