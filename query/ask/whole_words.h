// Whether some words stand in a text.
#pragma once

#include <cstddef>

#include "absl/strings/string_view.h"

namespace dossier::ask {

// Whether `words` stand in `text` from the beginning of a word to the end of one; both are folded (PhraseKey).
inline bool HasWholeWords(absl::string_view text, absl::string_view words) {
  for (size_t at = text.find(words); at != absl::string_view::npos; at = text.find(words, at + 1)) {
    const size_t end = at + words.size();
    if ((at == 0 || text[at - 1] == ' ') && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

}  // namespace dossier::ask
