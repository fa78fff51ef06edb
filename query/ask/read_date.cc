// Dates without a preposition: "the November 2022 test", "the visit of June 2018".
#include <algorithm>
#include <array>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/time_phrase.h"

namespace dossier::ask {
namespace {

// 1 to 12; 0 when the word is no month.
int MonthOf(absl::string_view word) {
  static constexpr std::array<absl::string_view, 12> kMonths = {"january",   "february", "march",    "april",
                                                                "may",       "june",     "july",     "august",
                                                                "september", "october",  "november", "december"};
  const auto* month = std::find(kMonths.begin(), kMonths.end(), word);
  return month == kMonths.end() ? 0 : static_cast<int>(month - kMonths.begin()) + 1;
}

}  // namespace

// "November 2022", "2022", "11 September 2023" without a preposition, as before or behind a noun.
std::optional<ClauseReader::DateMatch> ClauseReader::MatchBareDate(size_t at) const {
  const auto number_at = [&](size_t place, size_t longest) {
    int64_t number = 0;
    const bool is_number = IsWord(place) && !items_[place].possessive && items_[place].word.size() <= longest &&
                           absl::SimpleAtoi(items_[place].word, &number);
    return is_number && number > 0 ? std::optional<int64_t>(number) : std::nullopt;
  };
  constexpr size_t kYearDigits = 4;
  constexpr size_t kDayDigits = 2;
  DatePhrase date;
  size_t end = at;
  const std::optional<int64_t> day = number_at(end, kDayDigits);
  if (day.has_value()) ++end;
  const int month = IsWord(end) && !items_[end].possessive ? MonthOf(items_[end].word) : 0;
  if (day.has_value() && month == 0) return std::nullopt;
  if (month != 0) ++end;
  const std::optional<int64_t> year = number_at(end, kYearDigits);
  if (year.has_value() && items_[end].word.size() == kYearDigits) {
    date.year = year;
    ++end;
  } else if (month == 0) {
    return std::nullopt;
  }
  if (month != 0) date.month = month;
  if (day.has_value()) date.day = static_cast<int>(*day);
  const absl::StatusOr<TimeRange> range = ResolveDate(date, context_.today, false, context_.text);
  if (!range.ok()) return std::nullopt;
  DateMatch match;
  match.time.range = *range;
  match.time.words = absl::StrCat("in ", TextOf(at, end));
  match.end = end;
  return match;
}

}  // namespace dossier::ask
