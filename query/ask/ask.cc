#include "query/ask/ask.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/ask/bind_change.h"
#include "query/ask/bind_definition.h"
#include "query/ask/bind_error.h"
#include "query/ask/bind_names.h"
#include "query/ask/bound_question.h"
#include "query/ask/clause_reader.h"
#include "query/ask/convert_units.h"
#include "query/ask/empty_answer.h"
#include "query/ask/finer_answers.h"
#include "query/ask/lacking.h"
#include "query/ask/parser.h"
#include "query/ask/score.h"
#include "query/ask/sum.h"
#include "query/ask/views/view.h"
#include "query/query_engine.h"

namespace dossier::ask {
namespace {

TimeRange TodayOf(const AskOptions& options, const Catalogue& catalogue) {
  if (options.today.has_value()) return *options.today;
  if (catalogue.newest_article().has_value()) {
    // The last day of the range in which it may have been published.
    const absl::CivilDay day =
        absl::ToCivilDay(absl::FromUnixSeconds(catalogue.newest_article()->end - 1), absl::UTCTimeZone());
    return *DayRange(day.year(), day.month(), day.day());
  }
  const absl::CivilDay day = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  return *DayRange(day.year(), day.month(), day.day());
}

absl::Status ApplyTails(const Question& question, absl::string_view text, Meaning* meaning) {
  for (const Tail& tail : question.tails) {
    switch (tail.kind) {
      case Tail::Kind::kLimit:
        if (tail.number < 0) return DiagnosticError(MakeDiagnostic("the limit is no whole number", text, tail.span));
        meaning->limit = static_cast<uint64_t>(tail.number);
        break;
      case Tail::Kind::kOrderBy: {
        const std::string key = PhraseKey(tail.text);
        const bool counts =
            meaning->kind == Meaning::Kind::kCountAnswers || meaning->kind == Meaning::Kind::kCountEvents;
        bool known = key == "when" || key == "certainty" || key == "sources" || (counts && key == "count");
        std::vector<std::string> columns = {"when", "certainty", "sources"};
        for (const Grouping& grouping : meaning->groups) {
          known |= grouping.column == key;
          columns.push_back(grouping.column);
        }
        for (const Target& target : meaning->targets) {
          known |= target.column == key;
          columns.push_back(target.column);
        }
        if (!known) {
          return DiagnosticError(
              MakeDiagnostic(absl::StrCat("no column \"", tail.text, "\" to order by"), text, tail.span, columns));
        }
        meaning->order_by = key;
        meaning->descending = tail.descending;
        break;
      }
      case Tail::Kind::kGroupBy:
      case Tail::Kind::kForEach: break;  // The reader of clauses has taken it.
    }
  }
  return absl::OkStatus();
}

// Brackets outside of quotes come in pairs; the words of a name with brackets are compared without them.
absl::Status CheckBrackets(absl::string_view text) {
  std::vector<size_t> open;
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[at] == '(') open.push_back(at);
    if (text[at] != ')') continue;
    if (open.empty()) return DiagnosticError(MakeDiagnostic("this bracket was never opened", text, {at, at + 1}));
    open.pop_back();
  }
  if (open.empty()) return absl::OkStatus();
  return DiagnosticError(MakeDiagnostic("this bracket is never closed", text, {open.back(), open.back() + 1}));
}

// A variable that is asked for has to stand in a clause: `find ?x where ?y met Kim` asks for nothing.
absl::Status CheckVariables(const Question& question, absl::string_view text) {
  for (const Element& variable : question.variables) {
    const bool used = std::any_of(question.elements.begin(), question.elements.end(), [&](const Element& element) {
      return element.kind == Element::Kind::kVariable && element.text == variable.text;
    });
    if (used) continue;
    return DiagnosticError(
        MakeDiagnostic(absl::StrCat("?", variable.text, " stands in no clause after where"), text, variable.span));
  }
  return absl::OkStatus();
}

