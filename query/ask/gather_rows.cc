// Answers that are lists: one row for each distinct answer, its claims gathered.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/ask/answer_builder.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

struct Group {
  std::vector<std::optional<AnswerCell>> cells;
  RowGatherer gatherer;
  bool certain = false;
  bool gone = false;
};

// Rows without a date come last.
int64_t BeginOf(const AnswerRow& row) {
  const std::optional<TimeRange> range = TimeRangeOf(Term::Typed(row.when, "http://id.loc.gov/datatypes/edtf"));
  return range.has_value() && !range->open_begin ? range->begin : std::numeric_limits<int64_t>::max();
}

// "When" answers: a date that only says more vaguely what another says is the same answer.
void MergeVagueTimes(size_t column, std::vector<Group>* groups) {
  for (Group& vague : *groups) {
    if (!vague.cells[column].has_value()) continue;
    const std::optional<TimeRange> wide = TimeRangeOf(vague.cells[column]->value);
    if (!wide.has_value()) continue;
    for (Group& precise : *groups) {
      if (&precise == &vague || precise.gone || !precise.cells[column].has_value()) continue;
      bool same_otherwise = true;
      for (size_t i = 0; i < vague.cells.size(); ++i) {
        if (i == column) continue;
        const bool both = vague.cells[i].has_value() && precise.cells[i].has_value();
        same_otherwise &= both ? vague.cells[i]->value == precise.cells[i]->value
                               : vague.cells[i].has_value() == precise.cells[i].has_value();
      }
      const std::optional<TimeRange> narrow = TimeRangeOf(precise.cells[column]->value);
      if (!same_otherwise || !narrow.has_value() || !wide->Contains(*narrow) || narrow->Contains(*wide)) continue;
      for (const ClaimRecord* record : vague.gatherer.dating()) precise.gatherer.Add(record, true);
      precise.certain |= vague.certain;
      vague.gone = true;
      break;
    }
  }
}

// "Since when": a date at which it was so does not tell since when, where another one does.
void KeepOpenEnded(size_t column, std::vector<Group>* groups) {
  const auto open = [&](const Group& group) {
    const std::optional<TimeRange> range =
        group.gone || !group.cells[column].has_value() ? std::nullopt : TimeRangeOf(group.cells[column]->value);
    return range.has_value() && range->open_end;
  };
  if (std::none_of(groups->begin(), groups->end(), open)) return;
  for (Group& group : *groups) group.gone |= !open(group);
}

// "On which day": where one date names a day, those that name none are no answers.
void DropVaguerThan(Grouping::By period, size_t column, std::vector<Group>* groups) {
  const TimePrecision wanted = period == Grouping::By::kYear    ? TimePrecision::kYear
                               : period == Grouping::By::kMonth ? TimePrecision::kMonth
                                                                : TimePrecision::kDay;
  const auto precise = [&](const Group& group) {
    if (group.gone || !group.cells[column].has_value()) return false;
    const std::optional<TimeRange> range = TimeRangeOf(group.cells[column]->value);
    return range.has_value() && range->precision <= wanted && !range->is_interval;
  };
  if (std::none_of(groups->begin(), groups->end(), precise)) return;
  for (Group& group : *groups) {
    const std::optional<TimeRange> range =
        group.cells[column].has_value() ? TimeRangeOf(group.cells[column]->value) : std::nullopt;
    group.gone |= !range.has_value() || range->precision > wanted;
  }
}

// What only possibly lies in the time asked for answers where nothing certainly does; else a note names it.
void SetAsidePossible(const Meaning& meaning, Answer* answer) {
  const bool timed = std::any_of(meaning.facts.begin(), meaning.facts.end(),
                                 [](const Fact& fact) { return fact.time.has_value() || !fact.links.empty(); });
  const auto possible = [](const AnswerRow& row) { return row.possible; };
  std::vector<AnswerRow>& rows = answer->rows;
  if (!timed || std::none_of(rows.begin(), rows.end(), possible) || std::all_of(rows.begin(), rows.end(), possible)) {
    return;
  }
  std::vector<std::string> names;
  for (const AnswerRow& row : rows) {
    if (!row.possible || row.cells.empty() || !row.cells.front().has_value()) continue;
    names.push_back(row.when.empty() ? row.cells.front()->label
                                     : absl::StrCat(row.cells.front()->label, " (", row.when, ")"));
  }
  std::erase_if(rows, possible);
  answer->notes.push_back(absl::StrCat("only possibly in that time: ", absl::StrJoin(names, ", ")));
}

}  // namespace

AnswerCell NumberCell(double value) {
  AnswerCell cell;
  const bool whole = value == std::floor(value);
  cell.value = Term::Typed(absl::StrCat(value),
                           absl::StrCat("http://www.w3.org/2001/XMLSchema#", whole ? "integer" : "decimal"));
  cell.label = WithThousands(cell.value.value());
  cell.type = "number";
  return cell;
}

AnswerCell TextCell(std::string text, absl::string_view type) {
  AnswerCell cell;
  cell.value = type == "date" ? Term::Typed(text, std::string(edtf::kEdtf)) : Term::String(text);
  cell.label = std::move(text);
  cell.type = std::string(type);
  return cell;
}

