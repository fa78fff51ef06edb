// conflicts about X: what claims say that cannot all be so, side by side, none preferred.
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "query/ask/occasions.h"
#include "query/ask/views/conflict_finder.h"
#include "query/ask/views/rival_answers.h"
#include "query/ask/views/view.h"

namespace dossier::ask {
namespace {

std::string ArticlesOf(const AnswerRow& row) {
  std::set<std::string> articles;
  for (const AnswerClaim& claim : row.claims) {
    if (!claim.article.empty()) articles.insert(claim.article);
  }
  return absl::StrJoin(articles, ", ");
}

std::string AboutOf(const Conflict& conflict, const ClaimRecord& record) {
  const AnswerClaim& claim = record.claim;
  std::string sides = absl::StrCat(claim.subject.label, " – ", claim.relation.label);
  switch (conflict.kind) {
    case Conflict::Kind::kObject: return sides;
    case Conflict::Kind::kPolarity: return absl::StrCat(sides, " – ", claim.object.label);
    case Conflict::Kind::kPlace: return absl::StrCat(sides, " – ", claim.object.label, ": where");
    case Conflict::Kind::kDay: return absl::StrCat(sides, " – ", claim.object.label, ": when");
  }
  return sides;
}

AnswerCell SideCell(const Conflict& conflict, const ClaimRecord& record) {
  switch (conflict.kind) {
    case Conflict::Kind::kObject: return record.claim.object;
    case Conflict::Kind::kPolarity: return TextCell(record.denied ? "denied" : "stated", "polarity");
    case Conflict::Kind::kPlace: return TextCell(record.claim.where, "place");
    case Conflict::Kind::kDay: return TextCell(record.claim.when, "date");
  }
  return record.claim.object;
}

absl::Status AddRows(const Conflict& conflict, size_t number, ClaimReader* reader, Answer* answer) {
  std::string about;
  for (const std::vector<const ViewClaim*>& side : conflict.sides) {
    RowGatherer gatherer;
    AnswerRow row;
    row.cells = {TextCell(absl::StrCat(number), "number"), std::nullopt, std::nullopt, std::nullopt};
    for (const ViewClaim* claim : side) {
      DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, reader->Read(claim->outline.id));
      if (about.empty()) about = AboutOf(conflict, *record);
      if (!row.cells[2].has_value()) row.cells[2] = SideCell(conflict, *record);
      gatherer.Add(record, true);
    }
    row.cells[1] = TextCell(about, "text");
    gatherer.Finish(&row);
    if (const std::string articles = ArticlesOf(row); !articles.empty()) row.cells[3] = TextCell(articles, "text");
    row.possible = conflict.perhaps_two_events;
    answer->rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

// "When Kim left": each thing that is asked for, as the articles tell it. `articles`: how many of them answer.
absl::Status AddRivalAnswers(const ViewContext& view, size_t* articles, Answer* answer) {
  DOSSIER_ASSIGN_OR_RETURN(std::vector<RivalAnswer> rivals, FindRivalAnswers(view, articles, &answer->notes));
  const std::string& asked = view.question.meaning.targets.front().column;
  for (RivalAnswer& rival : rivals) {
    AnswerRow row;
    row.cells = {TextCell("1", "number"), TextCell(asked.empty() ? "answer" : asked, "text"), std::move(rival.cell),
                 std::nullopt};
    rival.gatherer.Finish(&row);
    if (const std::string told = ArticlesOf(row); !told.empty()) row.cells[3] = TextCell(told, "text");
    answer->rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

// What an ordinal chooses of the claims of some articles: "the last trip" of the trips that each of them tells of.
struct Choice {
  TimeRange time;
  std::vector<Solution> chosen;
};

// "Kim's last trip": chosen for each article apart; choices that coincide in time are one side.
absl::Status AddRivalChoices(const ViewContext& view, int fact, Answer* answer) {
  const Meaning& meaning = view.question.meaning;
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Solution> solutions,
                           Solve(view.question.compiled, view.snapshot, view.context, view.reader));
  SiftByTense(meaning, view.catalogue, view.question.today, &solutions, &answer->notes);
  std::map<TermId, std::vector<Solution>> by_article;
  for (Solution& solution : solutions) {
    const ClaimRecord* record = solution.claims[fact];
    if (record != nullptr && !record->article.is_undefined()) by_article[record->article].push_back(solution);
  }
  std::vector<Choice> sides;
  for (const auto& [article, told] : by_article) {
    std::vector<std::string> of_article;
    for (Solution& chosen : ChosenInTime(meaning, told, &of_article)) {
      const std::optional<TimeRange>& time = chosen.claims[fact]->time;
      if (!time.has_value()) continue;
      auto side = std::find_if(sides.begin(), sides.end(), [&](const Choice& s) { return s.time.Overlaps(*time); });
      if (side == sides.end()) side = sides.insert(side, Choice{*time, {}});
      side->chosen.push_back(std::move(chosen));
    }
  }
  if (sides.size() < 2) return absl::OkStatus();
  std::sort(sides.begin(), sides.end(), [](const Choice& a, const Choice& b) { return a.time.begin < b.time.begin; });
  for (const Choice& side : sides) {
    RowGatherer gatherer;
    AnswerRow row;
    for (const Solution& solution : side.chosen) gatherer.Add(solution.claims[fact], true);
    const AnswerClaim& claim = side.chosen.front().claims[fact]->claim;
    row.cells = {TextCell("1", "number"),
                 TextCell(absl::StrCat(claim.subject.label, " – ", claim.relation.label), "text"),
                 TextCell(Describe(Occasion{"", side.chosen.front().claims[fact], true})), std::nullopt};
    gatherer.Finish(&row);
    if (const std::string articles = ArticlesOf(row); !articles.empty()) row.cells[3] = TextCell(articles, "text");
    answer->rows.push_back(std::move(row));
  }
  answer->notes.emplace_back("each side is chosen of what its articles tell of");
  return absl::OkStatus();
}

// "Whether Kim goes to Vladivostok": what each article says to it, where one denies what another one states.
absl::Status AddRivalVerdicts(const ViewContext& view, size_t* articles, Answer* answer) {
  Meaning asked = view.question.meaning;
  asked.kind = Meaning::Kind::kAsk;
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Solution> solutions, Solve(Compile(asked, view.catalogue, *view.snapshot),
                                                                  view.snapshot, view.context, view.reader));
  const std::vector<bool> dating = DatingFacts(asked);
  std::map<TermId, std::vector<Solution>> by_article;
  for (Solution& solution : solutions) {
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      const ClaimRecord* record = dating[i] ? solution.claims[i] : nullptr;
      if (record == nullptr || record->article.is_undefined()) continue;
      by_article[record->article].push_back(solution);
      break;
    }
  }
  *articles = by_article.size();
  std::map<std::string, RowGatherer> sides;
  for (const auto& [article, told] : by_article) {
    bool any_denied = false;
    bool any_stated = false;
    for (const Solution& solution : told) {
      for (size_t i = 0; i < solution.claims.size(); ++i) {
        if (solution.claims[i] == nullptr || !dating[i]) continue;
        (solution.claims[i]->denied ? any_denied : any_stated) = true;
      }
    }
    if (any_denied == any_stated) continue;  // At odds with itself.
    RowGatherer& side = sides[any_denied ? "no" : "yes"];
    for (const Solution& solution : told) {
      for (size_t i = 0; i < solution.claims.size(); ++i) {
        if (solution.claims[i] != nullptr) side.Add(solution.claims[i], dating[i]);
      }
    }
  }
  if (sides.size() < 2) return absl::OkStatus();
  for (auto& [verdict, gatherer] : sides) {
    AnswerRow row;
    row.cells = {TextCell("1", "number"), TextCell("whether", "text"), TextCell(verdict), std::nullopt};
    gatherer.Finish(&row);
    if (const std::string told = ArticlesOf(row); !told.empty()) row.cells[3] = TextCell(told, "text");
    answer->rows.push_back(std::move(row));
  }
  return absl::OkStatus();
}

void Judge(const Meaning& meaning, size_t conflicts, size_t articles, Answer* answer) {
  answer->kind = Answer::Kind::kAsk;
  // "Is article 002 at odds with itself": one is enough.
  const bool itself = meaning.articles.size() == 1 && !meaning.participants[meaning.articles.front()].all_candidates;
  if (articles < (itself ? 1 : 2) && conflicts == 0) {
    answer->verdict = Answer::Verdict::kNotStated;
    answer->notes.emplace_back(itself ? "the article tells nothing of it" : "fewer than two articles tell of it");
    return;
  }
  const bool agree = conflicts == 0;
  answer->verdict = agree == !meaning.asks_for_conflict ? Answer::Verdict::kYes : Answer::Verdict::kNo;
}

}  // namespace

absl::StatusOr<Answer> AnswerConflicts(const ViewContext& view) {
  const Meaning& meaning = view.question.meaning;
  Answer answer;
  answer.kind = Answer::Kind::kView;
  answer.columns = {"conflict", "about", "side", "articles"};
  MemoryReservation memory(view.context.memory);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<ViewClaim> claims, CollectClaims(view, &memory));
  size_t number = 0;
  std::optional<size_t> answering;
  if (meaning.ordinal != 0 && meaning.event_fact != kNobody) {
    DOSSIER_RETURN_IF_ERROR(AddRivalChoices(view, meaning.event_fact, &answer));
    number = answer.rows.empty() ? 0 : 1;
  } else if (meaning.is_question && meaning.asked == Meaning::Kind::kAsk && meaning.ordinal == 0) {
    answering = 0;
    DOSSIER_RETURN_IF_ERROR(AddRivalVerdicts(view, &*answering, &answer));
    number = answer.rows.empty() ? 0 : 1;
  } else if (!meaning.targets.empty() && meaning.event_fact == kNobody) {
    answering = 0;
    DOSSIER_RETURN_IF_ERROR(AddRivalAnswers(view, &*answering, &answer));
    number = answer.rows.empty() ? 0 : 1;
  } else {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<Conflict> conflicts, FindConflicts(view, claims));
    for (const Conflict& conflict : conflicts) {
      DOSSIER_RETURN_IF_ERROR(view.context.cancellation->Check());
      DOSSIER_RETURN_IF_ERROR(AddRows(conflict, ++number, view.reader, &answer));
    }
  }
  if (meaning.limit.has_value() && answer.rows.size() > *meaning.limit) answer.rows.resize(*meaning.limit);
  if (meaning.kind == Meaning::Kind::kAgreement) {
    std::set<TermId> articles;
    DOSSIER_RETURN_IF_ERROR(ReadClaims(view, claims));
    for (const ViewClaim& claim : claims) {
      DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record, view.reader->Read(claim.outline.id));
      if (!record->article.is_undefined()) articles.insert(record->article);
    }
    Judge(meaning, number, answering.value_or(articles.size()), &answer);
  } else if (number == 0) {
    answer.notes.push_back(absl::StrCat("no claims contradict each other among the ", claims.size(), " about it"));
  }
  return answer;
}

}  // namespace dossier::ask
