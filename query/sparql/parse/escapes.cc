#include "query/sparql/parse/escapes.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "rdf/iri.h"

namespace dossier::sparql {
namespace {

// Resolves the escape of a code point at `body[*position]`, a backslash before "u" or "U", and steps behind it.
std::optional<EscapeProblem> TakeEscapedCodePoint(absl::string_view body, size_t* position, std::string* result) {
  const size_t digits = body[*position + 1] == 'u' ? 4 : 8;
  const absl::string_view escape = body.substr(*position, 2 + digits);
  const size_t end = *position + escape.size();
  uint32_t code_point = 0;
  if (escape.size() < 2 + digits || !absl::SimpleHexAtoi(escape.substr(2), &code_point) ||
      escape.find_first_of("xX+- ", 2) != absl::string_view::npos) {
    return EscapeProblem{absl::StrCat("\"", escape.substr(0, 2), "\" needs ", digits, " hexadecimal digits behind it"),
                         *position, end};
  }
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
    return EscapeProblem{absl::StrCat("\"", escape, "\" stands for no character"), *position, end};
  }
  AppendUtf8(static_cast<char32_t>(code_point), result);
  *position = end;
  return std::nullopt;
}

bool EscapesCodePoint(absl::string_view body, size_t position) {
  return position + 1 < body.size() && (body[position + 1] == 'u' || body[position + 1] == 'U');
}

}  // namespace

std::optional<EscapeProblem> UnescapeString(absl::string_view body, std::string* result) {
  constexpr absl::string_view kLetters = "tbnrf\\\"'";
  constexpr absl::string_view kCharacters = "\t\b\n\r\f\\\"'";
  for (size_t i = 0; i < body.size();) {
    const size_t next = std::min(body.find('\\', i), body.size());
    result->append(body.data() + i, next - i);
    if (next == body.size()) break;
    i = next;
    if (EscapesCodePoint(body, i)) {
      if (auto problem = TakeEscapedCodePoint(body, &i, result)) return problem;
      continue;
    }
    const size_t letter = i + 1 < body.size() ? kLetters.find(body[i + 1]) : absl::string_view::npos;
    if (letter == absl::string_view::npos) {
      return EscapeProblem{absl::StrCat("there is no escape \"", body.substr(i, 2),
                                        "\" in strings; a backslash itself is written \"\\\\\""),
                           i, std::min(i + 2, body.size())};
    }
    result->push_back(kCharacters[letter]);
    i += 2;
  }
  return std::nullopt;
}

std::optional<EscapeProblem> UnescapeIri(absl::string_view body, std::string* result) {
  for (size_t i = 0; i < body.size();) {
    if (body[i] != '\\') {
      result->push_back(body[i++]);
      continue;
    }
    const size_t begin = i;
    std::string character;
    if (auto problem = TakeEscapedCodePoint(body, &i, &character)) return problem;
    if (!HasOnlyIriCharacters(character)) {
      return EscapeProblem{absl::StrCat("\"", body.substr(begin, i - begin), "\" is a character that IRIs cannot have"),
                           begin, i};
    }
    result->append(character);
  }
  return std::nullopt;
}

std::string UnescapeLocalName(absl::string_view local) {
  std::string name;
  for (const char c : local) {
    if (c != '\\') name.push_back(c);
  }
  return name;
}

}  // namespace dossier::sparql