void GatherRows(const Meaning& meaning, const std::vector<Solution>& all, Answer* answer) {
  const std::vector<Solution> solutions = meaning.ordinal == 0 ? all : ChosenInTime(meaning, all, &answer->notes);
  const std::vector<bool> dating = DatingFacts(meaning);
  std::vector<Group> groups;
  std::map<std::string, size_t> by_key;
  std::vector<size_t> shown;
  for (size_t i = 0; i < meaning.targets.size(); ++i) {
    if (!meaning.targets[i].hidden) shown.push_back(i);
  }
  for (const Solution& solution : solutions) {
    // What is asked for and bound to nothing is no answer.
    if (!shown.empty() &&
        std::none_of(shown.begin(), shown.end(), [&](size_t i) { return solution.targets[i].has_value(); })) {
      continue;
    }
    std::string key;
    for (const size_t i : shown) absl::StrAppend(&key, solution.target_keys[i], "\n");
    const auto [it, is_new] = by_key.emplace(key, groups.size());
    if (is_new) {
      groups.emplace_back();
      for (const size_t i : shown) groups.back().cells.push_back(solution.targets[i]);
    }
    Group& group = groups[it->second];
    group.certain |= solution.certain;
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (solution.claims[i] != nullptr) group.gatherer.Add(solution.claims[i], dating[i]);
    }
  }
  for (size_t i = 0; i < shown.size(); ++i) {
    const Target& target = meaning.targets[shown[i]];
    if (target.kind == Target::Kind::kWhen && meaning.since) KeepOpenEnded(i, &groups);
    if (target.kind == Target::Kind::kWhen) MergeVagueTimes(i, &groups);
    if (target.kind == Target::Kind::kWhen && meaning.period.has_value()) DropVaguerThan(*meaning.period, i, &groups);
    answer->columns.push_back(target.column.empty() ? "answer" : target.column);
  }
  for (Group& group : groups) {
    if (group.gone) continue;
    AnswerRow row;
    row.cells = std::move(group.cells);
    row.possible = !group.certain;
    group.gatherer.Finish(&row);
    answer->rows.push_back(std::move(row));
  }
  if (meaning.kind == Meaning::Kind::kSelect) SetAsidePossible(meaning, answer);
  OrderRows(meaning, answer);
  if (meaning.kind == Meaning::Kind::kCountAnswers) CountAnswers(answer);
}

void CountAnswers(Answer* answer) {
  AnswerRow total;
  total.cells.emplace_back(NumberCell(static_cast<double>(answer->rows.size())));
  std::vector<std::string> counted;
  size_t possible = 0;
  for (const AnswerRow& row : answer->rows) {
    if (!row.cells.empty() && row.cells[0].has_value()) counted.push_back(row.cells[0]->label);
    possible += row.possible ? 1 : 0;
    total.claims.insert(total.claims.end(), row.claims.begin(), row.claims.end());
  }
  if (!counted.empty()) answer->notes.push_back(absl::StrCat("counted: ", absl::StrJoin(counted, ", ")));
  if (possible > 0) answer->notes.push_back(absl::StrCat(possible, " of them only possibly so"));
  answer->kind = Answer::Kind::kCount;
  answer->columns = {"count"};
  const bool none = answer->rows.empty();
  answer->rows.clear();
  if (none) {
    answer->notes.emplace_back("no claim tells of any, which is not the same as none");
  } else {
    answer->rows.push_back(std::move(total));
  }
}

void OrderRows(const Meaning& meaning, Answer* answer) {
  std::vector<AnswerRow>& rows = answer->rows;
  if (meaning.minimum_sources.has_value()) {
    rows.erase(std::remove_if(
                   rows.begin(), rows.end(),
                   [&](const AnswerRow& row) { return static_cast<int64_t>(row.sources) < *meaning.minimum_sources; }),
               rows.end());
  }
  const bool by_time =
      meaning.ordinal != 0 || std::any_of(meaning.targets.begin(), meaning.targets.end(),
                                          [](const Target& target) { return target.kind == Target::Kind::kWhen; });
  if (by_time) {
    std::stable_sort(rows.begin(), rows.end(),
                     [](const AnswerRow& a, const AnswerRow& b) { return BeginOf(a) < BeginOf(b); });
  } else {
    std::stable_sort(rows.begin(), rows.end(), [](const AnswerRow& a, const AnswerRow& b) {
      return std::make_pair(a.possible, b.sources) < std::make_pair(b.possible, a.sources);
    });
  }
  ApplyTail(meaning, answer);
}

void ApplyTail(const Meaning& meaning, Answer* answer) {
  std::vector<AnswerRow>& rows = answer->rows;
  if (!meaning.order_by.empty()) {
    const auto column = std::find(answer->columns.begin(), answer->columns.end(), meaning.order_by);
    const auto index = static_cast<size_t>(column - answer->columns.begin());
    const auto less = [&](const AnswerRow& a, const AnswerRow& b) {
      if (column != answer->columns.end()) {
        const std::optional<AnswerCell>& left = a.cells[index];
        const std::optional<AnswerCell>& right = b.cells[index];
        double first = 0;
        double second = 0;
        if (left.has_value() && right.has_value() && left->type == "number" && right->type == "number" &&
            absl::SimpleAtod(left->value.value(), &first) && absl::SimpleAtod(right->value.value(), &second)) {
          return first < second;
        }
        return (left.has_value() ? left->label : "") < (right.has_value() ? right->label : "");
      }
      if (meaning.order_by == "when") return BeginOf(a) < BeginOf(b);
      if (meaning.order_by == "sources") return a.sources < b.sources;
      return a.certainty < b.certainty;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const AnswerRow& a, const AnswerRow& b) {
      return meaning.descending ? less(b, a) : less(a, b);
    });
  }
  if (meaning.limit.has_value() && rows.size() > *meaning.limit) rows.resize(*meaning.limit);
}

}  // namespace dossier::ask