// "Which city is Kim not going to" is first of all answered by claims that deny it.
std::optional<Meaning> DeniedVariant(const Meaning& meaning) {
  Meaning variant = meaning;
  bool any = false;
  for (Fact& fact : variant.facts) {
    if (fact.restricts) continue;
    if (!fact.negated || fact.certainty.has_value() || fact.about != kNobody) return std::nullopt;
    fact.negated = false;
    fact.denied = any = true;
  }
  return any ? std::optional<Meaning>(std::move(variant)) : std::nullopt;
}

// The answer within the limits of numbers that the question sets; a yes-no question is answered with no when every
// number that is told lies outside.
absl::Status GatherWithinNumbers(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution> solutions,
                                 Answer* answer) {
  const bool limited = std::any_of(meaning.participants.begin(), meaning.participants.end(),
                                   [](const Participant& participant) { return participant.number.has_value(); });
  if (!limited) {
    GatherAnswer(meaning, catalogue, solutions, answer);
    return absl::OkStatus();
  }
  std::vector<Solution> all = solutions;
  const bool all_outside = KeepWithinNumbers(meaning, &solutions);
  GatherAnswer(meaning, catalogue, solutions, answer);
  const bool certain = std::any_of(solutions.begin(), solutions.end(), [](const Solution& s) { return s.certain; });
  if (answer->verdict == Answer::Verdict::kYes && !certain) {
    // "more than 190" may be 195, and may not.
    answer->verdict = Answer::Verdict::kNotStated;
    for (AnswerRow& row : answer->rows) row.cells.front()->label = "not established";
    answer->notes.emplace_back("the number that is told leaves it open");
  }
  if (meaning.kind != Meaning::Kind::kAsk || !solutions.empty() || all.empty() || !all_outside) return absl::OkStatus();
  *answer = Answer();
  GatherVerdict(meaning, all, answer);
  if (answer->verdict == Answer::Verdict::kYes) {
    answer->verdict = Answer::Verdict::kNo;
    for (AnswerRow& row : answer->rows) row.cells.front()->label = "no";
  }
  return absl::OkStatus();
}

// Each variant of a comparison solved, and what was measured laid side by side.
absl::StatusOr<Answer> AnswerComparison(const BoundQuestion& question, const Catalogue& catalogue,
                                        const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                        ClaimReader* reader) {
  const Meaning& meaning = question.meaning;
  Answer answer;
  std::vector<Compared> compared;
  for (const Variant& variant : question.variants) {
    Compared side{&variant, {}};
    DOSSIER_ASSIGN_OR_RETURN(side.solutions, Solve(variant.compiled, snapshot, context, reader));
    SiftByTense(variant.meaning, catalogue, question.today, &side.solutions, &answer.notes);
    DOSSIER_RETURN_IF_ERROR(
        DropDatedOutside(variant.meaning, *snapshot, *context.cancellation, reader, &side.solutions, &answer.notes));
    KeepWithinNumbers(variant.meaning, &side.solutions);
    if (variant.meaning.ordinal != 0 && meaning.facts.empty()) {
      side.solutions = ChosenInTime(variant.meaning, side.solutions, &answer.notes);
    }
    compared.push_back(std::move(side));
  }
  if (!meaning.alternatives.empty()) {
    GatherChoice(meaning, catalogue, compared, &answer);
  } else if (meaning.kind == Meaning::Kind::kAsk) {
    GatherComparison(meaning, catalogue, compared, &answer);
  } else {
    const Score than = ScoreOf(compared[1], *meaning.degree, catalogue);
    GatherRanked(meaning, catalogue, compared[0].solutions, &than, &answer);
  }
  return answer;
}

}  // namespace

void GatherAnswer(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer) {
  if (meaning.degree.has_value()) return GatherRanked(meaning, catalogue, solutions, nullptr, answer);
  if (!meaning.groups.empty()) return GatherGroups(meaning, catalogue, solutions, answer);
  if (meaning.lasting.has_value()) return GatherLasting(meaning, solutions, answer);
  switch (meaning.kind) {
    case Meaning::Kind::kAsk: return GatherVerdict(meaning, solutions, answer);
    case Meaning::Kind::kCountEvents: return GatherEvents(meaning, catalogue, solutions, answer);
    default: return GatherRows(meaning, solutions, answer);
  }
}

