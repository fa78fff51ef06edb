// UTF-8 as bytes and code points (RFC 3629), and how wide text stands on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

// Offset of the first byte that is not part of well-formed UTF-8, or npos when all of `text` is well-formed.
// Overlong forms, surrogates and code points over U+10FFFF are malformed.
size_t FindInvalidUtf8(absl::string_view text);

size_t CountCodePoints(absl::string_view text);

// The first `count` code points of well-formed `text`.
absl::string_view CodePointPrefix(absl::string_view text, size_t count);

// Decodes one code point at the front of well-formed, non-empty `text` and removes it.
char32_t TakeCodePoint(absl::string_view* text);

// REQUIRES: `code_point` is a Unicode scalar value.
void AppendUtf8(char32_t code_point, std::string* text);

// The first character of well-formed, non-empty `text` as a reader sees it: a letter with the marks above it, an emoji
// of several parts, a flag (an extended grapheme cluster, UAX 29).
absl::string_view FirstCharacter(absl::string_view text);

// Columns on a terminal: 2 for wide characters (CJK, emoji), 0 for combining ones; a character of several code points
// is as wide as its widest.
size_t DisplayWidth(absl::string_view text);

}  // namespace dossier
