// "per certainty", "for each country", "according to each article": solutions parted by what they have of it, and the
// rest of the question answered for each part.
#include <algorithm>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {
namespace {

// The year, month or day in which all of `range` lies.
std::optional<AnswerCell> PeriodOf(const TimeRange& range, Grouping::By by) {
  if (range.open_begin || range.open_end) return std::nullopt;
  const auto civil = [](int64_t seconds) {
    return absl::ToCivilDay(absl::FromUnixSeconds(seconds), absl::UTCTimeZone());
  };
  const absl::CivilDay first = civil(range.begin);
  const absl::CivilDay last = civil(range.end - 1);
  if (first.year() != last.year()) return std::nullopt;
  std::optional<TimeRange> period = YearRange(first.year());
  if (by != Grouping::By::kYear) {
    if (first.month() != last.month()) return std::nullopt;
    period = by == Grouping::By::kMonth ? MonthRange(first.year(), first.month())
                                        : DayRange(first.year(), first.month(), first.day());
    if (by == Grouping::By::kDay && first != last) return std::nullopt;
  }
  return period.has_value() ? std::optional<AnswerCell>(TextCell(ToEdtf(*period), "date")) : std::nullopt;
}

struct Part {
  AnswerCell key;
  int64_t rank = 0;  // Of a certainty.
  std::vector<Solution> solutions;
};

// Everybody is counted once: under the strongest certainty that any claim gives.
void PartByCertainty(const Meaning& meaning, const std::vector<Solution>& solutions, std::vector<Part>* parts) {
  const std::vector<bool> dating = DatingFacts(meaning);
  std::map<std::string, std::pair<int64_t, std::string>> strongest;
  const auto key_of = [&](const Solution& solution) {
    std::string key;
    for (const std::string& part : solution.target_keys) absl::StrAppend(&key, part, "\n");
    return key;
  };
  for (const Solution& solution : solutions) {
    std::pair<int64_t, std::string>& best = strongest.try_emplace(key_of(solution), -1, "").first->second;
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      if (!dating[i] || solution.claims[i] == nullptr) continue;
      best = std::max(best, std::make_pair(solution.claims[i]->rank, solution.claims[i]->claim.certainty));
    }
  }
  for (const Solution& solution : solutions) {
    const auto& [rank, level] = strongest[key_of(solution)];
    auto part = std::find_if(parts->begin(), parts->end(), [&, name = level](const Part& p) {
      return p.key.label == (name.empty() ? "not stated" : name);
    });
    if (part == parts->end()) {
      part = parts->insert(parts->end(), Part{TextCell(level.empty() ? "not stated" : level, "text"), rank, {}});
    }
    part->solutions.push_back(solution);
  }
  std::stable_sort(parts->begin(), parts->end(), [](const Part& a, const Part& b) { return a.rank > b.rank; });
}

}  // namespace

std::vector<AnswerCell> GroupsOf(const Grouping& grouping, const Meaning& meaning, const Solution& solution) {
  std::vector<AnswerCell> groups;
  const auto add = [&](AnswerCell cell) {
    const bool known =
        std::any_of(groups.begin(), groups.end(), [&](const AnswerCell& g) { return g.label == cell.label; });
    if (!known && !cell.label.empty()) groups.push_back(std::move(cell));
  };
  if (grouping.by == Grouping::By::kTarget) {
    if (solution.targets[grouping.target].has_value()) add(*solution.targets[grouping.target]);
    return groups;
  }
  const std::vector<bool> dating = DatingFacts(meaning);
  for (size_t i = 0; i < solution.claims.size(); ++i) {
    const ClaimRecord* record = solution.claims[i];
    if (!dating[i] || record == nullptr) continue;
    switch (grouping.by) {
      case Grouping::By::kYear:
      case Grouping::By::kMonth:
      case Grouping::By::kDay:
        if (!record->time.has_value()) break;
        if (std::optional<AnswerCell> period = PeriodOf(*record->time, grouping.by)) add(*std::move(period));
        break;
      case Grouping::By::kCertainty: add(TextCell(record->claim.certainty, "text")); break;
      case Grouping::By::kArticle:
        add(TextCell(record->claim.article.empty() ? "" : absl::StrCat("article ", record->claim.article), "text"));
        break;
      case Grouping::By::kSpeaker:
        for (const absl::string_view speaker : absl::StrSplit(record->claim.speaker, "; ", absl::SkipEmpty())) {
          add(TextCell(std::string(speaker), "text"));
        }
        break;
      case Grouping::By::kTarget: break;
    }
  }
  return groups;
}

void GatherGroups(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer) {
  const Grouping grouping = meaning.groups.front();
  std::vector<Part> parts;
  size_t vague = 0;
  if (grouping.by == Grouping::By::kCertainty) {
    PartByCertainty(meaning, solutions, &parts);
  } else {
    for (const Solution& solution : solutions) {
      std::vector<AnswerCell> groups = GroupsOf(grouping, meaning, solution);
      vague += groups.empty() ? 1 : 0;
      for (AnswerCell& group : groups) {
        auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.key.label == group.label; });
        if (part == parts.end()) part = parts.insert(parts.end(), Part{std::move(group), 0, {}});
        part->solutions.push_back(solution);
      }
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Part& a, const Part& b) { return a.key.label < b.key.label; });
  }
  Meaning inner = meaning;
  inner.groups.erase(inner.groups.begin());
  inner.order_by.clear();
  inner.limit.reset();
  if (grouping.by == Grouping::By::kTarget) inner.targets[grouping.target].hidden = true;
  for (const Part& part : parts) {
    Answer piece;
    GatherAnswer(inner, catalogue, part.solutions, &piece);
    answer->kind = piece.kind == Answer::Kind::kAsk ? Answer::Kind::kSelect : piece.kind;
    if (answer->columns.empty()) {
      answer->columns = piece.columns;
      answer->columns.insert(answer->columns.begin(), grouping.column);
    }
    for (AnswerRow& row : piece.rows) {
      row.cells.insert(row.cells.begin(), part.key);
      answer->rows.push_back(std::move(row));
    }
    for (const std::string& note : piece.notes) answer->notes.push_back(absl::StrCat(part.key.label, ": ", note));
  }
  if (answer->columns.empty()) answer->columns = {grouping.column};
  if (vague > 0) answer->notes.push_back(absl::StrCat(vague, " claims tell no ", grouping.column));
  ApplyTail(meaning, answer);
}

}  // namespace dossier::ask
