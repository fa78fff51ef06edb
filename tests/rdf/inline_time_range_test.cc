#include "rdf/inline_time_range.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gtest/gtest.h"
#include "rdf/time_range.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

Term Edtf(std::string text) { return Term::Typed(std::move(text), std::string(edtf::kEdtf)); }

bool Among(const std::vector<std::pair<TermId, TermId>>& ranges, TermId id) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [id](const auto& range) { return range.first <= id && id <= range.second; });
}

Moments MomentsOf(const Term& term) {
  const std::optional<TimeRange> range = TimeRangeOf(term);
  return {range->begin, range->end};
}

// Dates of every inline type, of all precisions, many of them near one another.
class InlineTimes : public ::testing::Test {
 protected:
  int64_t Random(int64_t low, int64_t high) { return std::uniform_int_distribution<int64_t>(low, high)(random_); }

  std::string Year() { return absl::StrFormat("%04d", Random(0, 3) > 0 ? Random(2015, 2023) : Random(0, 9'999)); }
  std::string Month() { return absl::StrCat(Year(), absl::StrFormat("-%02d", Random(1, 12))); }
  std::string Day() { return absl::StrCat(Month(), absl::StrFormat("-%02d", Random(1, 28))); }
  std::string Any() {
    const int64_t kind = Random(0, 2);
    return kind == 0 ? Year() : kind == 1 ? Month() : Day();
  }
  Term Time() {
    switch (Random(0, 5)) {
      case 0: return Term::Typed(Day(), std::string(xsd::kDate));
      case 1:
        return Term::Typed(absl::StrCat(Day(), absl::StrFormat("T%02d:%02d:00Z", Random(0, 23), Random(0, 59))),
                           std::string(xsd::kDateTime));
      case 2: return Term::Typed(Year(), std::string(xsd::kGYear));
      case 3: return Term::Typed(Month(), std::string(xsd::kGYearMonth));
      case 4: return Edtf(absl::StrCat(Any(), "/", Any(), Random(0, 3) == 0 ? "~" : ""));
      default: return Edtf(absl::StrCat(Any(), Random(0, 3) == 0 ? "?" : ""));
    }
  }

  std::mt19937_64 random_{20230912};
};

TEST_F(InlineTimes, StandForTheMomentsOfTheirTerms) {
  for (int i = 0; i < 20'000; ++i) {
    const Term term = Time();
    const std::optional<TermId> id = InlineTermId(term);
    if (!id.has_value()) continue;  // An interval that ends before it begins.
    const std::optional<Moments> moments = dossier::MomentsOf(*id);
    ASSERT_TRUE(moments.has_value()) << term.ToString();
    EXPECT_EQ(moments->begin, MomentsOf(term).begin) << term.ToString();
    EXPECT_EQ(moments->end, MomentsOf(term).end) << term.ToString();
  }
}

TEST_F(InlineTimes, ThatOverlapATimeAreAmongTheIdsOfIt) {
  int overlapping = 0;
  for (int i = 0; i < 2'000; ++i) {
    const Term wanted = Time();
    if (!TimeRangeOf(wanted).has_value()) continue;
    const Moments moments = MomentsOf(wanted);
    const auto ranges = IdsOverlapping(moments);
    for (int j = 0; j < 20; ++j) {
      const Term term = Time();
      const std::optional<TermId> id = InlineTermId(term);
      if (!id.has_value() || !MomentsOf(term).Overlaps(moments)) continue;
      ++overlapping;
      EXPECT_TRUE(Among(ranges, *id)) << term.ToString() << " overlaps " << wanted.ToString();
    }
  }
  EXPECT_GT(overlapping, 1'000);
}

TEST_F(InlineTimes, FarFromATimeAreMostlyNotAmongTheIdsOfIt) {
  const auto ranges = IdsOverlapping(MomentsOf(Edtf("2023-09")));
  for (const char* text : {"2023-08-31", "2023-10-01", "2023-08", "2023-10", "2022", "2024", "2022-01/2022-06"}) {
    EXPECT_FALSE(Among(ranges, *InlineTermId(Edtf(text)))) << text;
  }
}

TEST_F(InlineTimes, ComeInRangesThatAscendAndLieApart) {
  for (int i = 0; i < 1'000; ++i) {
    const Term term = Time();
    if (!TimeRangeOf(term).has_value()) continue;
    const auto ranges = IdsOverlapping(MomentsOf(term));
    for (size_t k = 0; k < ranges.size(); ++k) {
      EXPECT_LE(ranges[k].first, ranges[k].second) << term.ToString();
      if (k > 0) {
        EXPECT_LT(ranges[k - 1].second, ranges[k].first) << term.ToString();
      }
    }
  }
}

TEST(IdsOverlapping, TakesTimesWithoutBeginOrEnd) {
  const Moments always{TimeRange::kUnboundedBegin, TimeRange::kUnboundedEnd};
  for (const char* text : {"0000", "2023-09-11", "1500/1900", "9999-12-31"}) {
    EXPECT_TRUE(Among(IdsOverlapping(always), *InlineTermId(Edtf(text)))) << text;
  }
  const Moments since_2019{MomentsOf(Edtf("2019")).begin, TimeRange::kUnboundedEnd};
  EXPECT_FALSE(Among(IdsOverlapping(since_2019), *InlineTermId(Edtf("2018-12-31"))));
  EXPECT_TRUE(Among(IdsOverlapping(since_2019), *InlineTermId(Edtf("2018/2019"))));
}

TEST(IdsOverlapping, HasAllLiteralsOfTheDictionarySinceItKeepsOpenDates) {
  EXPECT_TRUE(Among(IdsOverlapping(MomentsOf(Edtf("2019"))), TermId(TermTag::kLiteral, 12)));
}

}  // namespace
}  // namespace dossier
