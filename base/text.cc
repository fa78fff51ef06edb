#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"

namespace dossier {
namespace {

bool IsHyphenOrBlank(char32_t c) {
  return c == U' ' || c == U'-' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'_' ||
         (c >= 0x2010 && c <= 0x2015) || c == 0x00A0 || c == 0x2212;
}

bool IsApostrophe(char32_t c) { return c == U'\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == U'`'; }

std::string Normalise(absl::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                                      UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                               static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) return std::string(text);
  return std::string(reinterpret_cast<const char*>(mapped), static_cast<size_t>(length));
}

std::vector<char32_t> CodePoints(absl::string_view text) {
  std::vector<char32_t> points;
  points.reserve(text.size());
  while (!text.empty()) points.push_back(TakeCodePoint(&text));
  return points;
}

// Most text is ASCII, of which the normal forms are the text itself.
bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string FoldAsciiName(absl::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (IsApostrophe(code)) continue;
    if (!IsHyphenOrBlank(code)) {
      folded.push_back(absl::ascii_tolower(code));
    } else if (!folded.empty() && folded.back() != ' ') {
      folded.push_back(' ');
    }
  }
  if (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

// "the " of "the train"; empty where there is none.
absl::string_view LeadingArticle(absl::string_view text) {
  for (absl::string_view article : {"the ", "an ", "a "}) {
    if (absl::StartsWith(text, article)) return article;
  }
  return "";
}

// Whether a text is its own key: most words that data bring are.
bool IsOwnPhraseKey(absl::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(),
                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == ' '; });
  return plain && !absl::StartsWith(text, " ") && !absl::EndsWith(text, " ") && !absl::StrContains(text, "  ") &&
         LeadingArticle(text).empty();
}

}  // namespace

std::string FoldName(absl::string_view text) {
  if (IsAscii(text)) return FoldAsciiName(text);
  const std::string normal = Normalise(text);
  std::string folded;
  folded.reserve(normal.size());
  absl::string_view rest = normal;
  while (!rest.empty()) {
    const absl::string_view before = rest;
    const char32_t c = TakeCodePoint(&rest);
    if (IsApostrophe(c)) continue;
    if (IsHyphenOrBlank(c)) {
      if (!folded.empty() && folded.back() != ' ') folded.push_back(' ');
    } else {
      absl::StrAppend(&folded, before.substr(0, before.size() - rest.size()));
    }
  }
  while (!folded.empty() && folded.back() == ' ') folded.pop_back();
  return folded;
}

std::string PhraseKey(absl::string_view text) {
  if (IsOwnPhraseKey(text)) return std::string(text);
  std::string key;
  for (const char c : FoldName(text)) {
    // Brackets and the like divide words; dots and commas vanish ("U.S.", "2,000").
    if (c == '.' || c == ',' || c == '"' || c == ';' || c == ':' || c == '!' || c == '?') continue;
    const char kept = c == '(' || c == ')' || c == '[' || c == ']' || c == '/' ? ' ' : c;
    if (kept == ' ' && (key.empty() || key.back() == ' ')) continue;
    key.push_back(kept);
  }
  while (!key.empty() && key.back() == ' ') key.pop_back();
  return key.substr(LeadingArticle(key).size());
}

namespace {

// The matrix row by row: for texts of any letters and any length.
size_t DistanceOfCodePoints(const std::vector<char32_t>& a, const std::vector<char32_t>& b, size_t limit) {
  const size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::vector<size_t> before_previous(b.size() + 1);
  std::vector<size_t> previous(b.size() + 1);
  std::vector<size_t> current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    size_t best = current[0];
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, substitution});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before_previous[j - 2] + 1);
      }
      best = std::min(best, current[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(before_previous, previous);
    std::swap(previous, current);
  }
  return std::min(previous[b.size()], limit + 1);
}

}  // namespace

LetterSet::LetterSet(absl::string_view text) {
  constexpr uint64_t kLetters = 32;
  uint64_t once = 0;
  uint64_t again = 0;
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text.front());
    uint64_t point = byte;
    if (byte < 0x80) {
      text.remove_prefix(1);
    } else {
      point = TakeCodePoint(&text);
    }
    const uint64_t letter = uint64_t{1} << (point % kLetters);
    again |= once & letter;
    once |= letter;
  }
  bits_ = once | again << kLetters;
}

NearnessTo::NearnessTo(absl::string_view text, size_t limit)
    : text_(text), limit_(limit), in_bits_(!text.empty() && text.size() <= kBits && IsAscii(text)) {
  if (!in_bits_) return;
  for (size_t i = 0; i < text.size(); ++i) places_[static_cast<unsigned char>(text[i])] |= uint64_t{1} << i;
}

// All rows of a column of the matrix at once, in the bits of a word: Hyyrö, "A bit-vector algorithm for computing
// Levenshtein and Damerau edit distances" (2003).
size_t NearnessTo::Distance(absl::string_view other) const {
  if (!in_bits_) return DistanceOfCodePoints(CodePoints(text_), CodePoints(other), limit_);
  const uint64_t last = uint64_t{1} << (text_.size() - 1);
  uint64_t rises = ~uint64_t{0};  // Rows that are one more than the row above them,
  uint64_t falls = 0;             // and one less.
  uint64_t diagonal = 0;          // Rows that cost no more than the row above them in the column before.
  uint64_t before = 0;
  size_t distance = text_.size();
  size_t left = other.size();
  // In bytes, of which a code point has up to four.
  if (distance > left + limit_) return limit_ + 1;
  for (const char c : other) {
    const auto letter = static_cast<unsigned char>(c);
    if (letter >= places_.size()) return DistanceOfCodePoints(CodePoints(text_), CodePoints(other), limit_);
    const uint64_t equal = places_[letter];
    const uint64_t swapped = ((~diagonal & equal) << 1) & before;
    diagonal = (((equal & rises) + rises) ^ rises) | equal | falls | swapped;
    uint64_t grows = falls | ~(diagonal | rises);  // Rows that are one more than in the column before,
    uint64_t shrinks = diagonal & rises;           // and one less.
    if ((grows & last) != 0) ++distance;
    if ((shrinks & last) != 0) --distance;
    // Each letter that is left takes off one at most.
    if (distance > --left + limit_) return limit_ + 1;
    grows = (grows << 1) | 1;
    shrinks <<= 1;
    rises = shrinks | ~(diagonal | grows);
    falls = grows & diagonal;
    before = equal;
  }
  return distance;
}

size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit) { return NearnessTo(a, limit).Distance(b); }

}  // namespace dossier
