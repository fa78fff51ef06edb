#include "base/utf8.h"

#include <utf8proc.h>

#include <algorithm>

namespace dossier {
namespace {

// Length of the well-formed sequence at the front of `text`, 0 when malformed.
size_t SequenceLength(absl::string_view text) {
  utf8proc_int32_t code_point;
  const utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                   static_cast<utf8proc_ssize_t>(text.size()), &code_point);
  return length <= 0 ? 0 : static_cast<size_t>(length);
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

size_t FindInvalidUtf8(absl::string_view text) {
  size_t offset = 0;
  while (offset < text.size()) {
    if (static_cast<unsigned char>(text[offset]) < 0x80U) {
      ++offset;
      continue;
    }
    const size_t length = SequenceLength(text.substr(offset));
    if (length == 0) return offset;
    offset += length;
  }
  return absl::string_view::npos;
}

size_t CountCodePoints(absl::string_view text) {
  size_t count = 0;
  for (const char byte : text) {
    if (!IsContinuation(byte)) ++count;
  }
  return count;
}

absl::string_view CodePointPrefix(absl::string_view text, size_t count) {
  size_t offset = 0;
  for (; offset < text.size(); ++offset) {
    if (IsContinuation(text[offset])) continue;
    if (count == 0) break;
    --count;
  }
  return text.substr(0, offset);
}

char32_t TakeCodePoint(absl::string_view* text) {
  utf8proc_int32_t code_point = 0xFFFD;
  utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text->data()),
                                             static_cast<utf8proc_ssize_t>(text->size()), &code_point);
  if (length <= 0) {
    length = 1;
    code_point = 0xFFFD;
  }
  text->remove_prefix(static_cast<size_t>(length));
  return static_cast<char32_t>(code_point);
}

void AppendUtf8(char32_t code_point, std::string* text) {
  utf8proc_uint8_t bytes[4];
  const utf8proc_ssize_t length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes);
  text->append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(length));
}

absl::string_view FirstCharacter(absl::string_view text) {
  absl::string_view rest = text;
  auto before = static_cast<utf8proc_int32_t>(TakeCodePoint(&rest));
  utf8proc_int32_t state = 0;
  while (!rest.empty()) {
    absl::string_view after = rest;
    const auto next = static_cast<utf8proc_int32_t>(TakeCodePoint(&after));
    if (utf8proc_grapheme_break_stateful(before, next, &state)) break;
    before = next;
    rest = after;
  }
  return text.substr(0, text.size() - rest.size());
}

size_t DisplayWidth(absl::string_view text) {
  constexpr char32_t kEmojiStyle = 0xFE0F;  // Makes an emoji of the symbol before it.
  constexpr int kWide = 2;
  size_t width = 0;
  while (!text.empty()) {
    absl::string_view character = FirstCharacter(text);
    text.remove_prefix(character.size());
    int widest = 0;
    size_t flags = 0;
    while (!character.empty()) {
      const char32_t code_point = TakeCodePoint(&character);
      const bool is_flag = code_point >= 0x1F1E6 && code_point <= 0x1F1FF;  // Two letters make a flag.
      flags += is_flag ? 1 : 0;
      const int columns = utf8proc_charwidth(static_cast<utf8proc_int32_t>(code_point));
      widest = std::max(widest, code_point == kEmojiStyle || flags == 2 ? kWide : columns);
    }
    width += static_cast<size_t>(widest);
  }
  return width;
}

}  // namespace dossier
