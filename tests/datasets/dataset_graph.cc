#include "tests/datasets/dataset_graph.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/reader.h"
#include "rdf/vocabulary.h"

namespace dossier {

std::string DatasetsFolder() { return absl::StrCat(DOSSIER_SOURCE_DIR, "/datasets"); }

std::vector<std::string> DatasetNames() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(DatasetsFolder())) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> TurtleFiles(absl::string_view name) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::directory_iterator(absl::StrCat(DatasetsFolder(), "/", name))) {
    if (entry.path().extension() == ".ttl") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

absl::StatusOr<DatasetGraph> DatasetGraph::Read(absl::string_view name) {
  DatasetGraph graph;
  size_t number = 0;
  std::vector<std::string> paths = TurtleFiles(name);
  paths.push_back(absl::StrCat(DatasetsFolder(), "/vocabulary.ttl"));
  for (const std::string& path : paths) DOSSIER_RETURN_IF_ERROR(graph.ReadFile(path, number++));
  graph.FindClaims();
  return graph;
}

absl::Status DatasetGraph::ReadFile(const std::string& path, size_t number) {
  ReaderOptions options;
  options.blank_node_prefix = absl::StrCat("f", number, "_");
  return ReadRdfFile(path, options, [this](Quad&& quad) {
    of_subject_[quad.subject].emplace_back(quad.predicate.value(), quad.object);
    triples_.insert(quad.triple());
    return absl::OkStatus();
  });
}

void DatasetGraph::FindClaims() {
  const Term reifies = Term::Iri(std::string(rdf::kReifies));
  for (const Triple& triple : triples_) {
    if (triple.predicate == reifies && triple.object.is_triple_term()) {
      claims_.push_back({triple.subject, triple.object.triple()});
    }
  }
}

std::vector<Term> DatasetGraph::Objects(const Term& subject, absl::string_view predicate) const {
  std::set<Term> objects;
  auto found = of_subject_.find(subject);
  if (found == of_subject_.end()) return {};
  for (const auto& [name, object] : found->second) {
    if (name == predicate) objects.insert(object);
  }
  return {objects.begin(), objects.end()};
}

std::vector<Term> DatasetGraph::Subjects(absl::string_view predicate, const Term& object) const {
  std::vector<Term> subjects;
  for (const Triple& triple : triples_) {
    if (triple.predicate.value() == predicate && triple.object == object) subjects.push_back(triple.subject);
  }
  return subjects;
}

std::set<std::string> DatasetGraph::Predicates(const Term& subject) const {
  std::set<std::string> names;
  auto found = of_subject_.find(subject);
  if (found == of_subject_.end()) return names;
  for (const auto& [name, object] : found->second) names.insert(name);
  return names;
}

bool DatasetGraph::Has(const Term& subject, absl::string_view predicate, absl::string_view object_iri) const {
  return triples_.count({subject, Term::Iri(std::string(predicate)), Term::Iri(std::string(object_iri))}) > 0;
}

bool DatasetGraph::IsA(const Term& entity, const Term& of_class) const {
  std::vector<Term> open = Objects(entity, rdf::kType);
  std::set<Term> seen(open.begin(), open.end());
  while (!open.empty()) {
    const Term current = open.back();
    open.pop_back();
    if (current == of_class) return true;
    for (const Term& wider : Objects(current, rdfs::kSubClassOf)) {
      if (seen.insert(wider).second) open.push_back(wider);
    }
  }
  return false;
}

}  // namespace dossier
