#include "query/ask/time_phrase.h"

#include <gtest/gtest.h>

#include "query/ask/parser.h"

namespace dossier::ask {
namespace {

// The range of the time phrase at the end of "who met Kim ...", said on 15 June 2020, a Monday.
std::string RangeOf(const std::string& phrase, bool future = false) {
  const std::string text = "who met Kim " + phrase;
  const absl::StatusOr<Statement> statement = ParseStatement(text);
  if (!statement.ok()) return statement.status().ToString();
  const Element& element = statement->question.elements.back();
  if (element.kind != Element::Kind::kTime) return "no time";
  const absl::StatusOr<TimeLimit> limit = ResolveTime(element.time, *DayRange(2020, 6, 15), future, text);
  return limit.ok() ? ToEdtf(limit->range) : "error";
}

TEST(TimePhrase, NamesYearsMonthsAndDays) {
  EXPECT_EQ(RangeOf("in 2019"), "2019");
  EXPECT_EQ(RangeOf("in September 2019"), "2019-09");
  EXPECT_EQ(RangeOf("on 11 September 2019"), "2019-09-11");
  EXPECT_EQ(RangeOf("on September 11th, 2019"), "2019-09-11");
  EXPECT_EQ(RangeOf("on 2019-09-11"), "2019-09-11");
  EXPECT_EQ(RangeOf("in summer 2019"), "2019-22");
}

TEST(TimePhrase, BoundsOnOneSide) {
  EXPECT_EQ(RangeOf("before 2019"), "../2018");
  EXPECT_EQ(RangeOf("after 2019"), "2020/..");
  EXPECT_EQ(RangeOf("since 2019"), "2019/..");
  EXPECT_EQ(RangeOf("until 2019"), "../2019");
}

TEST(TimePhrase, BoundsOnBothSides) {
  EXPECT_EQ(RangeOf("between May 2018 and 2019-02-03"), RangeOf("from May 2018 to 3 February 2019"));
  EXPECT_EQ(RangeOf("between April and May 2018"), RangeOf("from April 2018 to May 2018"));
  EXPECT_EQ(RangeOf("from December to February 2019"), RangeOf("from December 2018 to February 2019"));
  EXPECT_EQ(RangeOf("from 2018 to 2019"), "2018/2019");
}

TEST(TimePhrase, CountsFromToday) {
  EXPECT_EQ(RangeOf("last year"), "2019");
  EXPECT_EQ(RangeOf("this month"), "2020-06");
  EXPECT_EQ(RangeOf("yesterday"), "2020-06-14");
  EXPECT_EQ(RangeOf("on Wednesday"), "2020-06-10");
  EXPECT_EQ(RangeOf("on Wednesday", true), "2020-06-17");
  EXPECT_EQ(RangeOf("in July"), "2019-07");
  EXPECT_EQ(RangeOf("in July", true), "2020-07");
  EXPECT_EQ(RangeOf("last June"), "2019-06");
}

TEST(TimePhrase, RefusesDaysThatDoNotExistAndReversedIntervals) {
  EXPECT_EQ(RangeOf("on 31 February 2019"), "error");
  EXPECT_EQ(RangeOf("on 2019-13-01"), "error");
  EXPECT_EQ(RangeOf("between 2019 and 2018"), "error");
}

}  // namespace
}  // namespace dossier::ask
