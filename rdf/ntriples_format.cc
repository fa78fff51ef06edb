#include "rdf/ntriples_format.h"

#include <array>
#include <cstddef>

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

// Bytes that begin something that may not stand as it is.
constexpr std::array<bool, 256> kEscaped = [] {
  std::array<bool, 256> escaped{};
  for (size_t byte = 0; byte < 0x20; ++byte) escaped[byte] = true;
  for (const unsigned char byte : {0x22, 0x5C, 0x7F, 0xEF}) escaped[byte] = true;
  return escaped;
}();

// Writes the character at the front of `rest`, one of kEscaped; how many bytes it had.
size_t AppendEscape(absl::string_view rest, std::string* text) {
  switch (const char c = rest.front()) {
    case '\b': text->append("\\b"); return 1;
    case '\t': text->append("\\t"); return 1;
    case '\n': text->append("\\n"); return 1;
    case '\f': text->append("\\f"); return 1;
    case '\r': text->append("\\r"); return 1;
    case '"': text->append("\\\""); return 1;
    case '\\': text->append("\\\\"); return 1;
    case '\xEF': {
      // U+FFFE and U+FFFF are the only well-formed characters above ASCII that XML 1.1 does not know.
      const absl::string_view character = rest.substr(0, 3);
      const bool first = character == "\xEF\xBF\xBE";
      if (first || character == "\xEF\xBF\xBF") {
        text->append(first ? "\\uFFFE" : "\\uFFFF");
        return 3;
      }
      text->push_back(c);
      return 1;
    }
    default: absl::StrAppendFormat(text, "\\u%04X", static_cast<unsigned>(c)); return 1;
  }
}

}  // namespace

void AppendEscapedLiteral(absl::string_view lexical, std::string* text) {
  while (true) {
    size_t plain = 0;
    while (plain < lexical.size() && !kEscaped[static_cast<unsigned char>(lexical[plain])]) ++plain;
    text->append(lexical.data(), plain);
    if (plain == lexical.size()) return;
    lexical.remove_prefix(plain);
    lexical.remove_prefix(AppendEscape(lexical, text));
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
