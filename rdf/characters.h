// The character classes that Turtle, TriG, N-Triples and N-Quads share (their grammars' PN_CHARS_BASE, PN_CHARS_U,
// PN_CHARS and HEX), and decoding of UTF-8 that may be malformed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace dossier {

// Length of the well-formed UTF-8 sequence at [text, end), which is then in `code_point`; 0 when it is malformed or cut
// off.
size_t DecodeUtf8(const char* text, const char* end, char32_t* code_point);

// PN_CHARS_U for code points from U+0080 on.
bool IsWideNameStart(char32_t c);
// PN_CHARS for code points from U+0080 on.
bool IsWideNameCharacter(char32_t c);

namespace character_classes {

inline constexpr uint8_t kLetter = 1;  // [A-Za-z]
inline constexpr uint8_t kDigit = 2;   // [0-9]
inline constexpr uint8_t kName = 4;    // PN_CHARS below U+0080: letters, digits, "_", "-".
inline constexpr uint8_t kIriPlain =
    8;  // Stands for itself in an IRI: all but <>"{}|^`\ , controls, blank; only below U+0080.

constexpr std::array<uint8_t, 256> MakeTable() {
  std::array<uint8_t, 256> table{};
  for (unsigned c = 0x21; c < 0x80; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    const bool forbidden =
        c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^' || c == '`' || c == '\\';
    table[c] =
        static_cast<uint8_t>((letter ? kLetter : 0) | (digit ? kDigit : 0) |
                             (letter || digit || c == '_' || c == '-' ? kName : 0) | (forbidden ? 0 : kIriPlain));
  }
  return table;
}

inline constexpr std::array<uint8_t, 256> kTable = MakeTable();

}  // namespace character_classes

// A byte of SlidingBuffer as a char, for these classes; its kEnd becomes NUL, which is in none.
inline char AsChar(int byte) { return byte < 0 ? '\0' : static_cast<char>(byte); }

inline bool IsLetter(char c) {
  return (character_classes::kTable[static_cast<unsigned char>(c)] & character_classes::kLetter) != 0;
}
inline bool IsDigit(char c) {
  return (character_classes::kTable[static_cast<unsigned char>(c)] & character_classes::kDigit) != 0;
}
inline bool IsIriPlain(char c) {
  return (character_classes::kTable[static_cast<unsigned char>(c)] & character_classes::kIriPlain) != 0;
}
inline bool IsNameCharacter(char32_t c) {
  return c < 0x80 ? (character_classes::kTable[c] & character_classes::kName) != 0 : IsWideNameCharacter(c);
}
// PN_CHARS_U: letters and "_".
inline bool IsNameStart(char32_t c) {
  return c < 0x80 ? (character_classes::kTable[c] & character_classes::kLetter) != 0 || c == '_' : IsWideNameStart(c);
}
// The value of a hexadecimal digit, or -1.
inline int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}
// A code point that text can hold: no surrogate, and not past U+10FFFF.
inline bool IsScalarValue(uint32_t c) { return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF); }

}  // namespace dossier