namespace {

// All that follows from the meaning of a question.
absl::Status BindMeaning(const Catalogue& catalogue, const Snapshot& snapshot, BoundQuestion* question) {
  if (question->meaning.kind == Meaning::Kind::kSources) {
    // Who says that something is not so denies it.
    if (std::optional<Meaning> denied = DeniedVariant(question->meaning)) question->meaning = *std::move(denied);
  }
  DOSSIER_RETURN_IF_ERROR(ChooseNames(catalogue, snapshot, &question->meaning));
  question->reading = DescribeReading(catalogue, question->meaning);
  DOSSIER_ASSIGN_OR_RETURN(question->variants, MakeVariants(catalogue, snapshot, question->meaning));
  // A choice between events has nothing of its own.
  const bool own = !question->meaning.facts.empty() || question->variants.empty();
  question->compiled = Compile(own ? question->meaning : question->variants.front().meaning, catalogue, snapshot);
  return absl::OkStatus();
}

// Whether an answer of the one may stand in for that of the other, which found nothing. That no source says so is an
// answer, and so is that no number is so large: there another reading would only be a laxer one.
bool MayStandIn(const Meaning& other, const Meaning& best) {
  const auto asks_who_says = [](const Meaning& meaning) {
    return std::any_of(meaning.targets.begin(), meaning.targets.end(), [&](const Target& target) {
      const bool teller = std::any_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
        return target.participant != kNobody &&
               (fact.speaker == target.participant || fact.article == target.participant);
      });
      return teller || target.kind == Target::Kind::kArticle || target.kind == Target::Kind::kSpeaker;
    });
  };
  const bool numbers = std::any_of(best.participants.begin(), best.participants.end(),
                                   [](const Participant& participant) { return participant.number.has_value(); });
  return other.kind == best.kind && !numbers && !asks_who_says(best) && !asks_who_says(other);
}

// As far as the catalogue could be read.
absl::StatusOr<Command> UnderstandSoFar(absl::string_view text, const Catalogue& catalogue, const Snapshot& snapshot,
                                        const AskOptions& options) {
  Statement statement;
  {
    const StageTimer timer(options.stages, &StageTimes::parse);
    DOSSIER_ASSIGN_OR_RETURN(statement, ParseStatement(text));
  }
  Command command;
  command.argument = statement.argument;
  command.analyze = statement.analyze;
  switch (statement.kind) {
    case Statement::Kind::kLoad: command.kind = Command::Kind::kLoad; return command;
    case Statement::Kind::kSearch: command.kind = Command::Kind::kSearch; return command;
    case Statement::Kind::kHelp: command.kind = Command::Kind::kHelp; return command;
    case Statement::Kind::kAssert:
    case Statement::Kind::kRetract: return BindChange(statement, catalogue, snapshot, TodayOf(options, catalogue));
    case Statement::Kind::kDefine: return BindDefinition(statement, catalogue, snapshot);
    case Statement::Kind::kExport: return BindExport(statement);
    case Statement::Kind::kWhy:
      command.kind = statement.row.has_value() ? Command::Kind::kWhyRow : Command::Kind::kWhyEmpty;
      command.row = statement.row.value_or(0);
      return command;
    case Statement::Kind::kSparql:
      command.kind = Command::Kind::kSparql;
      if (statement.question.elements.empty()) return command;
      break;
    case Statement::Kind::kExplain: command.kind = Command::Kind::kExplain; break;
    case Statement::Kind::kQuestion: command.kind = Command::Kind::kQuestion; break;
  }
  DOSSIER_RETURN_IF_ERROR(CheckBrackets(statement.text));
  DOSSIER_RETURN_IF_ERROR(CheckVariables(statement.question, statement.text));
  const ReaderContext context{
      catalogue, snapshot, statement.question, statement.text, TodayOf(options, catalogue), options.cancellation};
  ClauseReader reader(context, MakeItems(statement.question.elements));
  auto question = std::make_shared<BoundQuestion>();
  question->text = std::string(text);
  question->today = context.today;
  {
    const StageTimer timer(options.stages, &StageTimes::read);
    DOSSIER_ASSIGN_OR_RETURN(question->meaning, reader.Read());
  }
  const StageTimer timer(options.stages, &StageTimes::bind);
  DOSSIER_RETURN_IF_ERROR(ApplyTails(statement.question, statement.text, &question->meaning));
  DOSSIER_RETURN_IF_ERROR(BindMeaning(catalogue, snapshot, question.get()));
  question->notes = question->meaning.notes;
  for (Meaning& other : reader.TakeOthers()) {
    if (MayStandIn(other, question->meaning) && ApplyTails(statement.question, statement.text, &other).ok())
      question->others.push_back(std::move(other));
  }
  command.reading = question->reading;
  command.question = std::move(question);
  return command;
}

}  // namespace

