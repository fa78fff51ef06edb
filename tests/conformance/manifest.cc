#include "tests/conformance/manifest.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "rdf/iri.h"
#include "rdf/reader.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

constexpr char kManifest[] = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
constexpr char kQueryTest[] = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
constexpr char kUpdateTest[] = "http://www.w3.org/2009/sparql/tests/test-update#";

// A graph as property lists, which is all that a manifest needs.
class Graph {
 public:
  void Add(const Quad& quad) {
    objects_[{quad.subject, quad.predicate.value()}].push_back(quad.object);
    if (quad.predicate.value() == absl::StrCat(kManifest, "entries")) manifest_ = quad.subject;
  }
  const Term& manifest() const { return manifest_; }

  std::vector<Term> All(const Term& subject, absl::string_view property) const {
    const auto found = objects_.find({subject, std::string(property)});
    return found == objects_.end() ? std::vector<Term>() : found->second;
  }
  // The IRI "" when there is none.
  Term One(const Term& subject, absl::string_view property) const {
    const std::vector<Term> all = All(subject, property);
    return all.empty() ? Term() : all.front();
  }
  std::vector<Term> List(Term node) const {
    std::vector<Term> items;
    while (!node.value().empty() && node.value() != rdf::kNil) {
      items.push_back(One(node, rdf::kFirst));
      node = One(node, rdf::kRest);
    }
    return items;
  }

 private:
  std::map<std::pair<Term, std::string>, std::vector<Term>> objects_;
  Term manifest_;
};

std::string AfterHash(const std::string& iri) { return iri.substr(iri.find('#') + 1); }

std::filesystem::path ToPath(const Term& file_iri) {
  const absl::string_view path = absl::StripPrefix(file_iri.value(), "file://");
  return std::filesystem::path(std::string(path));
}

// The dataset that `node` describes with the properties of `vocabulary`. A named graph is a file, whose IRI names it,
// or a node with a file and a label.
ConformanceData ReadData(const Graph& graph, const Term& node, absl::string_view vocabulary,
                         const ConformanceTest& test) {
  ConformanceData data;
  for (const Term& file : graph.All(node, absl::StrCat(vocabulary, "data"))) {
    data.default_graph.push_back(ToPath(file));
  }
  for (const Term& named : graph.All(node, absl::StrCat(vocabulary, "graphData"))) {
    if (named.is_iri()) {
      data.graphs.push_back({test.IriOf(ToPath(named)), ToPath(named)});
      continue;
    }
    const Term file = graph.One(named, absl::StrCat(vocabulary, "graph"));
    data.graphs.push_back({graph.One(named, rdfs::kLabel).value(), ToPath(file)});
  }
  return data;
}

// What a test of SPARQL is given and must give.
void ReadSparqlTest(const Graph& graph, const Term& action, const Term& result, ConformanceTest* test) {
  const Term query = graph.One(action, absl::StrCat(kQueryTest, "query"));
  const Term update = graph.One(action, absl::StrCat(kUpdateTest, "request"));
  if (!query.value().empty()) {
    test->action = ToPath(query);
    test->data = ReadData(graph, action, kQueryTest, *test);
    test->has_service_data = !graph.All(action, absl::StrCat(kQueryTest, "serviceData")).empty();
  } else if (!update.value().empty()) {
    test->action = ToPath(update);
    test->data = ReadData(graph, action, kUpdateTest, *test);
    test->result_data = ReadData(graph, result, kUpdateTest, *test);
  }
}

absl::Status ReadManifest(const std::filesystem::path& file, const std::string& name,
                          std::vector<ConformanceTest>* tests) {
  Graph graph;
  DOSSIER_RETURN_IF_ERROR(ReadRdfFile(file.string(), {}, [&graph](Quad&& quad) {
    graph.Add(quad);
    return absl::OkStatus();
  }));
  const std::string assumed_base = graph.One(graph.manifest(), absl::StrCat(kManifest, "assumedTestBase")).value();
  const std::string base = assumed_base.empty() ? "http://example.org/" : assumed_base;
  for (const Term& entry : graph.List(graph.One(graph.manifest(), absl::StrCat(kManifest, "entries")))) {
    const Term action = graph.One(entry, absl::StrCat(kManifest, "action"));
    const Term result = graph.One(entry, absl::StrCat(kManifest, "result"));
    ConformanceTest test;
    test.id = absl::StrCat(name, "#", AfterHash(entry.value()));
    test.type = AfterHash(graph.One(entry, rdf::kType).value());
    // Tests of servers are told in prose.
    if (absl::EndsWith(test.type, "ProtocolTest") || test.type == "ServiceDescriptionTest") continue;
    if (action.value().empty()) return absl::InvalidArgumentError(absl::StrCat(test.id, " has no action"));
    test.folder = file.parent_path();
    test.folder_iri = base;
    if (action.is_iri()) test.action = ToPath(action);
    if (result.is_iri() && !result.value().empty()) test.result = ToPath(result);
    if (action.is_blank_node()) ReadSparqlTest(graph, action, result, &test);
    test.lax_cardinality = graph.One(entry, absl::StrCat(kManifest, "resultCardinality")).value() ==
                           absl::StrCat(kManifest, "LaxCardinality");
    test.base = test.IriOf(test.action);
    tests->push_back(std::move(test));
  }
  return absl::OkStatus();
}

}  // namespace

std::string ConformanceTest::IriOf(const std::filesystem::path& file) const {
  return ResolveIri(folder_iri, file.lexically_relative(folder).string());
}

std::filesystem::path ConformanceTest::FileOf(const std::string& iri) const {
  return folder / std::string(absl::StripPrefix(iri, folder_iri));
}

std::filesystem::path W3cFolder() {
  const char* const variable = std::getenv("W3C_TESTS");
  std::filesystem::path folder = variable != nullptr
                                     ? std::filesystem::path(variable)
                                     : std::filesystem::path(DOSSIER_SOURCE_DIR).parent_path() / "shared" / "w3c";
  return std::filesystem::is_directory(folder) ? folder : std::filesystem::path();
}

absl::StatusOr<std::vector<ConformanceTest>> ReadManifests(const std::filesystem::path& folder,
                                                           const std::string& name) {
  std::vector<std::filesystem::path> manifests;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().filename() == "manifest.ttl") manifests.push_back(entry.path());
  }
  std::sort(manifests.begin(), manifests.end());
  std::vector<ConformanceTest> tests;
  for (const std::filesystem::path& manifest : manifests) {
    const std::string below = manifest.parent_path().lexically_relative(folder).string();
    DOSSIER_RETURN_IF_ERROR(
        ReadManifest(manifest, below == "." ? absl::StrCat(name, "/") : absl::StrCat(name, "/", below, "/"), &tests));
  }
  return tests;
}

absl::StatusOr<std::map<std::string, std::string>> ReadSkipList(const std::filesystem::path& file) {
  std::ifstream lines(file);
  if (!lines) return absl::NotFoundError(absl::StrCat("no skip list at ", file.string()));
  std::map<std::string, std::string> reasons;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits(' ', 1));
    if (parts.second.empty()) return absl::InvalidArgumentError(absl::StrCat("no reason is given for ", line));
    reasons[parts.first] = parts.second;
  }
  return reasons;
}

}  // namespace dossier
