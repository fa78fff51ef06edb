// From the views of a LineParser to terms.
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"
#include "rdf/characters.h"
#include "rdf/line_parser.h"

namespace dossier {
namespace {

// REQUIRES: every escape in `text` is valid.
std::string Unescape(absl::string_view text) {
  size_t backslash = text.find('\\');
  if (backslash == absl::string_view::npos) return std::string(text);
  std::string plain;
  plain.reserve(text.size());
  size_t copied = 0;
  while (backslash != absl::string_view::npos) {
    absl::StrAppend(&plain, text.substr(copied, backslash - copied));
    const char kind = text[backslash + 1];
    copied = backslash + 2;
    switch (kind) {
      case 't': plain.push_back('\t'); break;
      case 'b': plain.push_back('\b'); break;
      case 'n': plain.push_back('\n'); break;
      case 'r': plain.push_back('\r'); break;
      case 'f': plain.push_back('\f'); break;
      case 'u':
      case 'U': {
        uint32_t code_point = 0;
        for (int digits = kind == 'u' ? 4 : 8; digits > 0; --digits) {
          code_point = code_point << 4U | static_cast<uint32_t>(HexValue(text[copied++]));
        }
        AppendUtf8(code_point, &plain);
        break;
      }
      default: plain.push_back(kind);
    }
    backslash = text.find('\\', copied);
  }
  absl::StrAppend(&plain, text.substr(copied));
  return plain;
}

absl::string_view SkipBlanks(absl::string_view text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t')) text.remove_prefix(1);
  return text;
}

Term MakeLiteral(absl::string_view text) {
  // The closing quote is the first one that is not escaped.
  size_t quote = 1;
  while (text[quote] != '"') quote += text[quote] == '\\' ? 2 : 1;
  std::string lexical = Unescape(text.substr(1, quote - 1));
  absl::string_view rest = SkipBlanks(text.substr(quote + 1));
  if (absl::ConsumePrefix(&rest, "@")) {
    BaseDirection direction = BaseDirection::kNone;
    if (absl::ConsumeSuffix(&rest, "--ltr")) {
      direction = BaseDirection::kLeftToRight;
    } else if (absl::ConsumeSuffix(&rest, "--rtl")) {
      direction = BaseDirection::kRightToLeft;
    }
    return Term::LanguageTagged(std::move(lexical), std::string(rest), direction);
  }
  if (absl::ConsumePrefix(&rest, "^^")) {
    rest = SkipBlanks(rest);
    return Term::Typed(std::move(lexical), Unescape(rest.substr(1, rest.size() - 2)));
  }
  return Term::String(std::move(lexical));
}

}  // namespace

Term MakeTerm(const RawTerm& raw, absl::string_view blank_node_prefix) {
  switch (raw.kind) {
    case TermKind::kIri: return Term::Iri(Unescape(raw.text.substr(1, raw.text.size() - 2)));
    case TermKind::kBlankNode: return Term::BlankNode(absl::StrCat(blank_node_prefix, raw.text.substr(2)));
    case TermKind::kLiteral: return MakeLiteral(raw.text);
    case TermKind::kTripleTerm: break;
  }
  const RawQuad triple = ComponentsOf(raw);
  return Term::TripleTerm({MakeTerm(triple.subject, blank_node_prefix), MakeTerm(triple.predicate, blank_node_prefix),
                           MakeTerm(triple.object, blank_node_prefix)});
}

RawQuad ComponentsOf(const RawTerm& triple_term) {
  constexpr size_t kDelimiter = 3;
  const absl::string_view text = triple_term.text;
  LineParser parser(text.substr(kDelimiter, text.size() - 2 * kDelimiter), /*with_graphs=*/false);
  RawQuad triple;
  parser.SkipBlanks();
  parser.ParseTriple(&triple, 0);  // It was parsed once already, so it is well-formed.
  return triple;
}

Quad MakeQuad(const RawQuad& raw, absl::string_view blank_node_prefix) {
  Quad quad{MakeTerm(raw.subject, blank_node_prefix), MakeTerm(raw.predicate, blank_node_prefix),
            MakeTerm(raw.object, blank_node_prefix), std::nullopt};
  if (raw.has_graph) quad.graph = MakeTerm(raw.graph, blank_node_prefix);
  return quad;
}

}  // namespace dossier
