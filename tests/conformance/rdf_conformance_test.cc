// Runs every test of the W3C suites for RDF's syntaxes. The suites are not part of the project: without them the tests
// say that they were skipped. Tests that have to be left out stand in skip_list.txt with the reason; one that passes
// must not stand there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rdf/ntriples_format.h"
#include "rdf/reader.h"
#include "tests/conformance/manifest.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

absl::StatusOr<std::vector<Quad>> ReadQuads(const std::filesystem::path& path, RdfFormat format,
                                            const std::string& base) {
  ReaderOptions options;
  options.base = base;
  options.source = path.string();
  std::vector<Quad> quads;
  const std::string text = ReadText(path);
  absl::Status status = ReadRdfText(text, format, options, [&quads](Quad&& quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return quads;
}

std::string Canonical(const std::vector<Quad>& quads) {
  std::string text;
  for (const Quad& quad : quads) AppendStatement(quad, &text);
  return text;
}

// What went wrong, or nullopt when the test passes.
std::optional<std::string> Failure(const ConformanceTest& test) {
  const std::optional<RdfFormat> format = DetectFormat(test.action.string());
  if (!format.has_value()) return absl::StrCat("unknown format of ", test.action.string());
  const absl::StatusOr<std::vector<Quad>> quads = ReadQuads(test.action, *format, test.base);
  if (absl::EndsWith(test.type, "NegativeSyntax")) {
    if (quads.ok()) return absl::StrCat("it was read, but is wrong:\n", ReadText(test.action));
    return std::nullopt;
  }
  if (!quads.ok()) return absl::StrCat("it was not read: ", quads.status().ToString());
  if (absl::EndsWith(test.type, "PositiveSyntax")) return std::nullopt;
  if (absl::EndsWith(test.type, "PositiveC14N")) {
    if (Canonical(*quads) == ReadText(test.result)) return std::nullopt;
    return absl::StrCat("canonical form:\n", Canonical(*quads), "expected:\n", ReadText(test.result));
  }
  if (!absl::EndsWith(test.type, "Eval")) return absl::StrCat("unknown type of test ", test.type);
  const absl::StatusOr<std::vector<Quad>> expected =
      ReadQuads(test.result, *DetectFormat(test.result.string()), test.base);
  if (!expected.ok()) return absl::StrCat("the expected result was not read: ", expected.status().ToString());
  if (AreIsomorphic(*quads, *expected)) return std::nullopt;
  return absl::StrCat("got:\n", Canonical(*quads), "expected:\n", Canonical(*expected));
}

class RdfConformance : public ::testing::TestWithParam<const char*> {};

TEST_P(RdfConformance, PassesEveryTestOfTheSuite) {
  const std::filesystem::path folder = W3cFolder();
  if (folder.empty()) GTEST_SKIP() << "the W3C test suites are not here; set W3C_TESTS to their folder";
  const std::string suite = GetParam();
  const auto tests = ReadManifests(folder / "rdf" / suite, suite);
  ASSERT_TRUE(tests.ok()) << tests.status();
  ASSERT_FALSE(tests->empty());
  const auto skipped = ReadSkipList(std::filesystem::path(DOSSIER_SOURCE_DIR) / "tests/conformance/skip_list.txt");
  ASSERT_TRUE(skipped.ok()) << skipped.status();
  size_t passed = 0;
  size_t left_out = 0;
  for (const ConformanceTest& test : *tests) {
    const std::optional<std::string> failure = Failure(test);
    if (skipped->count(test.id) != 0) {
      ++left_out;
      EXPECT_TRUE(failure.has_value()) << test.id << " passes: it must not stand in the skip list";
    } else if (failure.has_value()) {
      ADD_FAILURE() << test.id << " (" << test.type << "): " << *failure;
    } else {
      ++passed;
    }
  }
  std::cout << suite << ": " << passed << " of " << tests->size() << " pass";
  if (left_out > 0) std::cout << ", " << left_out << " left out with a reason";
  std::cout << std::endl;
}

INSTANTIATE_TEST_SUITE_P(W3c, RdfConformance,
                         ::testing::Values("rdf11/rdf-n-triples", "rdf11/rdf-n-quads", "rdf11/rdf-turtle",
                                           "rdf11/rdf-trig", "rdf11/rdf-xml", "rdf12/rdf-n-triples",
                                           "rdf12/rdf-n-quads", "rdf12/rdf-turtle", "rdf12/rdf-trig", "rdf12/rdf-xml"),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (char& c : name) {
                             if (c == '/' || c == '-') c = '_';
                           }
                           return name;
                         });

}  // namespace
}  // namespace dossier
