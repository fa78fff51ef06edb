// Runs the files *.functions beside this one. Each line is a call as the algebra prints it, an arrow, and what it
// gives: a term, "error" for an error of the expression, or "refused" and a part of the message for an error of the
// query. Lines that begin with "#" say what the next ones show.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "query/expr/evaluator.h"
#include "storage/memory/reference_store.h"
#include "tests/support/algebra_reader.h"

namespace dossier {
namespace {

class FunctionsTest : public ::testing::TestWithParam<std::string> {
 protected:
  // The expression of `text`, which is read inside an (extend ...).
  absl::StatusOr<std::optional<TermId>> ValueOf(absl::string_view text) {
    const absl::StatusOr<algebra::Query> query = ReadAlgebra(absl::StrCat("(extend (?value ", text, ") (bgp))"));
    if (!query.ok()) return query.status();
    return Evaluate(std::get<algebra::Extend>(query->root->op).expression, [](algebra::Variable) { return TermId(); },
                    {&terms_, &values_, [](const algebra::Node*, VariableLookup) { return false; }});
  }

  std::string Printed(absl::string_view text) {
    const absl::StatusOr<std::optional<TermId>> value = ValueOf(text);
    if (!value.ok()) return absl::StrCat("refused: ", value.status().message());
    if (!value->has_value()) return "error";
    return (*terms_.Get(**value))->ToString();
  }

  std::unique_ptr<Store> store_ = NewReferenceStore();
  TermSpace terms_{store_->GetSnapshot()};
  QueryValues values_{absl::FromCivil(absl::CivilSecond(2023, 9, 12, 10, 30, 0), absl::UTCTimeZone()), 1};
};

TEST_P(FunctionsTest, GiveWhatTheFileSays) {
  std::ifstream file(GetParam());
  ASSERT_TRUE(file.good()) << GetParam();
  std::string line;
  int cases = 0;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    const std::vector<std::string> sides = absl::StrSplit(line, absl::MaxSplits(" -> ", 1));
    ASSERT_EQ(sides.size(), 2U) << GetParam() << ":" << number;
    ++cases;
    const std::string given = Printed(sides[0]);
    absl::string_view refusal = sides[1];
    if (absl::ConsumePrefix(&refusal, "refused ")) {
      EXPECT_TRUE(absl::StartsWith(given, "refused: ") && absl::StrContains(given, refusal))
          << GetParam() << ":" << number << ": " << line << "\n  gives " << given;
    } else {
      const std::string wanted = sides[1] == "error" ? sides[1] : Printed(sides[1]);
      EXPECT_EQ(given, wanted) << GetParam() << ":" << number << ": " << line;
    }
  }
  EXPECT_GT(cases, 0);
}

std::vector<std::string> Files() {
  std::vector<std::string> files;
  for (const char* name : {"casts", "comparisons", "logic", "numbers", "regex", "strings", "terms", "times"}) {
    files.push_back(absl::StrCat(FUNCTIONS_DIR, "/", name, ".functions"));
  }
  return files;
}

INSTANTIATE_TEST_SUITE_P(Files, FunctionsTest, ::testing::ValuesIn(Files()));

}  // namespace
}  // namespace dossier
