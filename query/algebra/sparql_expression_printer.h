// The words of a SPARQL text: names of variables, terms with the prefixes they use, calls of functions.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/expr/expression.h"
#include "query/expr/variable.h"
#include "rdf/term.h"

namespace dossier::algebra {

class SparqlNames {
 public:
  // `variables` must outlive this.
  explicit SparqlNames(const VariableTable& variables);

  // `?name`; a variable that no text can name (".claim1") is given a name that is free.
  const std::string& Name(Variable variable) const { return names_[variable.index]; }
  // Remembers the prefix that it uses, for Prologue().
  std::string TermText(const Term& term);
  std::string Abbreviated(const std::string& iri);
  // The PREFIX lines for all that has been printed.
  std::string Prologue() const;

  // Nothing when SPARQL has no such function.
  std::optional<std::string> CallText(Function function, const std::vector<std::string>& arguments);
  static std::string AggregateText(const Aggregate& aggregate, const std::string& argument);

 private:
  std::vector<std::string> names_;
  std::set<std::string> used_prefixes_;
};

}  // namespace dossier::algebra
