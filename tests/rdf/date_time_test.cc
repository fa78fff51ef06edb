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

}  // namespace
}  // namespace dossier