absl::StatusOr<Command> Understand(absl::string_view text, const Catalogue& catalogue, const Snapshot& snapshot,
                                   const AskOptions& options) {
  absl::StatusOr<Command> command = UnderstandSoFar(text, catalogue, snapshot, options);
  // A name that could not be read is not an unknown one.
  DOSSIER_RETURN_IF_ERROR(catalogue.status());
  return command;
}

absl::StatusOr<Answer> AnswerMeaning(const BoundQuestion& question, const Catalogue& catalogue,
                                     const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                     ClaimReader* reader) {
  const Meaning& meaning = question.meaning;
  if (meaning.kind == Meaning::Kind::kDescribe) return DescribeEntity(meaning, catalogue, snapshot, context, reader);
  if (meaning.sum.has_value()) return AnswerSum(meaning, catalogue, snapshot, context, reader);
  if (IsView(meaning.kind)) return AnswerView({question, catalogue, snapshot, context, reader});
  if (!question.variants.empty()) return AnswerComparison(question, catalogue, snapshot, context, reader);
  if (meaning.kind == Meaning::Kind::kAsk && meaning.ordinal != 0) {
    return AnswerOrdinalVerdict(meaning, catalogue, snapshot, context, reader);
  }
  Answer answer;
  std::vector<Solution> solutions;
  // Whoever is not said to have done it can be listed, but not why, when or where something did not happen.
  bool complement = true;
  if (const std::optional<Meaning> denied = DeniedVariant(meaning)) {
    DOSSIER_ASSIGN_OR_RETURN(solutions, Solve(Compile(*denied, catalogue, *snapshot), snapshot, context, reader));
    if (solutions.empty() && !meaning.targets.empty()) {
      complement = std::all_of(meaning.targets.begin(), meaning.targets.end(), [](const Target& target) {
        return target.kind == Target::Kind::kParticipant || target.kind == Target::Kind::kArticle;
      });
      if (complement) answer.notes.emplace_back("no claim denies it; these are the answers of which no claim says so");
    }
  }
  if (solutions.empty() && complement) {
    DOSSIER_ASSIGN_OR_RETURN(solutions, Solve(question.compiled, snapshot, context, reader));
  }
  KeepBeforeFirst(meaning, &solutions);
  if (const std::optional<Meaning> any = InAnyUnit(meaning)) {
    DOSSIER_ASSIGN_OR_RETURN(std::vector<Solution> others,
                             Solve(Compile(*any, catalogue, *snapshot), snapshot, context, reader));
    if (solutions.empty()) {
      solutions = std::move(others);
      ConvertUnits(meaning, catalogue, &solutions);
    } else if (AddOtherUnits(meaning, catalogue, std::move(others), &solutions)) {
      answer.notes.emplace_back("what is told in a coarser unit is shown as it is told");
    }
  }
  if (meaning.kind != Meaning::Kind::kAsk) {
    SiftByTense(meaning, catalogue, question.today, &solutions, &answer.notes);
    DOSSIER_RETURN_IF_ERROR(
        DropDatedOutside(meaning, *snapshot, *context.cancellation, reader, &solutions, &answer.notes));
    KeepActors(meaning, catalogue, &solutions, &answer.notes);
    KeepWhoDidSo(meaning, catalogue, &solutions, &answer.notes);
    DOSSIER_RETURN_IF_ERROR(MergeCoarser(meaning, catalogue, *snapshot, &solutions));
    KeepByPublication(meaning, &solutions, &answer.notes);
    DOSSIER_RETURN_IF_ERROR(DropWhatHas(meaning, catalogue, *snapshot, context, &solutions));
  }
  DOSSIER_RETURN_IF_ERROR(GroupByKinds(meaning, catalogue, *snapshot, &solutions));
  DOSSIER_RETURN_IF_ERROR(GatherWithinNumbers(meaning, catalogue, std::move(solutions), &answer));
  if (meaning.every) {
    answer.kind = Answer::Kind::kAsk;
    answer.verdict = answer.rows.empty() ? Answer::Verdict::kYes : Answer::Verdict::kNo;
  }
  return answer;
}

