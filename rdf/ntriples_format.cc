#include "rdf/ntriples_format.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

void AppendLiteral(const Term& term, std::string* text) {
  text->push_back('"');
  AppendEscapedLiteral(term.value(), text);
  text->push_back('"');
  if (!term.language().empty()) {
    absl::StrAppend(text, "@", term.language());
    if (term.direction() == BaseDirection::kLeftToRight) text->append("--ltr");
    if (term.direction() == BaseDirection::kRightToLeft) text->append("--rtl");
  } else if (term.datatype() != xsd::kString) {
    absl::StrAppend(text, "^^<", term.datatype(), ">");
  }
}

}  // namespace

void AppendEscapedLiteral(absl::string_view lexical, std::string* text) {
  // U+FFFE and U+FFFF are the only well-formed characters above ASCII that XML 1.1 does not know.
  constexpr absl::string_view kNonCharacterLead = "\xEF\xBF";
  for (size_t i = 0; i < lexical.size(); ++i) {
    const char c = lexical[i];
    switch (c) {
      case '\b': text->append("\\b"); break;
      case '\t': text->append("\\t"); break;
      case '\n': text->append("\\n"); break;
      case '\f': text->append("\\f"); break;
      case '\r': text->append("\\r"); break;
      case '"': text->append("\\\""); break;
      case '\\': text->append("\\\\"); break;
      case '\xEF':
        if (lexical.substr(i, 2) == kNonCharacterLead && i + 2 < lexical.size() &&
            static_cast<unsigned char>(lexical[i + 2]) >= 0xBE) {
          text->append(lexical[i + 2] == '\xBE' ? "\\uFFFE" : "\\uFFFF");
          i += 2;
        } else {
          text->push_back(c);
        }
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
          absl::StrAppendFormat(text, "\\u%04X", static_cast<unsigned>(c));
        } else {
          text->push_back(c);
        }
    }
  }
}

void AppendNTriples(const Term& term, std::string* text) {
  switch (term.kind()) {
    case TermKind::kIri: absl::StrAppend(text, "<", term.value(), ">"); return;
    case TermKind::kBlankNode: absl::StrAppend(text, "_:", term.value()); return;
    case TermKind::kLiteral: AppendLiteral(term, text); return;
    case TermKind::kTripleTerm:
      text->append("<<( ");
      AppendNTriples(term.triple().subject, text);
      text->push_back(' ');
      AppendNTriples(term.triple().predicate, text);
      text->push_back(' ');
      AppendNTriples(term.triple().object, text);
      text->append(" )>>");
      return;
  }
}

void AppendStatement(const Quad& quad, std::string* text) {
  AppendNTriples(quad.subject, text);
  text->push_back(' ');
  AppendNTriples(quad.predicate, text);
  text->push_back(' ');
  AppendNTriples(quad.object, text);
  if (quad.graph.has_value()) {
    text->push_back(' ');
    AppendNTriples(*quad.graph, text);
  }
  text->append(" .\n");
}

}  // namespace dossier
