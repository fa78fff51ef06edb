#include "rdf/edtf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "rdf/date_time.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

// The range as "first day..last day" and its flags, short enough to read in a table.
std::string Shown(absl::string_view edtf) {
  const absl::StatusOr<TimeRange> range = ParseEdtf(edtf);
  if (!range.ok()) return "error";
  const auto day = [](int64_t seconds) { return FormatDate(DateTime::FromSeconds(seconds, std::nullopt)); };
  std::string text =
      absl::StrCat(range->open_begin ? "" : day(range->begin), "..", range->open_end ? "" : day(range->end - 1));
  if (range->approximate) text.append(" ~");
  if (range->uncertain) text.append(" ?");
  if (range->is_masked) text.append(" masked");
  if (range->is_set) text.append(" set");
  if (range->is_interval) text.append(" interval");
  return text;
}

TEST(Edtf, ReadsDatesOfLevel0) {
  EXPECT_EQ(Shown("2023-09-12"), "2023-09-12..2023-09-12");
  EXPECT_EQ(Shown("2023-09"), "2023-09-01..2023-09-30");
  EXPECT_EQ(Shown("2023"), "2023-01-01..2023-12-31");
  EXPECT_EQ(Shown("0000"), "0000-01-01..0000-12-31");
  EXPECT_EQ(Shown("1964/2008"), "1964-01-01..2008-12-31 interval");
  EXPECT_EQ(Shown("2004-02-01/2005-02"), "2004-02-01..2005-02-28 interval");
}

TEST(Edtf, ReadsTimesOfDay) {
  const int64_t noon = ParseDateTime("2023-09-12T12:00:00Z")->ToSeconds();
  for (const char* text :
       {"2023-09-12T12:00:00Z", "2023-09-12T12:00:00", "2023-09-12T13:00:00+01", "2023-09-12T06:30:00-05:30"}) {
    const absl::StatusOr<TimeRange> range = ParseEdtf(text);
    ASSERT_TRUE(range.ok()) << text;
    EXPECT_EQ(*range, SecondRange(noon)) << text;
  }
}

TEST(Edtf, ReadsLevel1) {
  EXPECT_EQ(Shown("1984?"), "1984-01-01..1984-12-31 ?");
  EXPECT_EQ(Shown("2004-06~"), "2004-06-01..2004-06-30 ~");
  EXPECT_EQ(Shown("2004-06-11%"), "2004-06-11..2004-06-11 ~ ?");
  EXPECT_EQ(Shown("201X"), "2010-01-01..2019-12-31 masked");
  EXPECT_EQ(Shown("20XX"), "2000-01-01..2099-12-31 masked");
  EXPECT_EQ(Shown("2004-XX"), "2004-01-01..2004-12-31 masked");
  EXPECT_EQ(Shown("1985-04-XX"), "1985-04-01..1985-04-30 masked");
  EXPECT_EQ(Shown("1985-XX-XX"), "1985-01-01..1985-12-31 masked");
  EXPECT_EQ(Shown("-1985"), "-1985-01-01..-1985-12-31");
  EXPECT_EQ(Shown("Y170000002"), "170000002-01-01..170000002-12-31");
  EXPECT_EQ(Shown("Y-170000002"), "-170000002-01-01..-170000002-12-31");
}

TEST(Edtf, ReadsSeasons) {
  EXPECT_EQ(Shown("2001-21"), "2001-03-01..2001-05-31");
  EXPECT_EQ(Shown("2001-24"), "2001-12-01..2002-02-28");
  EXPECT_EQ(Shown("2001-29"), "2001-09-01..2001-11-30");
  EXPECT_EQ(Shown("2001-32"), "2001-06-01..2001-08-31");
  EXPECT_EQ(Shown("2001-34"), "2001-04-01..2001-06-30");
  EXPECT_EQ(Shown("2001-39"), "2001-09-01..2001-12-31");
  EXPECT_EQ(Shown("2001-41~"), "2001-07-01..2001-12-31 ~");
}

TEST(Edtf, ReadsOpenAndUnknownEnds) {
  EXPECT_EQ(Shown("1985-04-12/.."), "1985-04-12.. interval");
  EXPECT_EQ(Shown("1985/"), "1985-01-01.. interval");
  EXPECT_EQ(Shown("../1985"), "..1985-12-31 interval");
  EXPECT_EQ(Shown("/1985-04"), "..1985-04-30 interval");
  EXPECT_EQ(Shown("1984~/2004-06?"), "1984-01-01..2004-06-30 ~ ? interval");
}

