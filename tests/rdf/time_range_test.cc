#include "rdf/time_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rdf/date_time.h"
#include "rdf/edtf.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

TimeRange Edtf(absl::string_view text) {
  const absl::StatusOr<TimeRange> range = ParseEdtf(text);
  EXPECT_TRUE(range.ok()) << range.status();
  return range.value_or(TimeRange());
}

std::optional<TimeRange> Of(const std::string& lexical, absl::string_view datatype) {
  return TimeRangeOf(Term::Typed(lexical, std::string(datatype)));
}

TEST(TimeRange, TellsCertainFromPossible) {
  const TimeRange september = *MonthRange(2023, 9);
  EXPECT_TRUE(september.Contains(Edtf("2023-09-12")));
  EXPECT_TRUE(september.Overlaps(Edtf("2023")));
  EXPECT_FALSE(september.Contains(Edtf("2023")));
  EXPECT_TRUE(september.IsDisjointFrom(Edtf("2023-10")));
  EXPECT_TRUE(september.Overlaps(Edtf("2019/..")));
  EXPECT_FALSE(september.Overlaps(Edtf("/2022")));
}

TEST(TimeRange, NeighboursAreDisjoint) {
  EXPECT_TRUE(Edtf("2023-09").IsBefore(Edtf("2023-10")));
  EXPECT_TRUE(Edtf("2023-10").IsAfter(Edtf("2023-09")));
  EXPECT_FALSE(Edtf("2023-09").Overlaps(Edtf("2023-10")));
}

TEST(TimeRange, IsTheSameForEveryDatatypeOfADay) {
  EXPECT_EQ(Of("2023-09-12", xsd::kDate), Edtf("2023-09-12"));
  EXPECT_EQ(Of("2023-09", xsd::kGYearMonth), Edtf("2023-09"));
  EXPECT_EQ(Of("2023", xsd::kGYear), Edtf("2023"));
  EXPECT_EQ(Of("2023-09-12T10:30:00Z", xsd::kDateTime), Edtf("2023-09-12T10:30:00Z"));
  EXPECT_EQ(Of("2023-09-12", edtf::kEdtf), Edtf("2023-09-12"));
}

TEST(TimeRange, MindsTheTimeZone) {
  const TimeRange tokyo = *Of("2023-09-12+09:00", xsd::kDate);
  EXPECT_EQ(tokyo.begin, ParseDateTime("2023-09-11T15:00:00Z")->ToSeconds());
  EXPECT_EQ(tokyo.end - tokyo.begin, 86400);
}

TEST(TimeRange, ExistsOnlyForValidDates) {
  EXPECT_EQ(Of("2023-02-31", xsd::kDate), std::nullopt);
  EXPECT_EQ(Of("2023-02-31", edtf::kEdtf), std::nullopt);
  EXPECT_EQ(Of("2023", xsd::kString), std::nullopt);
  EXPECT_EQ(Of("2023", xsd::kInteger), std::nullopt);
  EXPECT_EQ(TimeRangeOf(Term::Iri("http://example.org/2023")), std::nullopt);
}

TEST(TimeRange, OfCalendarPartsChecksThem) {
  EXPECT_EQ(DayRange(2023, 2, 29), std::nullopt);
  EXPECT_EQ(DayRange(2023, 13, 1), std::nullopt);
  EXPECT_EQ(MonthRange(2023, 0), std::nullopt);
  EXPECT_EQ(YearRange(20'000'000'000), std::nullopt);
  EXPECT_TRUE(YearRange(-10'000'000'000).has_value());
  EXPECT_EQ(DayRange(2024, 2, 29), Edtf("2024-02-29"));
}

TEST(TimeRange, SpansFromOneToTheOther) {
  EXPECT_EQ(Spanning(Edtf("2018"), Edtf("2019-06")), Edtf("2018/2019-06"));
  EXPECT_EQ(Spanning(Edtf("2019"), Edtf("2018")), std::nullopt);
  EXPECT_EQ(RangeBefore(Edtf("2019")), Edtf("../2018"));
  EXPECT_EQ(RangeAfter(Edtf("2018")), Edtf("2019/.."));
}

TEST(TimeRange, IsWrittenAsEdtfThatReadsBack) {
  for (const char* text : {"2023", "2023-09", "2023-09-12", "201X", "20XX", "1XXX", "2019/..", "../2019-06",
                           "2018/2019", "2023-09-12/2023-10-01", "2023~", "2023-09?", "2023%", "2023-21", "-0044-03-15",
                           "Y170000002", "2023-09-12T10:30:00Z", "2023-04/2023-06"}) {
    EXPECT_EQ(ToEdtf(Edtf(text)), text);
  }
  EXPECT_EQ(ToEdtf(Edtf("2004-06-XX")), "2004-06");
  EXPECT_EQ(ToEdtf(Edtf("2018-06/2019")), "2018-06/2019-12");
  EXPECT_EQ(ToEdtf(Edtf("1984~/2004-06")), "1984-01~/2004-06~");
}

}  // namespace
}  // namespace dossier
