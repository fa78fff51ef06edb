// Which known phrases are near a phrase that nobody knows: by their spelling, or as a part of a longer one.
#pragma once

#include <algorithm>
#include <cstddef>

#include "absl/strings/string_view.h"
#include "base/text.h"

namespace dossier::ask {

// Whether `words` stand in `text` from the beginning of a word to the end of one; both are folded (PhraseKey).
inline bool HasWholeWords(absl::string_view text, absl::string_view words) {
  for (size_t at = text.find(words); at != absl::string_view::npos; at = text.find(words, at + 1)) {
    const size_t end = at + words.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

// How near phrases are to `key`, which has to outlive it; all are PhraseKeys.
class Nearness {
 public:
  Nearness(absl::string_view key, size_t limit) : key_(key), limit_(limit), letters_(key), spelling_(key, limit) {}

  size_t limit() const { return limit_; }

  // How far `known` is in edits, `letters` being its own; more than the limit when it is not near. A longer phrase of
  // which the key is a part is as near as one wrong letter.
  size_t DistanceOf(absl::string_view known, LetterSet letters) const {
    const size_t missing = letters_.MissingFrom(letters);
    if (missing > limit_) return limit_ + 1;
    const bool is_part = missing == 0 && HasWholeWords(known, key_);
    if (!is_part && letters.MissingFrom(letters_) > limit_) return limit_ + 1;
    const size_t distance = spelling_.Distance(known);
    return is_part ? std::min<size_t>(distance, 1) : distance;
  }

 private:
  absl::string_view key_;
  size_t limit_;
  LetterSet letters_;
  NearnessTo spelling_;
};

}  // namespace dossier::ask
