// Runs every syntax test of the W3C suites for SPARQL, 1.0 to 1.2: what must be understood and what must be refused,
// and that the queries and updates of all evaluation tests are understood. A refusal has a place inside the text. The
// suites are not part of the project: without them the tests say that they were skipped. Tests that have to be left out
// stand in skip_list.txt with the reason; one that passes must not stand there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "query/sparql/parser.h"
#include "tests/conformance/manifest.h"

namespace dossier::sparql {
namespace {

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

absl::Status Parse(const ConformanceTest& test, const std::string& text) {
  if (absl::StrContains(test.type, "Update")) return ParseUpdate(text, test.base).status();
  return ParseQuery(text, test.base).status();
}

// What went wrong, or nullopt when the test passes.
std::optional<std::string> Failure(const ConformanceTest& test) {
  const std::string text = ReadText(test.action);
  const absl::Status status = Parse(test, text);
  if (!absl::StartsWith(test.type, "Negative")) {
    if (status.ok()) return std::nullopt;
    return absl::StrCat("it was refused:\n", RenderError(status), "\n", text);
  }
  if (status.ok()) return absl::StrCat("it was understood, but is wrong:\n", text);
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(status);
  if (!diagnostic.has_value() || diagnostic->line == 0) return absl::StrCat("no place: ", status.ToString());
  return std::nullopt;
}

bool HasText(const ConformanceTest& test) {
  return absl::StrContains(test.type, "Syntax") || absl::StrContains(test.type, "Evaluation") ||
         absl::StrContains(test.type, "CSVResultFormat");
}

class SparqlSyntax : public ::testing::TestWithParam<const char*> {};

TEST_P(SparqlSyntax, PassesEveryTestOfTheSuite) {
  const std::filesystem::path folder = W3cFolder();
  if (folder.empty()) GTEST_SKIP() << "the W3C test suites are not here; set W3C_TESTS to their folder";
  const std::string suite = GetParam();
  const auto tests = ReadManifests(folder / "sparql" / suite, suite);
  ASSERT_TRUE(tests.ok()) << tests.status();
  const auto skipped = ReadSkipList(std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/conformance/skip_list.txt");
  ASSERT_TRUE(skipped.ok()) << skipped.status();
  size_t syntax = 0;
  size_t others = 0;
  for (const ConformanceTest& test : *tests) {
    if (!HasText(test)) continue;
    const bool of_syntax = absl::StrContains(test.type, "Syntax");
    const std::optional<std::string> failure = Failure(test);
    if (of_syntax && skipped->count(test.id) != 0) {
      EXPECT_TRUE(failure.has_value()) << test.id << " passes: it must not stand in the skip list";
    } else if (failure.has_value()) {
      ADD_FAILURE() << test.id << " (" << test.type << "): " << *failure;
    } else {
      ++(of_syntax ? syntax : others);
    }
  }
  EXPECT_GT(syntax + others, 0u);
  std::cout << suite << ": " << syntax << " tests of syntax pass, and " << others
            << " requests of others are understood" << std::endl;
}

INSTANTIATE_TEST_SUITE_P(W3c, SparqlSyntax, ::testing::Values("sparql10", "sparql11", "sparql12"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace dossier::sparql
