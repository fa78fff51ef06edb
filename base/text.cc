#include "base/text.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
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
  std::string key;
  for (const char c : FoldName(text)) {
    // Brackets and the like divide words; dots and commas vanish ("U.S.", "2,000").
    if (c == '.' || c == ',' || c == '"' || c == ';' || c == ':' || c == '!' || c == '?') continue;
    const char kept = c == '(' || c == ')' || c == '[' || c == ']' || c == '/' ? ' ' : c;
    if (kept == ' ' && (key.empty() || key.back() == ' ')) continue;
    key.push_back(kept);
  }
  while (!key.empty() && key.back() == ' ') key.pop_back();
  for (absl::string_view article : {"the ", "an ", "a "}) {
    if (absl::StartsWith(key, article)) return key.substr(article.size());
  }
  return key;
}

namespace {

// Whether two texts of ASCII cannot be near by their lengths and letters alone: no edit puts more than one letter
// right. Most pairs of names are told apart by this, with a tenth of the work.
bool IsFarther(absl::string_view a, absl::string_view b, size_t limit) {
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) <= limit) {
    if (!IsAscii(a) || !IsAscii(b)) return false;
    std::array<int, 32> surplus{};  // Of letters that share their last five bits.
    for (const char c : a) ++surplus[static_cast<unsigned char>(c) % surplus.size()];
    for (const char c : b) --surplus[static_cast<unsigned char>(c) % surplus.size()];
    size_t more = 0;
    size_t fewer = 0;
    for (const int count : surplus) (count > 0 ? more : fewer) += static_cast<size_t>(std::abs(count));
    return std::max(more, fewer) > limit;
  }
  return IsAscii(a) && IsAscii(b);
}

}  // namespace

size_t EditDistance(absl::string_view a_text, absl::string_view b_text, size_t limit) {
  if (IsFarther(a_text, b_text, limit)) return limit + 1;
  const std::vector<char32_t> a = CodePoints(a_text);
  const std::vector<char32_t> b = CodePoints(b_text);
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

}  // namespace dossier
