#include "rdf/term_view.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {

TermView::TermView(const Term& term) : kind(term.kind()), direction(term.direction()), value(term.value()) {
  if (term.is_triple_term()) triple_term = &term;
  if (!term.is_literal()) return;
  language = term.language();
  if (language.empty() && term.datatype() != xsd::kString) datatype_name = term.datatype();
}

Term TermView::ToTerm() const {
  switch (kind) {
    case TermKind::kIri: return Term::Iri(std::string(value));
    case TermKind::kBlankNode: return Term::BlankNode(std::string(value));
    case TermKind::kTripleTerm: return *triple_term;
    case TermKind::kLiteral: break;
  }
  if (!language.empty()) return Term::LanguageTagged(std::string(value), language, direction);
  if (datatype_name.empty()) return Term::String(std::string(value));
  return Term::Typed(std::string(value), absl::StrCat(datatype_namespace, datatype_name));
}

}  // namespace dossier
