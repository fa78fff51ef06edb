// The test manifests of the W3C suites.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

struct ConformanceTest {
  std::string id;    // "rdf11/rdf-turtle/#IRI_subject": suite folder and fragment.
  std::string type;  // Behind the "#": "TestTurtleEval".
  std::filesystem::path action;
  std::filesystem::path result;  // Empty when there is none.
  std::string base;              // The base IRI of the action.
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
