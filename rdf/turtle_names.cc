#include "rdf/turtle_names.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "rdf/characters.h"
#include "rdf/ntriples_format.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// Whether `name` is a local name that needs no escapes.
bool IsPlainLocalName(absl::string_view name) {
  if (absl::EndsWith(name, ".")) return false;
  bool first = true;
  while (!name.empty()) {
    const char32_t c = TakeCodePoint(&name);
    const bool digit = c >= '0' && c <= '9';
    if (!(first ? IsNameStart(c) || digit : IsNameCharacter(c) || c == '.')) return false;
    first = false;
  }
  return true;
}

size_t CountDigits(absl::string_view text) {
  size_t count = 0;
  while (count < text.size() && IsDigit(text[count])) ++count;
  return count;
}

// Whether a number can stand without quotes and be read as the same literal.
bool IsBareNumber(absl::string_view text, absl::string_view datatype) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  const size_t whole = CountDigits(text);
  text.remove_prefix(whole);
  if (text.empty()) return whole > 0 && datatype == xsd::kInteger;
  size_t fraction = 0;
  const bool point = text[0] == '.';
  if (point) {
    text.remove_prefix(1);
    fraction = CountDigits(text);
    text.remove_prefix(fraction);
  }
  if (text.empty()) return fraction > 0 && datatype == xsd::kDecimal;
  if ((text[0] != 'e' && text[0] != 'E') || whole + fraction == 0) return false;
  text.remove_prefix(1);
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
  return !text.empty() && CountDigits(text) == text.size() && datatype == xsd::kDouble;
}

}  // namespace

TurtleNames::TurtleNames(const std::vector<std::pair<std::string, std::string>>& prefixes) {
  for (const auto& [name, iri] : prefixes) prefixes_.push_back({name, iri, false});
}

void TurtleNames::AppendIri(absl::string_view iri, std::string* text) {
  Prefix* best = nullptr;
  for (Prefix& prefix : prefixes_) {
    if (absl::StartsWith(iri, prefix.iri) && (best == nullptr || prefix.iri.size() > best->iri.size()) &&
        IsPlainLocalName(iri.substr(prefix.iri.size()))) {
      best = &prefix;
    }
  }
  if (best == nullptr) {
    absl::StrAppend(text, "<", iri, ">");
    return;
  }
  best->used = true;
  absl::StrAppend(text, best->name, ":", iri.substr(best->iri.size()));
}

void TurtleNames::AppendPredicate(const Term& predicate, std::string* text) {
  if (predicate.value() == rdf::kType) {
    text->push_back('a');
  } else {
    AppendIri(predicate.value(), text);
  }
}

void TurtleNames::AppendTerm(const Term& term, std::string* text) {
  switch (term.kind()) {
    case TermKind::kIri: AppendIri(term.value(), text); return;
    case TermKind::kBlankNode: absl::StrAppend(text, "_:", term.value()); return;
    case TermKind::kLiteral: AppendLiteral(term, text); return;
    case TermKind::kTripleTerm:
      NoteVersion12();
      text->append("<<( ");
      AppendTerm(term.triple().subject, text);
      text->push_back(' ');
      AppendPredicate(term.triple().predicate, text);
      text->push_back(' ');
      AppendTerm(term.triple().object, text);
      text->append(" )>>");
      return;
  }
}

void TurtleNames::AppendLiteral(const Term& literal, std::string* text) {
  const absl::string_view datatype = literal.datatype();
  const bool bare = datatype == xsd::kBoolean ? literal.value() == "true" || literal.value() == "false"
                                              : IsBareNumber(literal.value(), datatype);
  if (bare) {
    text->append(literal.value());
    return;
  }
  text->push_back('"');
  AppendEscapedLiteral(literal.value(), text);
  text->push_back('"');
  if (!literal.language().empty()) {
    absl::StrAppend(text, "@", literal.language());
    if (literal.direction() == BaseDirection::kNone) return;
    NoteVersion12();
    text->append(literal.direction() == BaseDirection::kLeftToRight ? "--ltr" : "--rtl");
  } else if (datatype != xsd::kString) {
    text->append("^^");
    AppendIri(datatype, text);
  }
}

std::string TurtleNames::Header() const {
  std::string header;
  if (version_12_) header.append("VERSION \"1.2\"\n");
  for (const Prefix& prefix : prefixes_) {
    if (prefix.used) absl::StrAppend(&header, "PREFIX ", prefix.name, ": <", prefix.iri, ">\n");
  }
  return header;
}

}  // namespace dossier
