#include "rdf/inline_time_range.h"

#include <algorithm>

#include "absl/time/civil_time.h"
#include "rdf/calendar.h"
#include "rdf/inline_payload.h"
#include "rdf/inline_time.h"

namespace dossier {
namespace {

Moments Days(int64_t first, int64_t end) { return {first * kSecondsPerDay, end * kSecondsPerDay}; }

int64_t DayOf(int64_t seconds) { return seconds / kSecondsPerDay - (seconds % kSecondsPerDay < 0 ? 1 : 0); }

// Years and days beyond what a calendar of 64-bit seconds needs are all the same.
constexpr int64_t kFarthest = int64_t{36'525} * 1'000'000;
absl::CivilDay CivilDayAt(int64_t day) { return kEpoch + std::clamp(day, -kFarthest, kFarthest); }

std::pair<TermId, TermId> Biased(TermTag tag, int64_t lower, int64_t upper) {
  const auto payload = [](int64_t value) { return BiasedPayload(std::clamp(value, -kPayloadBias, kPayloadBias - 1)); };
  return {TermId(tag, payload(lower)), TermId(tag, payload(upper))};
}

int64_t MonthNumber(absl::CivilDay day) { return absl::CivilMonth(day) - absl::CivilMonth(0, 1); }

}  // namespace

std::optional<Moments> MomentsOf(TermId id) {
  const auto value = [id] { return ValueOfBiased(id.payload()); };
  switch (id.tag()) {
    case TermTag::kDate: return Days(value() - kEpochDay, value() - kEpochDay + 1);
    case TermTag::kDateTime: {
      const int64_t second = value() - kEpochDay * kSecondsPerDay;
      return Moments{second, second + 1};
    }
    case TermTag::kYear:
      return Days(absl::CivilDay(absl::CivilYear(value())) - kEpoch,
                  absl::CivilDay(absl::CivilYear(value() + 1)) - kEpoch);
    case TermTag::kYearMonth: {
      const absl::CivilMonth month = absl::CivilMonth(0, 1) + value();
      return Days(absl::CivilDay(month) - kEpoch, absl::CivilDay(month + 1) - kEpoch);
    }
    case TermTag::kEdtf: {
      const auto [first, last] = DaysOfEdtf(id.payload());
      return Days(first, last + 1);
    }
    default: return std::nullopt;
  }
}

std::vector<std::pair<TermId, TermId>> IdsOverlapping(const Moments& moments) {
  if (moments.begin >= moments.end) return {};
  const int64_t first = DayOf(moments.begin);
  const int64_t last = DayOf(moments.end - 1);
  const absl::CivilDay first_day = CivilDayAt(first);
  const absl::CivilDay last_day = CivilDayAt(last);
  constexpr int64_t kFirstSecond = kEpochDay * kSecondsPerDay;
  const auto second = [](int64_t seconds) {
    return std::clamp(seconds, -kPayloadBias - kFirstSecond, kPayloadBias - 1 - kFirstSecond) + kFirstSecond;
  };
  std::vector<std::pair<TermId, TermId>> ids = {
      {TermId(TermTag::kLiteral, 0), TermId(TermTag::kLiteral, TermId::kMaxPayload)},
      Biased(TermTag::kDate, first + kEpochDay, last + kEpochDay),
      Biased(TermTag::kDateTime, second(moments.begin), second(moments.end - 1)),
      Biased(TermTag::kYear, first_day.year(), last_day.year()),
      Biased(TermTag::kYearMonth, MonthNumber(first_day), MonthNumber(last_day)),
  };
  for (size_t i = 0; i < kEdtfLengthClasses.size(); ++i) {
    const auto [lower, upper] = EdtfPayloadsOfClass(i, first - static_cast<int64_t>(kEdtfLengthClasses[i]), last);
    ids.emplace_back(TermId(TermTag::kEdtf, lower), TermId(TermTag::kEdtf, upper));
  }
  return ids;
}

}  // namespace dossier
