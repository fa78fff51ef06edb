// A term whose text lies elsewhere, in a block of the dictionary for example: for those who look at very many terms and
// keep none.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rdf/term.h"

namespace dossier {

// Lives as long as what it points to.
struct TermView {
  TermKind kind = TermKind::kIri;
  BaseDirection direction = BaseDirection::kNone;
  absl::string_view value;     // As Term::value().
  absl::string_view language;  // As Term::language().
  // The IRI of the datatype in two parts, of which the first is empty or the namespace of XML Schema. Both are empty
  // for an xsd:string, for a literal with a language, and for what is no literal.
  absl::string_view datatype_namespace;
  absl::string_view datatype_name;
  const Term* triple_term = nullptr;  // kTripleTerm: the term itself.

  TermView() = default;
  explicit TermView(const Term& term);

  // Whether it is an xsd:string or has a language: the terms that string functions take.
  bool is_string() const { return kind == TermKind::kLiteral && datatype_name.empty(); }

  Term ToTerm() const;
};

// Gets the term at position `index` of the ids asked for; the view lives during the call. An error ends the reading.
using TermVisitor = absl::FunctionRef<absl::Status(size_t index, const TermView& term)>;

}  // namespace dossier