TEST(Edtf, ReadsLevel2) {
  EXPECT_EQ(Shown("1XXX"), "1000-01-01..1999-12-31 masked");
  EXPECT_EQ(Shown("XXXX-12-XX"), "0000-12-01..9999-12-31 masked");
  EXPECT_EQ(Shown("156X-12-25"), "1560-12-25..1569-12-25 masked");
  EXPECT_EQ(Shown("1984-1X"), "1984-10-01..1984-12-31 masked");
  EXPECT_EQ(Shown("2004-06-2X"), "2004-06-20..2004-06-29 masked");
  EXPECT_EQ(Shown("19X3-02-29"), "error");
  EXPECT_EQ(Shown("19XX-02-29"), "1904-02-29..1996-02-29 masked");
  EXPECT_EQ(Shown("-1XXX"), "-1999-01-01..-1000-12-31 masked");
  EXPECT_EQ(Shown("Y-17E7"), "-170000000-01-01..-170000000-12-31");
  EXPECT_EQ(Shown("1950S2"), "1900-01-01..1999-12-31 ~ masked");
  EXPECT_EQ(Shown("Y171010000S3"), "171000000-01-01..171999999-12-31 ~ masked");
  EXPECT_EQ(Shown("2004?-06-~11"), "2004-06-11..2004-06-11 ~ ?");
  EXPECT_EQ(Shown("?2004-06-11"), "2004-06-11..2004-06-11 ?");
  EXPECT_EQ(Shown("2004-06-XX/2004-07-03"), "2004-06-01..2004-07-03 masked interval");
}

TEST(Edtf, ReadsSets) {
  EXPECT_EQ(Shown("[1667,1668, 1670..1672]"), "1667-01-01..1672-12-31 set");
  EXPECT_EQ(Shown("{1960,1961-12}"), "1960-01-01..1961-12-31 set");
  EXPECT_EQ(Shown("[..1760-12-03]"), "..1760-12-03 set");
  EXPECT_EQ(Shown("{1760-12..}"), "1760-12-01.. set");
  EXPECT_EQ(Shown("[1667,1760-12~]"), "1667-01-01..1760-12-31 ~ set");
}

TEST(Edtf, KeepsThePrecision) {
  EXPECT_EQ(ParseEdtf("2023-09-12")->precision, TimePrecision::kDay);
  EXPECT_EQ(ParseEdtf("2023-09")->precision, TimePrecision::kMonth);
  EXPECT_EQ(ParseEdtf("2023-09-XX")->precision, TimePrecision::kMonth);
  EXPECT_EQ(ParseEdtf("2023-22")->precision, TimePrecision::kSeason);
  EXPECT_EQ(ParseEdtf("2023-XX")->precision, TimePrecision::kYear);
  EXPECT_EQ(ParseEdtf("202X")->precision, TimePrecision::kDecade);
  EXPECT_EQ(ParseEdtf("20XX")->precision, TimePrecision::kCentury);
  EXPECT_EQ(ParseEdtf("2023-09-12/2024")->precision, TimePrecision::kYear);
}

TEST(Edtf, RefusesDaysThatDoNotExist) {
  for (const char* text : {"2023-02-31", "2023-02-29", "2023-13", "2023-00", "2023-20", "2023-42", "2023-04-31",
                           "2023-XX-32", "2023-02-3X", "2023-09-00"}) {
    EXPECT_EQ(Shown(text), "error") << text;
  }
}

TEST(Edtf, RefusesWhatIsNoEdtf) {
  for (const char* text : {"",
                           "12 September 2023",
                           "23",
                           "2023-9",
                           "2023-09-12-01",
                           "2023/2022",
                           "2023-09-12/2023-09-11",
                           "/",
                           "../..",
                           "2021/2022/2023",
                           "Y2023",
                           "Y",
                           "Yx",
                           "-0000",
                           "2023-?",
                           "{}",
                           "{2023",
                           "[2023}",
                           "[..]",
                           "2023-09-12T10:30",
                           "2023??x",
                           "1950S",
                           "1950S0",
                           "1950S2-01",
                           "Y1E99",
                           "2023 ",
                           "20233",
                           "2023-21-01",
                           "x023"}) {
    EXPECT_EQ(Shown(text), "error") << text;
  }
}

TEST(Edtf, SaysWhatIsWrong) {
  EXPECT_THAT(ParseEdtf("2023-02-31").status().message(),
              HasSubstr("`2023-02-31` is not a date in EDTF: there is no such day"));
  EXPECT_THAT(ParseEdtf("2023/2022").status().message(), HasSubstr("ends before it begins"));
}

}  // namespace
}  // namespace dossier
