#include "rdf/date_time.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dossier {
namespace {

TEST(DateTime, ParsesAndWritesItsCanonicalForm) {
  EXPECT_EQ(FormatDateTime(*ParseDateTime("2023-09-12T10:30:00.500Z")), "2023-09-12T10:30:00.5Z");
  EXPECT_EQ(FormatDateTime(*ParseDateTime("-0044-03-15T00:00:00")), "-0044-03-15T00:00:00");
  EXPECT_EQ(FormatDateTime(*ParseDateTime("2023-12-31T24:00:00+00:00")), "2024-01-01T00:00:00Z");
  EXPECT_EQ(FormatDate(*ParseDate("2024-02-29-05:30")), "2024-02-29-05:30");
  EXPECT_EQ(FormatTime(*ParseTime("01:02:03.040")), "01:02:03.04");
  EXPECT_EQ(FormatGYear(*ParseGYear("12023Z")), "12023Z");
  EXPECT_EQ(FormatGYearMonth(*ParseGYearMonth("2023-09")), "2023-09");
}

TEST(DateTime, RefusesDaysThatDoNotExist) {
  EXPECT_FALSE(ParseDate("2023-02-29").has_value());
  EXPECT_FALSE(ParseDate("1900-02-29").has_value());
  EXPECT_TRUE(ParseDate("2000-02-29").has_value());
  EXPECT_FALSE(ParseDate("2023-04-31").has_value());
  EXPECT_FALSE(ParseDate("2023-13-01").has_value());
  EXPECT_FALSE(ParseDate("2023-00-01").has_value());
}

TEST(DateTime, RefusesOtherForms) {
  for (const char* text : {"", "2023", "2023-9-12", "023-09-12", "02023-09-12", "2023-09-12T", "2023-09-12+15:00",
                           "2023-09-12 ", "2023-09-12z", "+2023-09-12", "99999999999-01-01"}) {
    EXPECT_FALSE(ParseDate(text).has_value()) << text;
  }
  for (const char* text : {"2023-09-12T10:30", "2023-09-12T25:00:00", "2023-09-12T10:60:00", "2023-09-12T10:30:60",
                           "2023-09-12T24:00:01", "2023-09-12T10:30:00.", "2023-09-12 10:30:00"}) {
    EXPECT_FALSE(ParseDateTime(text).has_value()) << text;
  }
}

TEST(DateTime, CountsSecondsInUtc) {
  EXPECT_EQ(ParseDateTime("1970-01-01T00:00:00Z")->ToSeconds(), 0);
  EXPECT_EQ(ParseDateTime("1970-01-01T02:00:00+02:00")->ToSeconds(), 0);
  EXPECT_EQ(ParseDateTime("1969-12-31T23:59:59Z")->ToSeconds(), -1);
  EXPECT_EQ(FormatDateTime(DateTime::FromSeconds(-1, 60)), "1970-01-01T00:59:59+01:00");
}

TEST(DateTime, ComparesMomentsNotSpellings) {
  EXPECT_TRUE(Compare(*ParseDateTime("2023-09-12T12:00:00+02:00"), *ParseDateTime("2023-09-12T10:00:00Z")) == 0);
  EXPECT_TRUE(Compare(*ParseDateTime("2023-09-12T10:00:00.1Z"), *ParseDateTime("2023-09-12T10:00:00.2Z")) < 0);
  EXPECT_TRUE(Compare(*ParseGYear("-0001"), *ParseGYear("0001")) < 0);
}

TEST(Duration, ParsesAndWritesItsCanonicalForm) {
  EXPECT_EQ(FormatDuration(*ParseDuration("P1Y14M3DT25H61M1.50S")), "P2Y2M4DT2H1M1.5S");
  EXPECT_EQ(FormatDuration(*ParseDuration("-P1D")), "-P1D");
  EXPECT_EQ(FormatDuration(*ParseDuration("P0Y")), "PT0S");
  EXPECT_EQ(FormatDuration(*ParseDuration("PT0.001S")), "PT0.001S");
  EXPECT_EQ(FormatDuration(*ParseDuration("-PT0.5S")), "-PT0.5S");
  EXPECT_EQ(FormatDuration(*ParseYearMonthDuration("P18M"), "P0M"), "P1Y6M");
}

TEST(Duration, RefusesOtherForms) {
  for (const char* text : {"", "P", "PT", "P1DT", "1D", "P1S", "PT1D", "P1M1Y", "P1.5D", "PT1.5H", "P-1D", "P1D1D",
                           "+P1D", "P1Y2D3M", "P99999999999999999999Y"}) {
    EXPECT_FALSE(ParseDuration(text).has_value()) << text;
  }
  EXPECT_FALSE(ParseDayTimeDuration("P1M").has_value());
  EXPECT_TRUE(ParseDayTimeDuration("PT1M").has_value());
  EXPECT_FALSE(ParseYearMonthDuration("P1D").has_value());
}

TEST(Duration, HasAPartialOrder) {
  EXPECT_TRUE(Compare(*ParseDuration("P1M"), *ParseDuration("P30D")) == std::partial_ordering::unordered);
  EXPECT_TRUE(Compare(*ParseDuration("P1M"), *ParseDuration("P32D")) == std::partial_ordering::less);
  EXPECT_TRUE(Compare(*ParseDuration("P1Y"), *ParseDuration("P12M")) == std::partial_ordering::equivalent);
  EXPECT_TRUE(Compare(*ParseDuration("PT24H"), *ParseDuration("P1D")) == std::partial_ordering::equivalent);
}

TEST(Duration, AddedToAMomentCutsTheDayToTheMonth) {
  EXPECT_EQ(FormatDate(*Add(*ParseDate("2023-01-31"), *ParseDuration("P1M"))), "2023-02-28");
  EXPECT_EQ(FormatDateTime(*Add(*ParseDateTime("2023-12-31T23:59:59.75Z"), *ParseDuration("PT0.5S"))),
            "2024-01-01T00:00:00.25Z");
  EXPECT_EQ(FormatDateTime(*Add(*ParseDateTime("2024-01-01T00:00:00+01:00"), *ParseDuration("-PT0.25S"))),
            "2023-12-31T23:59:59.75+01:00");
}

}  // namespace
}  // namespace dossier
