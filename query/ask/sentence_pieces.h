// The words before the cursor, cut into what they most likely are. For completion only: quick, and content with any
// text; what a whole question means is for clause_reader.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/ask/catalogue.h"

namespace dossier::ask {

struct Piece {
  enum class Kind : uint8_t {
    kWord,  // Of the language itself ("who", "according to"), or one that nothing is known of.
    kName,
    kVerb,   // `meanings` are indices of verb uses.
    kNoun,   // Of noun uses.
    kClass,  // Of classes.
    kUnit,
    kTime,  // A year, a month, a day.
    kNumber,
    kVariable,
    kComma,
  };
  Kind kind = Kind::kWord;
  std::string key;  // Folded.
  std::vector<uint32_t> meanings;
  std::vector<TermId> entities;  // kName.
  bool possessive = false;
  size_t begin = 0;  // Bytes of the text.
  size_t end = 0;
};

// The pieces of `text`. An open quote ends it.
std::vector<Piece> CutPieces(absl::string_view text, const Catalogue& catalogue);

// Where the words of `text` begin that may be the beginning of what is being typed at its end: the last word, and each
// of a few before it. The nearest last; the end of the text itself when it ends in a blank.
std::vector<size_t> TypedBeginnings(absl::string_view text);

// Where the text after an open double quote begins, or npos.
size_t OpenQuote(absl::string_view text);

// Whether `word` is one that the language needs to be read as such.
bool IsStructureWord(absl::string_view word);

}  // namespace dossier::ask
