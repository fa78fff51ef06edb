// Text as people compare it: folded keys for names and words, and the distance between two spellings.
#pragma once

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

// The key under which a name is found: compatibility-normalised (NFKD), case-folded, marks stripped, hyphens and
// runs of blanks made one blank, apostrophes (straight and typographic) dropped, outer blanks trimmed.
// "Kim Jong-Un" and "kim  jong un" fold alike; so do "Müller's" and "mullers". Invalid UTF-8 is kept byte by byte.
std::string FoldName(absl::string_view text);

// The key of a phrase, which may be several names' words: FoldName, without dots, commas and other marks, brackets made
// blanks, and without a leading article ("the", "a", "an").
std::string PhraseKey(absl::string_view text);

// Edit distance with insertions, deletions, substitutions and swaps of neighbours (optimal string alignment), in
// code points; stops early and returns `limit` + 1 when the distance is over `limit`.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit);

}  // namespace dossier
