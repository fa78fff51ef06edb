#include "rdf/term.h"

#include <tuple>

#include "absl/hash/hash.h"
#include "absl/strings/ascii.h"
#include "rdf/ntriples_format.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {

Term Term::Iri(std::string iri) { return {TermKind::kIri, std::move(iri)}; }

Term Term::BlankNode(std::string label) { return {TermKind::kBlankNode, std::move(label)}; }

Term Term::String(std::string lexical) { return {TermKind::kLiteral, std::move(lexical)}; }

Term Term::Typed(std::string lexical, std::string datatype) {
  Term term(TermKind::kLiteral, std::move(lexical));
  if (datatype != xsd::kString) term.qualifier_ = std::move(datatype);
  return term;
}

Term Term::LanguageTagged(std::string lexical, absl::string_view language, BaseDirection direction) {
  Term term(TermKind::kLiteral, std::move(lexical));
  term.qualifier_ = absl::AsciiStrToLower(language);
  term.has_language_ = true;
  term.direction_ = direction;
  return term;
}

Term Term::TripleTerm(Triple triple) {
  Term term(TermKind::kTripleTerm, "");
  term.triple_ = std::make_shared<const Triple>(std::move(triple));
  return term;
}

absl::string_view Term::datatype() const {
  if (kind_ != TermKind::kLiteral) return {};
  if (has_language_) return direction_ == BaseDirection::kNone ? rdf::kLangString : rdf::kDirLangString;
  return qualifier_.empty() ? xsd::kString : absl::string_view(qualifier_);
}

absl::string_view Term::language() const { return has_language_ ? absl::string_view(qualifier_) : absl::string_view(); }

std::string Term::ToString() const {
  std::string text;
  AppendNTriples(*this, &text);
  return text;
}

size_t Term::TripleHash() const { return triple_ == nullptr ? 0 : absl::HashOf(*triple_); }

bool operator==(const Term& a, const Term& b) {
  if (a.kind_ != b.kind_ || a.direction_ != b.direction_ || a.has_language_ != b.has_language_ ||
      a.value_ != b.value_ || a.qualifier_ != b.qualifier_) {
    return false;
  }
  if (a.triple_ == b.triple_) return true;
  return a.triple_ != nullptr && b.triple_ != nullptr && *a.triple_ == *b.triple_;
}

bool operator<(const Term& a, const Term& b) {
  if (a.is_triple_term() && b.is_triple_term()) return *a.triple_ < *b.triple_;
  return std::tie(a.kind_, a.value_, a.has_language_, a.qualifier_, a.direction_) <
         std::tie(b.kind_, b.value_, b.has_language_, b.qualifier_, b.direction_);
}

}  // namespace dossier
