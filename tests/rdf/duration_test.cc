#include "rdf/duration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dossier {
namespace {

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
