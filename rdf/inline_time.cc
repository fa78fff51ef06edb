#include "rdf/inline_time.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "rdf/calendar.h"
#include "rdf/inline_payload.h"

namespace dossier {
namespace {

constexpr int64_t kMaxInlineYear = 99'999'999;
constexpr absl::CivilDay kFirstDay(0, 1, 1);

bool TakeChar(char wanted, absl::string_view* text) {
  if (text->empty() || text->front() != wanted) return false;
  text->remove_prefix(1);
  return true;
}

// Exactly two digits.
bool TakeTwoDigits(absl::string_view* text, int* value) {
  if (text->size() < 2 || !absl::ascii_isdigit((*text)[0]) || !absl::ascii_isdigit((*text)[1])) return false;
  *value = ((*text)[0] - '0') * 10 + ((*text)[1] - '0');
  text->remove_prefix(2);
  return true;
}

// A canonical year: at least four digits, no needless zeros in front, no negative zero.
bool TakeYear(absl::string_view* text, int64_t* year) {
  const bool negative = TakeChar('-', text);
  size_t digits = 0;
  int64_t value = 0;
  while (digits < text->size() && absl::ascii_isdigit((*text)[digits])) {
    value = value * 10 + ((*text)[digits] - '0');
    ++digits;
    if (value > kMaxInlineYear) return false;
  }
  if (digits < 4 || (digits > 4 && text->front() == '0') || (negative && value == 0)) return false;
  text->remove_prefix(digits);
  *year = negative ? -value : value;
  return true;
}

bool TakeMonth(absl::string_view* text, int* month) {
  return TakeChar('-', text) && TakeTwoDigits(text, month) && *month >= 1 && *month <= 12;
}

bool TakeDate(absl::string_view* text, absl::CivilDay* date) {
  int64_t year = 0;
  int month = 0;
  int day = 0;
  if (!TakeYear(text, &year) || !TakeMonth(text, &month) || !TakeChar('-', text) || !TakeTwoDigits(text, &day)) {
    return false;
  }
  *date = absl::CivilDay(year, month, day);
  // A day that the month does not have has become another date.
  return date->month() == month && date->day() == day;
}

std::string FormatYear(int64_t year) {
  return year < 0 ? absl::StrFormat("-%04d", -year) : absl::StrFormat("%04d", year);
}

std::string FormatMonth(absl::CivilMonth month) {
  return absl::StrCat(FormatYear(month.year()), absl::StrFormat("-%02d", month.month()));
}

std::string FormatDate(absl::CivilDay date) {
  return absl::StrCat(FormatMonth(absl::CivilMonth(date)), absl::StrFormat("-%02d", date.day()));
}

// EDTF payloads, from the highest bit: class of length (4 bits), first day (22, counted from 0000-01-01), last day less
// the first (22), and how the text was written (8): see FormNumber.
enum class Precision : uint8_t { kYear, kMonth, kDay };
constexpr absl::string_view kQualifiers = " ?~%";
constexpr unsigned kFormBits = 8;
constexpr unsigned kDayBits = 22;
constexpr uint64_t kFormMask = (uint64_t{1} << kFormBits) - 1;
constexpr uint64_t kDayMask = (uint64_t{1} << kDayBits) - 1;
static_assert(4 + 2 * kDayBits + kFormBits <= 56, "an EDTF payload has 56 bits");
static_assert(10'000 * 366 < kDayMask, "every day of the years 0000 to 9999 has a number");
static_assert(kEdtfLengthClasses.size() <= 16 && kEdtfLengthClasses.back() == kDayMask, "a class has 4 bits");

uint64_t LengthClass(uint64_t length) {
  return static_cast<uint64_t>(std::lower_bound(kEdtfLengthClasses.begin(), kEdtfLengthClasses.end(), length) -
                               kEdtfLengthClasses.begin());
}

// A date is one of 12 forms (precision and qualifier), an interval one of 12 * 12.
constexpr uint64_t kDateForms = 12;
static_assert(kDateForms + kDateForms * kDateForms <= kFormMask, "a form has 8 bits");

uint64_t EdtfBits(uint64_t first, uint64_t length, uint64_t form) {
  return ((LengthClass(length) << kDayBits | first) << kDayBits | length) << kFormBits | form;
}

struct EdtfDate {
  absl::CivilDay first;
  absl::CivilDay last;
  Precision precision = Precision::kYear;
  uint64_t qualifier = 0;  // Index into kQualifiers.

  uint64_t form() const { return static_cast<uint64_t>(precision) * kQualifiers.size() + qualifier; }
};

bool TakeEdtfDate(absl::string_view* text, EdtfDate* date) {
  const absl::string_view whole = *text;
  int64_t year = 0;
  if (!TakeYear(text, &year) || year < 0 || year > 9999) return false;
  date->first = absl::CivilDay(year, 1, 1);
  date->last = absl::CivilDay(year, 12, 31);
  if (!text->empty() && text->front() == '-') {
    int month = 0;
    if (!TakeMonth(text, &month)) return false;
    date->precision = Precision::kMonth;
    date->first = absl::CivilDay(year, month, 1);
    date->last = absl::CivilDay(absl::CivilMonth(year, month) + 1) - 1;
    if (!text->empty() && text->front() == '-') {
      *text = whole;
      if (!TakeDate(text, &date->first)) return false;
      date->precision = Precision::kDay;
      date->last = date->first;
    }
  }
  if (!text->empty()) {
    const size_t qualifier = kQualifiers.find(text->front(), 1);
    if (qualifier != absl::string_view::npos) {
      date->qualifier = qualifier;
      text->remove_prefix(1);
    }
  }
  return true;
}

// `day` is any day within the date; `form` as EdtfDate::form() makes it.
std::string FormatEdtfDate(uint64_t day, uint64_t form) {
  const absl::CivilDay date = kFirstDay + static_cast<int64_t>(day);
  std::string text;
  switch (static_cast<Precision>(form / kQualifiers.size())) {
    case Precision::kYear: text = FormatYear(date.year()); break;
    case Precision::kMonth: text = FormatMonth(absl::CivilMonth(date)); break;
    case Precision::kDay: text = FormatDate(date); break;
  }
  if (const uint64_t qualifier = form % kQualifiers.size(); qualifier != 0) text.push_back(kQualifiers[qualifier]);
  return text;
}

}  // namespace

std::optional<uint64_t> DatePayload(absl::string_view lexical) {
  absl::CivilDay date;
  if (!TakeDate(&lexical, &date) || !lexical.empty()) return std::nullopt;
  return BiasedPayload(date - kFirstDay);
}

std::string DateFromPayload(uint64_t payload) { return FormatDate(kFirstDay + ValueOfBiased(payload)); }

std::optional<uint64_t> DateTimePayload(absl::string_view lexical) {
  absl::CivilDay date;
  int hour = 0;
  int minute = 0;
  int second = 0;
  if (!TakeDate(&lexical, &date) || date.year() < 0 || date.year() > 9999 || !TakeChar('T', &lexical) ||
      !TakeTwoDigits(&lexical, &hour) || !TakeChar(':', &lexical) || !TakeTwoDigits(&lexical, &minute) ||
      !TakeChar(':', &lexical) || !TakeTwoDigits(&lexical, &second) || lexical != "Z") {
    return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return BiasedPayload((date - kFirstDay) * kSecondsPerDay + hour * 3600 + minute * 60 + second);
}

std::string DateTimeFromPayload(uint64_t payload) {
  const int64_t seconds = ValueOfBiased(payload);
  const int64_t rest = seconds % kSecondsPerDay;
  return absl::StrCat(FormatDate(kFirstDay + seconds / kSecondsPerDay),
                      absl::StrFormat("T%02d:%02d:%02dZ", rest / 3600, rest / 60 % 60, rest % 60));
}

std::optional<uint64_t> YearPayload(absl::string_view lexical) {
  int64_t year = 0;
  if (!TakeYear(&lexical, &year) || !lexical.empty()) return std::nullopt;
  return BiasedPayload(year);
}

std::string YearFromPayload(uint64_t payload) { return FormatYear(ValueOfBiased(payload)); }

std::optional<uint64_t> YearMonthPayload(absl::string_view lexical) {
  int64_t year = 0;
  int month = 0;
  if (!TakeYear(&lexical, &year) || !TakeMonth(&lexical, &month) || !lexical.empty()) return std::nullopt;
  return BiasedPayload(absl::CivilMonth(year, month) - absl::CivilMonth(kFirstDay));
}

std::string YearMonthFromPayload(uint64_t payload) {
  return FormatMonth(absl::CivilMonth(kFirstDay) + ValueOfBiased(payload));
}

std::optional<uint64_t> EdtfPayload(absl::string_view lexical) {
  EdtfDate begin;
  if (!TakeEdtfDate(&lexical, &begin)) return std::nullopt;
  EdtfDate end = begin;
  const bool interval = TakeChar('/', &lexical);
  if (interval) {
    end = EdtfDate();
    if (!TakeEdtfDate(&lexical, &end)) return std::nullopt;
  }
  // An interval that ends before it begins is no date; the dictionary keeps it as it is.
  if (!lexical.empty() || end.last < begin.first) return std::nullopt;
  const uint64_t form = interval ? kDateForms + begin.form() * kDateForms + end.form() : begin.form();
  const auto first = static_cast<uint64_t>(begin.first - kFirstDay);
  return EdtfBits(first, static_cast<uint64_t>(end.last - begin.first), form);
}

std::string EdtfFromPayload(uint64_t payload) {
  const uint64_t form = payload & kFormMask;
  const uint64_t length = payload >> kFormBits & kDayMask;
  const uint64_t first = payload >> (kFormBits + kDayBits) & kDayMask;
  if (form < kDateForms) return FormatEdtfDate(first, form);
  return absl::StrCat(FormatEdtfDate(first, (form - kDateForms) / kDateForms), "/",
                      FormatEdtfDate(first + length, (form - kDateForms) % kDateForms));
}

std::pair<int64_t, int64_t> DaysOfEdtf(uint64_t payload) {
  const auto first = static_cast<int64_t>(payload >> (kFormBits + kDayBits) & kDayMask);
  return {first - kEpochDay, first + static_cast<int64_t>(payload >> kFormBits & kDayMask) - kEpochDay};
}

std::pair<uint64_t, uint64_t> EdtfPayloadsOfClass(size_t length_class, int64_t first, int64_t last) {
  const auto day = [](int64_t since_1970) {
    return static_cast<uint64_t>(std::clamp<int64_t>(since_1970 + kEpochDay, 0, kDayMask));
  };
  const uint64_t bits = uint64_t{length_class} << kDayBits;
  const uint64_t rest = (uint64_t{1} << (kDayBits + kFormBits)) - 1;
  return {(bits | day(first)) << (kDayBits + kFormBits), (bits | day(last)) << (kDayBits + kFormBits) | rest};
}

}  // namespace dossier
