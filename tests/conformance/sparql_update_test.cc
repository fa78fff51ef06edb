// The tests of updates of the W3C suites: what a request makes of a dataset is the dataset expected, up to the labels
// of blank nodes, in a store in memory and in one on disk; afterwards both find themselves sound.
#include "database/sparql_update.h"

#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/cancellation.h"
#include "base/diagnostic.h"
#include "base/memory_budget.h"
#include "gtest/gtest.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/conformance/manifest.h"
#include "tests/storage/store_test_support.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

absl::Status ReadFile(const std::filesystem::path& file, const std::string& prefix, const std::optional<Term>& graph,
                      std::vector<Quad>* quads) {
  ReaderOptions options;
  options.blank_node_prefix = prefix;
  options.default_graph = graph;
  return ReadRdfFile(file.string(), options, [quads](Quad&& quad) {
    quads->push_back(std::move(quad));
    return absl::OkStatus();
  });
}

absl::StatusOr<std::vector<Quad>> ReadData(const ConformanceData& data) {
  std::vector<Quad> quads;
  // The same file is the same graph wherever it is read: tests share blank nodes that way.
  for (const std::filesystem::path& file : data.default_graph) {
    if (absl::Status status = ReadFile(file, "", std::nullopt, &quads); !status.ok()) return status;
  }
  for (const ConformanceData::NamedGraph& graph : data.graphs) {
    if (absl::Status status = ReadFile(graph.file, "", Term::Iri(graph.name), &quads); !status.ok()) return status;
  }
  return quads;
}

std::string Text(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string Lines(const std::vector<Quad>& quads) {
  std::vector<std::string> lines;
  for (const Quad& quad : quads) {
    lines.push_back(absl::StrCat(quad.subject.ToString(), " ", quad.predicate.ToString(), " ", quad.object.ToString(),
                                 " ", quad.graph.has_value() ? quad.graph->ToString() : "", "."));
  }
  return absl::StrJoin(lines, "\n");
}

// Nullopt when the test passes, else what went wrong.
std::optional<std::string> Failure(const ConformanceTest& test, Store* store) {
  const auto data = ReadData(test.data);
  const auto expected = ReadData(test.result_data);
  if (!data.ok() || !expected.ok()) return absl::StrCat(data.status().ToString(), expected.status().ToString());
  if (const auto loaded = store->Commit({.assertions = *data}); !loaded.ok()) return loaded.status().ToString();
  Cancellation cancellation;
  MemoryBudget memory(size_t{64} << 20);
  const auto summary = RunUpdate(store, Text(test.action), test.base, {&cancellation, &memory});
  if (!summary.ok()) return RenderError(summary.status());
  const std::set<Quad> contents = Contents(*store->GetSnapshot());
  const std::vector<Quad> found(contents.begin(), contents.end());
  if (!AreIsomorphic(found, *expected)) {
    return absl::StrCat("found\n", Lines(found), "\nin place of\n", Lines(*expected));
  }
  const auto problems = store->Validate({});
  if (!problems.ok() || !problems->empty()) return "the store is not sound afterwards";
  if (memory.used() != 0) return absl::StrCat(memory.used(), " bytes were not given back");
  return std::nullopt;
}

class SparqlUpdate : public ::testing::TestWithParam<const char*> {
 protected:
  // All in one store, which is emptied in between.
  void Run(const std::unique_ptr<Store>& store) {
    ASSERT_NE(store, nullptr);
    const std::filesystem::path folder = W3cFolder();
    if (folder.empty()) GTEST_SKIP() << "the W3C test suites are not here; set W3C_TESTS to their folder";
    const std::string suite = GetParam();
    const auto tests = ReadManifests(folder / "sparql" / suite, suite);
    ASSERT_TRUE(tests.ok()) << tests.status();
    size_t passed = 0;
    for (const ConformanceTest& test : *tests) {
      if (test.type != "UpdateEvaluationTest") continue;
      const std::set<Quad> before = Contents(*store->GetSnapshot());
      ASSERT_TRUE(store->Commit({.retractions = {before.begin(), before.end()}}).ok());
      const std::optional<std::string> failure = Failure(test, store.get());
      EXPECT_FALSE(failure.has_value()) << test.id << ": " << failure.value_or("") << "\n" << Text(test.action);
      ++passed;
    }
    EXPECT_GT(passed, 0U);
    std::cout << suite << ": " << passed << " tests of updates\n";
  }
};

TEST_P(SparqlUpdate, PassesEveryTestOfTheSuiteInMemory) { Run(NewMemoryStore()); }

TEST_P(SparqlUpdate, PassesEveryTestOfTheSuiteOnDisk) {
  const TempDirectory directory;
  auto store = OpenStore(directory.Child("store"), {});
  ASSERT_TRUE(store.ok()) << store.status();
  Run(*store);
}

INSTANTIATE_TEST_SUITE_P(W3c, SparqlUpdate, ::testing::Values("sparql11", "sparql12"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace dossier
