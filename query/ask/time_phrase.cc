#include "query/ask/time_phrase.h"

#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "base/status_macros.h"
#include "query/ask/time_spans.h"
#include "rdf/edtf.h"

namespace dossier::ask {
namespace {

TimeRange RangeOfDay(absl::CivilDay day) { return *DayRange(day.year(), day.month(), day.day()); }

int WeekdayOf(absl::CivilDay day) { return static_cast<int>(absl::GetWeekday(day)) + 1; }

absl::StatusOr<TimeRange> RangeOfSeason(int64_t year, int season) {
  return ParseEdtf(absl::StrCat(year, "-", 20 + season));
}

// The occurrence of something that comes once a year, nearest to today on the side that the tense asks for.
template <typename Make>
absl::StatusOr<TimeRange> NearestYear(const TimeRange& today, bool future, Make make) {
  const int64_t year = DayOf(today.begin).year();
  for (const int64_t candidate : {year, future ? year + 1 : year - 1}) {
    DOSSIER_ASSIGN_OR_RETURN(const TimeRange range, make(candidate));
    if (future ? range.end > today.begin : range.begin < today.end) return range;
  }
  return make(future ? year + 1 : year - 1);
}

absl::StatusOr<TimeRange> ResolveRelative(const DatePhrase& date, const TimeRange& today) {
  const absl::CivilDay day = DayOf(today.begin);
  switch (date.unit) {
    case DatePhrase::Unit::kDay: return RangeOfDay(day + date.offset);
    case DatePhrase::Unit::kWeek: {
      const absl::CivilDay monday = day - (WeekdayOf(day) - 1) + 7 * date.offset;
      return *Spanning(RangeOfDay(monday), RangeOfDay(monday + 6));
    }
    case DatePhrase::Unit::kMonth: {
      const absl::CivilMonth month = absl::CivilMonth(day) + date.offset;
      return *MonthRange(month.year(), month.month());
    }
    case DatePhrase::Unit::kYear: return *YearRange(day.year() + date.offset);
    case DatePhrase::Unit::kWeekday: {
      int days = date.number - WeekdayOf(day);
      if (date.offset < 0 && days >= 0) days -= 7;
      if (date.offset > 0 && days <= 0) days += 7;
      return RangeOfDay(day + days);
    }
    case DatePhrase::Unit::kCalendarMonth:
      if (date.offset == 0) return *MonthRange(day.year(), date.number);
      return NearestYear(today, date.offset > 0, [&](int64_t year) -> absl::StatusOr<TimeRange> {
        const TimeRange range = *MonthRange(year, date.number);
        // "Last July" said in July is that of the year before.
        if (range.Overlaps(today)) return *MonthRange(year + date.offset, date.number);
        return range;
      });
    case DatePhrase::Unit::kSeason:
      if (date.offset == 0) return RangeOfSeason(day.year(), date.number);
      return NearestYear(today, date.offset > 0,
                         [&](int64_t year) -> absl::StatusOr<TimeRange> { return RangeOfSeason(year, date.number); });
  }
  return absl::InternalError("an unknown unit of time");
}

absl::StatusOr<TimeRange> ResolveCalendar(const DatePhrase& date, const TimeRange& today, bool future,
                                          absl::string_view text) {
  const auto impossible = [&] {
    return DiagnosticError(MakeDiagnostic(absl::StrCat("impossible date \"", date.text, "\""), text, date.span));
  };
  if (!date.month.has_value()) return *YearRange(*date.year);
  if (!date.day.has_value()) {
    if (*date.month < 1 || *date.month > 12) return impossible();
    if (date.year.has_value()) return *MonthRange(*date.year, *date.month);
    return NearestYear(today, future,
                       [&](int64_t year) -> absl::StatusOr<TimeRange> { return *MonthRange(year, *date.month); });
  }
  if (date.year.has_value()) {
    const std::optional<TimeRange> range = DayRange(*date.year, *date.month, *date.day);
    return range.has_value() ? absl::StatusOr<TimeRange>(*range) : impossible();
  }
  const auto make = [&](int64_t year) -> absl::StatusOr<TimeRange> {
    const std::optional<TimeRange> range = DayRange(year, *date.month, *date.day);
    return range.has_value() ? absl::StatusOr<TimeRange>(*range) : impossible();
  };
  // What articles tell of the days to come is asked about as well: a day of the next two weeks is that one.
  constexpr int64_t kSoonSeconds = 14 * kSecondsPerDay;
  DOSSIER_ASSIGN_OR_RETURN(const TimeRange ahead, NearestYear(today, true, make));
  if (ahead.begin - today.begin <= kSoonSeconds) return ahead;
  return NearestYear(today, future, make);
}

// The third of a time that its words name.
TimeRange PartOfRange(DatePhrase::Part part, const TimeRange& whole) {
  const int64_t third = (whole.end - whole.begin) / 3;
  const auto day_at = [&](int64_t seconds) { return RangeOfDay(DayOf(seconds)); };
  switch (part) {
    case DatePhrase::Part::kWhole: return whole;
    case DatePhrase::Part::kBegin: return *Spanning(day_at(whole.begin), day_at(whole.begin + third - 1));
    case DatePhrase::Part::kMiddle: return *Spanning(day_at(whole.begin + third), day_at(whole.end - third - 1));
    case DatePhrase::Part::kEnd: return *Spanning(day_at(whole.end - third), day_at(whole.end - 1));
  }
  return whole;
}

absl::StatusOr<TimeRange> ResolveWhole(const DatePhrase& date, const TimeRange& today, bool future,
                                       absl::string_view text) {
  switch (date.kind) {
    case DatePhrase::Kind::kCalendar: return ResolveCalendar(date, today, future, text);
    case DatePhrase::Kind::kSeason:
      if (date.year.has_value()) return RangeOfSeason(*date.year, date.number);
      return NearestYear(today, future,
                         [&](int64_t year) -> absl::StatusOr<TimeRange> { return RangeOfSeason(year, date.number); });
    case DatePhrase::Kind::kEdtf: {
      absl::StatusOr<TimeRange> range = ParseEdtf(date.text);
      if (!range.ok()) {
        return DiagnosticError(MakeDiagnostic(absl::StrCat("impossible date \"", date.text, "\""), text, date.span));
      }
      return range;
    }
    case DatePhrase::Kind::kWeekday: {
      const absl::CivilDay day = DayOf(today.begin);
      int days = date.number - WeekdayOf(day);
      if (future && days < 0) days += 7;
      if (!future && days > 0) days -= 7;
      return RangeOfDay(day + days);
    }
    case DatePhrase::Kind::kRelative: return ResolveRelative(date, today);
  }
  return absl::InternalError("an unknown kind of date");
}

}  // namespace

absl::StatusOr<TimeRange> ResolveDate(const DatePhrase& date, const TimeRange& today, bool future,
                                      absl::string_view text) {
  DOSSIER_ASSIGN_OR_RETURN(const TimeRange whole, ResolveWhole(date, today, future, text));
  // Less than three days have no parts.
  if (whole.open_begin || whole.open_end || whole.end - whole.begin < 3 * kSecondsPerDay) return whole;
  return PartOfRange(date.part, whole);
}

namespace {

// Of "between April and May 2018", "from December to February 2019": the year stands only once.
absl::StatusOr<TimeRange> ResolveBegin(const TimePhrase& phrase, const TimeRange& second, const TimeRange& today,
                                       bool future, absl::string_view text) {
  DatePhrase begin = phrase.first;
  const bool year_follows = begin.month.has_value() && !begin.year.has_value() && phrase.second.year.has_value();
  if (!year_follows) return ResolveDate(begin, today, future, text);
  begin.year = phrase.second.year;
  DOSSIER_ASSIGN_OR_RETURN(const TimeRange range, ResolveDate(begin, today, future, text));
  if (range.begin <= second.begin) return range;
  --*begin.year;
  return ResolveDate(begin, today, future, text);
}

}  // namespace

absl::StatusOr<TimeLimit> ResolveTime(const TimePhrase& phrase, const TimeRange& today, bool future,
                                      absl::string_view text) {
  DOSSIER_ASSIGN_OR_RETURN(const TimeRange first, ResolveDate(phrase.first, today, future, text));
  TimeLimit limit;
  limit.words = std::string(text.substr(phrase.span.begin, phrase.span.end - phrase.span.begin));
  limit.range = first;
  // "Before the end of 2019" is before it ended, "after the start of 2020" after it began.
  TimePhrase::Relation relation = phrase.relation;
  using Relation = TimePhrase::Relation;
  if (relation == Relation::kBefore && phrase.first.part == DatePhrase::Part::kEnd) relation = Relation::kUntil;
  if (relation == Relation::kAfter && phrase.first.part == DatePhrase::Part::kBegin) relation = Relation::kSince;
  switch (relation) {
    case Relation::kIn:
    case Relation::kDuring: break;
    case Relation::kOnlyIn: limit.within = true; break;
    case Relation::kBefore: limit.range = RangeBefore(first); break;
    case Relation::kAfter: limit.range = RangeAfter(first); break;
    case Relation::kSince:
      limit.range.end = TimeRange::kUnboundedEnd;
      limit.range.open_end = true;
      limit.range.is_interval = true;
      break;
    case Relation::kUntil:
      limit.range.begin = TimeRange::kUnboundedBegin;
      limit.range.open_begin = true;
      limit.range.is_interval = true;
      break;
    case Relation::kEither: {
      // "in 2018 and 2019", "in May or June 2018": one stretch of time, where the two are neighbours.
      DatePhrase begin = phrase.first;
      if (!begin.year.has_value()) begin.year = phrase.second.year;
      DOSSIER_ASSIGN_OR_RETURN(const TimeRange early, ResolveDate(begin, today, future, text));
      DOSSIER_ASSIGN_OR_RETURN(const TimeRange late, ResolveDate(phrase.second, today, future, text));
      const std::optional<TimeRange> whole = Spanning(early, late);
      if (!whole.has_value() || early.end != late.begin) {
        return DiagnosticError(MakeDiagnostic("these times are no neighbours; ask apart, or say \"and in\"", text,
                                              phrase.span, {absl::StrCat("and in ", phrase.second.text)}));
      }
      limit.range = *whole;
      break;
    }
    case Relation::kBetween: {
      DOSSIER_ASSIGN_OR_RETURN(const TimeRange second, ResolveDate(phrase.second, today, future, text));
      DOSSIER_ASSIGN_OR_RETURN(const TimeRange begin, ResolveBegin(phrase, second, today, future, text));
      const std::optional<TimeRange> whole = Spanning(begin, second);
      if (!whole.has_value() || second.begin < begin.begin) {
        const bool from = absl::StartsWithIgnoreCase(limit.words, "from");
        return DiagnosticError(MakeDiagnostic("the interval ends before it begins", text, phrase.span,
                                              {absl::StrCat(from ? "from " : "between ", phrase.second.text,
                                                            from ? " to " : " and ", phrase.first.text)}));
      }
      limit.range = *whole;
      break;
    }
  }
  return limit;
}

}  // namespace dossier::ask
