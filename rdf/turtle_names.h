// Terms in Turtle's short forms: prefixed names, `a`, bare numbers and booleans.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "rdf/term.h"

namespace dossier {

class TurtleNames {
 public:
  // Prefixes (without ":") and their namespaces.
  explicit TurtleNames(const std::vector<std::pair<std::string, std::string>>& prefixes);

  void AppendIri(absl::string_view iri, std::string* text);
  // rdf:type as `a`.
  void AppendPredicate(const Term& predicate, std::string* text);
  // Any term in the form that an object has; blank nodes by their labels.
  void AppendTerm(const Term& term, std::string* text);

  // `PREFIX` lines for the prefixes that occurred, and before them a `VERSION` line when something of RDF 1.2 did.
  std::string Header() const;
  // Something was written that RDF 1.1 does not know.
  void NoteVersion12() { version_12_ = true; }

 private:
  struct Prefix {
    std::string name;
    std::string iri;
    bool used = false;
  };

  void AppendLiteral(const Term& literal, std::string* text);

  std::vector<Prefix> prefixes_;
  bool version_12_ = false;
};

}  // namespace dossier
