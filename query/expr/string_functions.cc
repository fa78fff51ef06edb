#include <re2/re2.h>
#include <utf8proc.h>

#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "query/expr/function_families.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

bool IsString(const Term& term) {
  return term.is_literal() && (!term.language().empty() || term.datatype() == xsd::kString);
}

// The arguments of CONTAINS and its like go together when the second is plain or has the first's language
// (SPARQL section 17.4.3.1.2).
bool AreCompatible(const Term& a, const Term& b) {
  return IsString(a) && IsString(b) &&
         (b.language().empty() || (a.language() == b.language() && a.direction() == b.direction()));
}

// A string with the language of `like`.
Term StringLike(const Term& like, std::string lexical) {
  if (like.language().empty()) return Term::String(std::move(lexical));
  return Term::LanguageTagged(std::move(lexical), std::string(like.language()), like.direction());
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
    if (!IsString(*argument)) return std::nullopt;
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
  if (!IsString(text) || !begin.has_value() || !length.has_value()) return std::nullopt;
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

// REGEX with XPath's flags s, m, i, x, q over RE2. Patterns that RE2 does not know (back references) are an error.
std::optional<Term> MatchRegex(Arguments arguments) {
  const Term& text = *arguments[0];
  if (!IsString(text) || !IsString(*arguments[1])) return std::nullopt;
  RE2::Options options(RE2::Quiet);
  std::string pattern = arguments[1]->value();
  bool multi_line = false;
  if (arguments.size() > 2) {
    for (const char flag : arguments[2]->value()) {
      switch (flag) {
        case 'i': options.set_case_sensitive(false); break;
        case 's': options.set_dot_nl(true); break;
        case 'm': multi_line = true; break;
        case 'q': options.set_literal(true); break;
        default: return std::nullopt;
      }
    }
  }
  if (multi_line && !options.literal()) pattern = absl::StrCat("(?m)", pattern);
  const RE2 regex(pattern, options);
  if (!regex.ok()) return std::nullopt;
  return BooleanTerm(RE2::PartialMatch(text.value(), regex));
}

}  // namespace

std::optional<Term> ApplyStringFunction(Function function, Arguments arguments) {
  switch (function) {
    case Function::kConcat: return Concatenate(arguments);
    case Function::kSubStr: return Substring(arguments);
    case Function::kRegex: return MatchRegex(arguments);
    case Function::kContains:
    case Function::kStrStarts:
    case Function::kStrEnds: return Compare(function, *arguments[0], *arguments[1]);
    default: break;
  }
  const Term& text = *arguments[0];
  if (!IsString(text)) return std::nullopt;
  if (function == Function::kStrLen) return IntegerTerm(static_cast<int64_t>(CountCodePoints(text.value())));
  return StringLike(text, MapCase(text.value(), function == Function::kUpperCase));
}

}  // namespace dossier
