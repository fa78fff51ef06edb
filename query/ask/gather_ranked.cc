// Superlatives and comparatives over lists: each answer is measured, and the most (or those beyond a limit) are kept.
#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/ask/answer_builder.h"
#include "query/ask/score.h"

namespace dossier::ask {
namespace {

constexpr size_t kRunnersUp = 5;

struct Ranked {
  std::vector<std::optional<AnswerCell>> cells;
  std::vector<const Solution*> solutions;
  Score score;
};

absl::string_view ColumnOf(const Degree& degree) {
  switch (degree.of) {
    case Degree::Of::kEvents: return "times";
    case Degree::Of::kLasting: return "lasted";
    case Degree::Of::kTime: return "when";
    case Degree::Of::kQuantity: return "value";
    default: return "count";
  }
}

// Every combination of the groups and the shown columns, with its solutions.
std::vector<Ranked> Collect(const Meaning& meaning, const std::vector<Solution>& solutions,
                            const std::vector<size_t>& shown) {
  std::vector<Ranked> ranked;
  std::map<std::string, size_t> by_key;
  const auto add = [&](const Solution& solution, const std::optional<AnswerCell>& group) {
    std::string key = group.has_value() ? group->label : "";
    for (const size_t i : shown) absl::StrAppend(&key, "\n", solution.target_keys[i]);
    const auto [it, is_new] = by_key.emplace(key, ranked.size());
    if (is_new) {
      ranked.emplace_back();
      if (group.has_value()) ranked.back().cells.push_back(group);
      for (const size_t i : shown) ranked.back().cells.push_back(solution.targets[i]);
    }
    ranked[it->second].solutions.push_back(&solution);
  };
  for (const Solution& solution : solutions) {
    if (meaning.groups.empty()) {
      add(solution, std::nullopt);
      continue;
    }
    for (const AnswerCell& group : GroupsOf(meaning.groups.front(), meaning, solution)) add(solution, group);
  }
  return ranked;
}

std::string NameOf(const Ranked& ranked) {
  std::vector<std::string> names;
  for (const std::optional<AnswerCell>& cell : ranked.cells) {
    if (cell.has_value()) names.push_back(cell->label);
  }
  return absl::StrJoin(names, ", ");
}

// The best first; how many of them are asked for. Those that are as good as the last one stay.
size_t CountOfBest(const Meaning& meaning, const std::vector<Ranked>& ranked) {
  const Degree& degree = *meaning.degree;
  const uint64_t wanted = degree.keep.value_or(meaning.limit.value_or(1));
  size_t best = std::min<size_t>(wanted, ranked.size());
  while (best > 0 && best < ranked.size() && ranked[best].score.value == ranked[best - 1].score.value) ++best;
  return best;
}

// Whether a comparative holds of what was measured.
bool Holds(const Degree& degree, const Score& score, const Score* than) {
  if (than == nullptr) return IsWithin(score.value, *degree.number) == Within::kYes;
  if (degree.equal) return score.value == than->value;
  return degree.direction > 0 ? score.value > than->value : score.value < than->value;
}

}  // namespace

void GatherRanked(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  const Score* than, Answer* answer) {
  const Degree& degree = *meaning.degree;
  // What is measured is no column of its own beside the measure, unless it is what was asked for.
  std::vector<size_t> shown;
  bool shows_quantity = false;
  for (size_t i = 0; i < meaning.targets.size(); ++i) {
    const Target& target = meaning.targets[i];
    if (target.hidden) continue;
    shown.push_back(i);
    shows_quantity |= target.kind == Target::Kind::kParticipant && target.participant == degree.participant;
    shows_quantity |= degree.of == Degree::Of::kTime && target.kind == Target::Kind::kWhen;
    answer->columns.push_back(target.column.empty() ? "answer" : target.column);
  }
  if (!meaning.groups.empty()) answer->columns.insert(answer->columns.begin(), meaning.groups.front().column);
  if (!shows_quantity) answer->columns.emplace_back(ColumnOf(degree));
  std::vector<Ranked> ranked = Collect(meaning, solutions, shown);
  for (Ranked& each : ranked) each.score = ScoreOf(meaning, degree, catalogue, each.solutions, degree.direction > 0);
  ranked.erase(std::remove_if(ranked.begin(), ranked.end(), [](const Ranked& r) { return !r.score.any; }),
               ranked.end());
  std::stable_sort(ranked.begin(), ranked.end(), [&](const Ranked& a, const Ranked& b) {
    if (a.score.value != b.score.value) {
      return degree.direction > 0 ? a.score.value > b.score.value : a.score.value < b.score.value;
    }
    return NameOf(a) < NameOf(b);
  });
  std::vector<std::string> others;
  if (degree.superlative) {
    const size_t best = CountOfBest(meaning, ranked);
    for (size_t i = best; i < ranked.size() && i < best + kRunnersUp; ++i) {
      others.push_back(shows_quantity ? NameOf(ranked[i])
                                      : absl::StrCat(NameOf(ranked[i]), " (", ranked[i].score.label, ")"));
    }
    ranked.resize(best);
  } else {
    std::erase_if(ranked, [&](const Ranked& r) { return !Holds(degree, r.score, than); });
  }
  const std::vector<bool> dating = DatingFacts(meaning);
  for (Ranked& each : ranked) {
    AnswerRow row;
    row.cells = std::move(each.cells);
    if (!shows_quantity) {
      AnswerCell cell;
      cell.value = each.score.term;
      cell.label = each.score.label;
      cell.type = degree.of == Degree::Of::kTime ? "date" : "number";
      row.cells.emplace_back(std::move(cell));
    }
    RowGatherer gatherer;
    bool certain = false;
    for (const Solution* solution : each.solutions) {
      certain |= solution->certain;
      // The largest number has its own date; others that were told of the same are no part of that.
      const bool dates =
          degree.of != Degree::Of::kQuantity ||
          ScoreOf(meaning, degree, catalogue, {solution}, degree.direction > 0).value == each.score.value;
      for (size_t i = 0; i < solution->claims.size(); ++i) {
        if (solution->claims[i] != nullptr) gatherer.Add(solution->claims[i], dates && dating[i]);
      }
    }
    row.possible = !certain;
    gatherer.Finish(&row);
    // Of what is counted there is no one date.
    if (degree.of == Degree::Of::kEvents || degree.of == Degree::Of::kAnswers) row.when.clear();
    answer->rows.push_back(std::move(row));
  }
  if (!others.empty()) answer->notes.push_back(absl::StrCat("then: ", absl::StrJoin(others, ", ")));
  ApplyTail(meaning, answer);
  // "how many people lost more than 500 euros"
  if (meaning.kind == Meaning::Kind::kCountAnswers && !degree.superlative) CountAnswers(answer);
}

}  // namespace dossier::ask
