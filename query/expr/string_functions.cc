#include <utf8proc.h>

#include <cmath>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/utf8.h"
#include "query/expr/function_families.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// The arguments of CONTAINS and its like go together when the second is plain or has the first's language
// (SPARQL section 17.4.3.1.2).
bool AreCompatible(const Term& a, const Term& b) {
  return IsStringLiteral(a) && IsStringLiteral(b) &&
         (b.language().empty() || (a.language() == b.language() && a.direction() == b.direction()));
}

std::string MapCase(absl::string_view text, bool upper) {
  std::string mapped;
  mapped.reserve(text.size());
  while (!text.empty()) {
    const auto c = static_cast<utf8proc_int32_t>(TakeCodePoint(&text));
    if (upper && c == U'ß') {
      mapped.append("SS");  // The one letter of the Latin alphabets whose capital form is two letters.
      continue;
    }
    AppendUtf8(static_cast<char32_t>(upper ? utf8proc_toupper(c) : utf8proc_tolower(c)), &mapped);
  }
  return mapped;
}

std::optional<Term> Compare(Function function, const Term& text, const Term& part) {
  if (!AreCompatible(text, part)) return std::nullopt;
  if (function == Function::kContains) return BooleanTerm(absl::StrContains(text.value(), part.value()));
  if (function == Function::kStrStarts) return BooleanTerm(absl::StartsWith(text.value(), part.value()));
  return BooleanTerm(absl::EndsWith(text.value(), part.value()));
}

std::optional<Term> Concatenate(Arguments arguments) {
  std::string text;
  bool same = !arguments.empty();
  for (const Term* argument : arguments) {
    if (!IsStringLiteral(*argument)) return std::nullopt;
    absl::StrAppend(&text, argument->value());
    same =
        same && argument->language() == arguments[0]->language() && argument->direction() == arguments[0]->direction();
  }
  return same ? StringLike(*arguments[0], std::move(text)) : Term::String(std::move(text));
}

std::optional<double> NumberOf(const Term& term) {
  const std::optional<XsdValue> value = XsdValue::Of(term);
  if (!value.has_value() || !value->is_numeric()) return std::nullopt;
  return value->ToDouble();
}

// fn:substring: positions count from 1, in code points; begin and length are rounded.
std::optional<Term> Substring(Arguments arguments) {
  const Term& text = *arguments[0];
  const std::optional<double> begin = NumberOf(*arguments[1]);
  const std::optional<double> length = arguments.size() > 2 ? NumberOf(*arguments[2]) : std::optional<double>(HUGE_VAL);
  if (!IsStringLiteral(text) || !begin.has_value() || !length.has_value()) return std::nullopt;
  const double first = std::floor(*begin + 0.5);
  const double end = first + std::floor(*length + 0.5);
  std::string part;
  absl::string_view rest = text.value();
  for (double position = 1; !rest.empty(); ++position) {
    const char32_t c = TakeCodePoint(&rest);
    if (position >= first && position < end) AppendUtf8(c, &part);
  }
  return StringLike(text, std::move(part));
}

// STRBEFORE and STRAFTER: with nothing found, the empty string without a language.
std::optional<Term> Split(Function function, const Term& text, const Term& part) {
  if (!AreCompatible(text, part)) return std::nullopt;
  const size_t position = text.value().find(part.value());
  if (position == std::string::npos) return Term::String("");
  if (function == Function::kStrBefore) return StringLike(text, text.value().substr(0, position));
  return StringLike(text, text.value().substr(position + part.value().size()));
}

// fn:encode-for-uri: all but the unreserved characters of RFC 3986.
std::string EncodeForUri(absl::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(byte) || c == '-' || c == '_' || c == '.' || c == '~') {
      encoded.push_back(c);
    } else {
      absl::StrAppendFormat(&encoded, "%%%02X", byte);
    }
  }
  return encoded;
}

// Basic filtering (RFC 4647 section 3.3.1); the range "*" matches every tag.
std::optional<Term> MatchLanguage(const Term& tag, const Term& range) {
  if (!IsSimpleLiteral(tag) || !IsSimpleLiteral(range)) return std::nullopt;
  if (range.value() == "*") return BooleanTerm(!tag.value().empty());
  const absl::string_view start = absl::string_view(tag.value()).substr(0, range.value().size());
  const bool ends_there = tag.value().size() == range.value().size() ||
                          (tag.value().size() > range.value().size() && tag.value()[range.value().size()] == '-');
  return BooleanTerm(!range.value().empty() && ends_there && absl::EqualsIgnoreCase(start, range.value()));
}

}  // namespace

bool IsStringLiteral(const Term& term) {
  return term.is_literal() && (!term.language().empty() || term.datatype() == xsd::kString);
}

bool IsSimpleLiteral(const Term& term) { return term.is_literal() && term.datatype() == xsd::kString; }

Term StringLike(const Term& like, std::string lexical) {
  if (like.language().empty()) return Term::String(std::move(lexical));
  return Term::LanguageTagged(std::move(lexical), std::string(like.language()), like.direction());
}

std::optional<Term> ApplyStringFunction(Function function, Arguments arguments) {
  switch (function) {
    case Function::kConcat: return Concatenate(arguments);
    case Function::kSubStr: return Substring(arguments);
    case Function::kStrBefore:
    case Function::kStrAfter: return Split(function, *arguments[0], *arguments[1]);
    case Function::kLangMatches: return MatchLanguage(*arguments[0], *arguments[1]);
    case Function::kContains:
    case Function::kStrStarts:
    case Function::kStrEnds: return Compare(function, *arguments[0], *arguments[1]);
    default: break;
  }
  const Term& text = *arguments[0];
  if (!IsStringLiteral(text)) return std::nullopt;
  if (function == Function::kStrLen) return IntegerTerm(static_cast<int64_t>(CountCodePoints(text.value())));
  if (function == Function::kEncodeForUri) return Term::String(EncodeForUri(text.value()));
  return StringLike(text, MapCase(text.value(), function == Function::kUpperCase));
}

}  // namespace dossier
