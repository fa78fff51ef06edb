// The terms of RDF 1.2 (https://www.w3.org/TR/rdf12-concepts/#section-triples) as users write them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace dossier {

struct Triple;

enum class TermKind : uint8_t { kIri, kBlankNode, kLiteral, kTripleTerm };

// The base direction of a language-tagged string (rdf:dirLangString).
enum class BaseDirection : uint8_t { kNone, kLeftToRight, kRightToLeft };

// An immutable value. Two terms are equal when RDF says that they are the same term: literals by lexical form,
// datatype, language (lower-cased) and direction, never by value.
class Term {
 public:
  // The IRI "", which no data holds; there so that terms can live in containers.
  Term() = default;

  static Term Iri(std::string iri);
  // `label` without "_:".
  static Term BlankNode(std::string label);
  // An xsd:string.
  static Term String(std::string lexical);
  // `datatype` is an IRI other than rdf:langString and rdf:dirLangString.
  static Term Typed(std::string lexical, std::string datatype);
  // An rdf:langString, or an rdf:dirLangString when a direction is given. The tag is stored in lower case.
  static Term LanguageTagged(std::string lexical, absl::string_view language,
                             BaseDirection direction = BaseDirection::kNone);
  // REQUIRES: the predicate is an IRI and the subject an IRI or a blank node.
  static Term TripleTerm(Triple triple);

  TermKind kind() const { return kind_; }
  bool is_iri() const { return kind_ == TermKind::kIri; }
  bool is_blank_node() const { return kind_ == TermKind::kBlankNode; }
  bool is_literal() const { return kind_ == TermKind::kLiteral; }
  bool is_triple_term() const { return kind_ == TermKind::kTripleTerm; }

  // The IRI, the blank node's label, or the literal's lexical form; empty for triple terms.
  const std::string& value() const { return value_; }
  // The datatype's IRI of a literal, for every kind of literal; empty for other terms.
  absl::string_view datatype() const;
  // The language tag; empty when there is none.
  absl::string_view language() const;
  BaseDirection direction() const { return direction_; }
  // REQUIRES: is_triple_term().
  const Triple& triple() const { return *triple_; }

  // The term in canonical N-Triples (RDF 1.2 N-Triples, section "Canonical form").
  std::string ToString() const;

  friend bool operator==(const Term& a, const Term& b);
  // A total order for containers; not the order of values.
  friend bool operator<(const Term& a, const Term& b);
  template <typename H>
  friend H AbslHashValue(H h, const Term& term) {
    return H::combine(std::move(h), term.kind_, term.direction_, term.has_language_, term.value_, term.qualifier_,
                      term.TripleHash());
  }

 private:
  Term(TermKind kind, std::string value) : kind_(kind), value_(std::move(value)) {}
  size_t TripleHash() const;

  TermKind kind_ = TermKind::kIri;
  BaseDirection direction_ = BaseDirection::kNone;
  bool has_language_ = false;
  std::string value_;
  std::string qualifier_;  // Datatype (empty means xsd:string) or language tag.
  std::shared_ptr<const Triple> triple_;
};

}  // namespace dossier
