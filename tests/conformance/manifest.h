// The test manifests of the W3C suites.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

// Files that make a dataset. `graphs` are named by absolute IRIs.
struct ConformanceData {
  struct NamedGraph {
    std::string name;
    std::filesystem::path file;
  };
  std::vector<std::filesystem::path> default_graph;
  std::vector<NamedGraph> graphs;
};

struct ConformanceTest {
  std::string id;    // "rdf11/rdf-turtle/#IRI_subject": suite folder and fragment.
  std::string type;  // Behind the "#": "TestTurtleEval", "QueryEvaluationTest".
  // What is read: an RDF file, a query (qt:query) or an update (ut:request).
  std::filesystem::path action;
  std::filesystem::path result;   // Of tests of queries and of RDF; empty when there is none.
  std::string base;               // The base IRI of the action.
  ConformanceData data;           // What a query or update finds.
  ConformanceData result_data;    // What must be there after an update.
  bool lax_cardinality = false;   // mf:LaxCardinality: REDUCED may drop any duplicates.
  bool has_service_data = false;  // qt:serviceData: data at SPARQL endpoints.

  std::filesystem::path folder;  // Of the manifest.
  std::string folder_iri;        // Its IRI, to which those of its files are relative.

  // `file` as an IRI beside that of the action; and back, for `FROM <data.ttl>`.
  std::string IriOf(const std::filesystem::path& file) const;
  std::filesystem::path FileOf(const std::string& iri) const;
};

// The folder of the W3C suites: the environment's W3C_TESTS, else `w3c` in the folder `shared` beside the source
// folder; empty when it is not there.
std::filesystem::path W3cFolder();

// The tests of every manifest in `folder` and below it, in their order. `name` begins the ids.
absl::StatusOr<std::vector<ConformanceTest>> ReadManifests(const std::filesystem::path& folder,
                                                           const std::string& name);

// Lines `ID reason`; blank lines and those that begin with "#" do not count. A line without a reason is an error.
absl::StatusOr<std::map<std::string, std::string>> ReadSkipList(const std::filesystem::path& file);

}  // namespace dossier