namespace {

bool FoundNothing(const Answer& answer) {
  return answer.rows.empty() &&
         (answer.verdict == Answer::Verdict::kNone || answer.verdict == Answer::Verdict::kNotStated);
}

// The answer of the first of the question's other readings that finds anything, with its reading; none when all find
// nothing.
absl::StatusOr<std::optional<Answer>> AnswerOtherwise(const BoundQuestion& question, const Catalogue& catalogue,
                                                      const std::shared_ptr<const Snapshot>& snapshot,
                                                      const QueryContext& context, ClaimReader* reader) {
  const auto plan_of = [](const BoundQuestion& bound) {
    return algebra::ToString(*bound.compiled.query.root, bound.compiled.query.variables);
  };
  std::set<std::string> tried = {plan_of(question)};
  for (const Meaning& other : question.others) {
    BoundQuestion bound;
    bound.text = question.text;
    bound.today = question.today;
    bound.meaning = other;
    DOSSIER_RETURN_IF_ERROR(BindMeaning(catalogue, *snapshot, &bound));
    if (!tried.insert(plan_of(bound)).second) continue;
    // Whether something is so is not to be found in what is hardly meant.
    if (question.meaning.kind == Meaning::Kind::kAsk && !other.asks_the_same) continue;
    DOSSIER_ASSIGN_OR_RETURN(Answer answer, AnswerMeaning(bound, catalogue, snapshot, context, reader));
    if (FoundNothing(answer)) continue;
    answer.reading = bound.reading;
    answer.notes.emplace_back("taken in another way, since in the most likely one nothing is found");
    return answer;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<Answer> AnswerQuestion(const BoundQuestion& question, const Catalogue& catalogue,
                                      const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                      const SentenceLookup& sentences) {
  const absl::Time start = absl::Now();
  ClaimReader reader(catalogue, *snapshot, sentences);
  DOSSIER_ASSIGN_OR_RETURN(Answer answer, AnswerMeaning(question, catalogue, snapshot, context, &reader));
  answer.reading = question.reading;
  if (FoundNothing(answer) && !question.others.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(std::optional<Answer> other,
                             AnswerOtherwise(question, catalogue, snapshot, context, &reader));
    if (other.has_value()) answer = *std::move(other);
  }
  if (FoundNothing(answer) && answer.verdict == Answer::Verdict::kNone) {
    const StageTimer timer(context.stages, &StageTimes::notes);
    QueryContext unmeasured = context;  // What the notes ask is no stage of the question.
    unmeasured.stages = nullptr;
    DOSSIER_RETURN_IF_ERROR(AddNearMisses(question, catalogue, snapshot, unmeasured, &answer));
  }
  DOSSIER_RETURN_IF_ERROR(catalogue.status());
  answer.question = question.text;
  answer.notes.insert(answer.notes.begin(), question.notes.begin(), question.notes.end());
  answer.elapsed = absl::Now() - start;
  return answer;
}

absl::StatusOr<std::string> ExplainQuestion(const BoundQuestion& question,
                                            const std::shared_ptr<const Snapshot>& snapshot,
                                            const QueryContext& context, bool analyze) {
  const algebra::Query& query = question.compiled.query;
  std::string text = absl::StrCat(algebra::ToString(*query.root, query.variables), "\n");
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                           Execute(algebra::Query{algebra::Clone(*query.root), query.variables}, snapshot, context));
  if (analyze) {
    RowBatch batch;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
      if (!more) break;
    }
  }
  absl::StrAppend(&text, "\n", cursor->DescribePlan(analyze));
  return text;
}

}  // namespace dossier::ask
