// Dates and times as the 56-bit payloads of inline term ids (rdf/term_id.h). Each function of the first group reads a
// lexical form and returns its payload, or nullopt when the form is not canonical, is no valid date or does not fit;
// the function beside it in the second group writes the very same lexical form back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "rdf/calendar.h"

namespace dossier {

// Payloads of dates, times and months count from the begin of the year 0.
inline constexpr int64_t kEpochDay = kEpoch - absl::CivilDay(0, 1, 1);

std::optional<uint64_t> DatePayload(absl::string_view lexical);
std::optional<uint64_t> DateTimePayload(absl::string_view lexical);
std::optional<uint64_t> YearPayload(absl::string_view lexical);
std::optional<uint64_t> YearMonthPayload(absl::string_view lexical);
// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` with at most one of `?`, `~`, `%` behind it, or two of these with `/` between.
std::optional<uint64_t> EdtfPayload(absl::string_view lexical);

std::string DateFromPayload(uint64_t payload);
std::string DateTimeFromPayload(uint64_t payload);
std::string YearFromPayload(uint64_t payload);
std::string YearMonthFromPayload(uint64_t payload);
std::string EdtfFromPayload(uint64_t payload);

// EDTF payloads are ordered by the class of their length first: the longest of each class, in days beyond the first
// one. A day, days of a week, of some weeks, a month, a quarter, less than a year, a year, five and ten years, longer.
// All that overlaps a given time then lies in one short range of payloads for each class (EdtfPayloadsOfClass), however
// vague some dates of the data are; within a class they are ordered by begin, then end.
inline constexpr std::array<uint64_t, 10> kEdtfLengthClasses = {0, 6, 26, 30, 91, 363, 365, 1'826, 3'652, 4'194'303};

// The first and the last day of an EDTF payload, counted from 1970-01-01.
std::pair<int64_t, int64_t> DaysOfEdtf(uint64_t payload);
// The lowest and the highest payload of a class that begins on the days `first` to `last`, counted from 1970-01-01.
std::pair<uint64_t, uint64_t> EdtfPayloadsOfClass(size_t length_class, int64_t first, int64_t last);

}  // namespace dossier
