#include "rdf/characters.h"

namespace dossier {
namespace {

bool Between(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

size_t DecodeUtf8(const char* text, const char* end, char32_t* code_point) {
  if (text >= end) return 0;
  const auto first = static_cast<unsigned char>(*text);
  if (first < 0x80) {
    *code_point = first;
    return 1;
  }
  const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || static_cast<size_t>(end - text) < length) return 0;
  char32_t value = first & (0x7FU >> length);
  for (size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text[i])) return 0;
    value = value << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[length] || !IsScalarValue(value)) return 0;
  *code_point = value;
  return length;
}

bool IsWideNameStart(char32_t c) {
  return Between(c, 0xC0, 0xD6) || Between(c, 0xD8, 0xF6) || Between(c, 0xF8, 0x2FF) || Between(c, 0x370, 0x37D) ||
         Between(c, 0x37F, 0x1FFF) || Between(c, 0x200C, 0x200D) || Between(c, 0x2070, 0x218F) ||
         Between(c, 0x2C00, 0x2FEF) || Between(c, 0x3001, 0xD7FF) || Between(c, 0xF900, 0xFDCF) ||
         Between(c, 0xFDF0, 0xFFFD) || Between(c, 0x10000, 0xEFFFF);
}

bool IsWideNameCharacter(char32_t c) {
  return IsWideNameStart(c) || c == 0xB7 || Between(c, 0x300, 0x36F) || Between(c, 0x203F, 0x2040);
}

}  // namespace dossier
