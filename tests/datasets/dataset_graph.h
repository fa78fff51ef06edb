// A dataset folder as a graph in memory, with its claims, for the tests of datasets/.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/quad.h"

namespace dossier {

// A reifier that is derived from an article, and the triple that it states, doubts or denies.
struct Claim {
  Term id;
  Triple triple;
};

class DatasetGraph {
 public:
  // Reads every Turtle file of the folder datasets/`name`, and datasets/vocabulary.ttl. InvalidArgument with the
  // position of the first syntax error.
  static absl::StatusOr<DatasetGraph> Read(absl::string_view name);

  const std::vector<Claim>& claims() const { return claims_; }
  const std::set<Triple>& triples() const { return triples_; }
  // The objects of `subject` and the predicate, in the order of terms.
  std::vector<Term> Objects(const Term& subject, absl::string_view predicate) const;
  std::vector<Term> Subjects(absl::string_view predicate, const Term& object) const;
  // Every predicate of `subject`.
  std::set<std::string> Predicates(const Term& subject) const;
  bool Has(const Term& subject, absl::string_view predicate, absl::string_view object_iri) const;
  // Whether the entity is of the class or of one below it.
  bool IsA(const Term& entity, const Term& of_class) const;

 private:
  absl::Status ReadFile(const std::string& path, size_t number);
  void FindClaims();

  std::set<Triple> triples_;
  std::map<Term, std::vector<std::pair<std::string, Term>>> of_subject_;
  std::vector<Claim> claims_;
};

// The Turtle files of datasets/`name`, sorted.
std::vector<std::string> TurtleFiles(absl::string_view name);
// The folders of datasets/, sorted.
std::vector<std::string> DatasetNames();
// The folder datasets/ of the project.
std::string DatasetsFolder();

}  // namespace dossier
