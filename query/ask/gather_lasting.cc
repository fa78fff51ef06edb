// How long something lasted, by the dates of the claims that tell of it: "how long did she stay in Rome".
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "query/ask/answer_builder.h"
#include "query/ask/time_spans.h"

namespace dossier::ask {
namespace {

struct Length {
  int64_t number = 0;
  absl::string_view unit;
};

// In the precision in which the dates are given. A single date does not tell how long: "2018-03" is no visit of a
// month.
std::optional<Length> LengthTold(const TimeRange& time, const TimeRange& today) {
  if (time.open_begin || (!time.is_interval && !time.open_end)) return std::nullopt;
  const absl::CivilDay first = DayOf(time.begin);
  const absl::CivilDay end = time.open_end ? DayOf(today.begin) : DayOf(time.end);
  if (end <= first) return std::nullopt;
  switch (time.precision) {
    case TimePrecision::kMonth: return Length{absl::CivilMonth(end) - absl::CivilMonth(first), "month"};
    case TimePrecision::kYear: return Length{absl::CivilYear(end) - absl::CivilYear(first), "year"};
    default: break;
  }
  if (time.precision > TimePrecision::kDay) return std::nullopt;
  return Length{end - first, "day"};
}

}  // namespace

void GatherLasting(const Meaning& meaning, const std::vector<Solution>& all, Answer* answer) {
  const std::vector<Solution> solutions = meaning.ordinal == 0 ? all : ChosenInTime(meaning, all, &answer->notes);
  const std::vector<bool> dating = DatingFacts(meaning);
  std::map<std::pair<int64_t, int64_t>, std::pair<std::string, RowGatherer>> by_time;
  size_t vague = 0;
  for (const Solution& solution : solutions) {
    for (size_t i = 0; i < solution.claims.size(); ++i) {
      const ClaimRecord* record = solution.claims[i];
      if (!dating[i] || record == nullptr) continue;
      const std::optional<Length> length =
          record->time.has_value() ? LengthTold(*record->time, *meaning.lasting) : std::nullopt;
      if (!length.has_value() || length->number == 0) {
        ++vague;
        continue;
      }
      auto& [label, gatherer] = by_time[{record->time->begin, record->time->end}];
      // Of years and months only that much is known.
      label = absl::StrCat(length->unit == "day" ? "" : "about ", length->number, " ", length->unit,
                           length->number == 1 ? "" : "s", record->time->open_end ? " so far" : "");
      gatherer.Add(record, true);
    }
  }
  answer->columns = {"value"};
  for (auto& [time, told] : by_time) {
    AnswerRow row;
    row.cells.emplace_back(TextCell(told.first));
    told.second.Finish(&row);
    answer->rows.push_back(std::move(row));
  }
  if (!by_time.empty()) {
    answer->notes.emplace_back("counted from the dates of the claims, the first and the last day included");
  } else if (vague > 0) {
    answer->notes.emplace_back("the dates that the claims give do not tell how long it lasted");
  }
  ApplyTail(meaning, answer);
}

}  // namespace dossier::ask
