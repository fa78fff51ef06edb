// The first tokens of a statement, cut so coarsely that any text has some: enough to tell what it is going to be.
#pragma once

#include <algorithm>
#include <initializer_list>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace dossier::sparql {

class LeadingTokens {
 public:
  explicit LeadingTokens(absl::string_view text) : rest_(text) {}

  // The next token, without blanks and comments before it: an IRI in brackets, a string in its quotes, a mark of one
  // character, or a run of other characters (words, names with their colons). Empty at the end.
  absl::string_view Next() {
    SkipBlanks();
    if (rest_.empty()) return {};
    const char first = rest_.front();
    if (first == '<') return Take(LengthUpTo('>'));
    if (first == '"' || first == '\'') return Take(LengthUpTo(first));
    if (IsMark(first)) return Take(1);
    size_t length = 1;
    while (length < rest_.size() && !IsBlank(rest_[length]) && !IsMark(rest_[length])) ++length;
    return Take(length);
  }

  // What is left of the text, behind the last token.
  absl::string_view rest() const { return rest_; }

 private:
  static bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }
  static bool IsMark(char c) { return absl::string_view("<>{}()\"';,*?$#").find(c) != absl::string_view::npos; }

  void SkipBlanks() {
    while (!rest_.empty()) {
      if (IsBlank(rest_.front())) {
        rest_.remove_prefix(1);
      } else if (rest_.front() == '#') {
        rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      } else {
        return;
      }
    }
  }

  // To `end`, if it stands before the end of the line; else one character.
  size_t LengthUpTo(char end) const {
    const size_t close = rest_.find(end, 1);
    return close == absl::string_view::npos || close > rest_.find('\n') ? 1 : close + 1;
  }

  absl::string_view Take(size_t length) {
    const absl::string_view token = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return token;
  }

  absl::string_view rest_;
};

// Whether a token is a keyword, in capitals or not.
inline bool Is(absl::string_view token, absl::string_view keyword) { return absl::EqualsIgnoreCase(token, keyword); }
inline bool IsOneOf(absl::string_view token, std::initializer_list<absl::string_view> keywords) {
  return std::any_of(keywords.begin(), keywords.end(), [&](absl::string_view keyword) { return Is(token, keyword); });
}

}  // namespace dossier::sparql
