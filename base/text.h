// Text as people compare it: folded keys for names and words, and the distance between two spellings.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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

// Which letters a text has, once and twice or more often, in the bits of a word (letters whose last five bits are the
// same are taken for one). Tells most texts that are not near each other apart without comparing them.
class LetterSet {
 public:
  explicit LetterSet(absl::string_view text);

  // How many letters of this text the other one has not: no edit puts more than one of them right.
  size_t MissingFrom(LetterSet other) const { return CountBits(bits_ & ~other.bits_); }

 private:
  // As std::popcount, which calls a function where the oldest machines have no instruction for it.
  static constexpr size_t CountBits(uint64_t bits) {
    bits -= (bits >> 1) & 0x5555'5555'5555'5555;
    bits = (bits & 0x3333'3333'3333'3333) + ((bits >> 2) & 0x3333'3333'3333'3333);
    bits = (bits + (bits >> 4)) & 0x0f0f'0f0f'0f0f'0f0f;
    return (bits * 0x0101'0101'0101'0101) >> 56;
  }

  uint64_t bits_ = 0;
};

// How far texts are from one text: the edit distance with insertions, deletions, substitutions and swaps of neighbours
// (optimal string alignment), in code points. `text` has to outlive it.
class NearnessTo {
 public:
  NearnessTo(absl::string_view text, size_t limit);

  // `limit` + 1 when the distance is over `limit`, which is found out early.
  size_t Distance(absl::string_view other) const;

 private:
  static constexpr size_t kBits = 64;

  absl::string_view text_;
  size_t limit_;
  bool in_bits_;                        // `text` is ASCII and has at most as many letters as a word has bits:
  std::array<uint64_t, 128> places_{};  // where each letter stands in it.
};

// The same for one pair of texts.
size_t EditDistance(absl::string_view a, absl::string_view b, size_t limit);

}  // namespace dossier
