// What may come next after some words of a statement.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query/ask/catalogue.h"
#include "query/ask/sentence_pieces.h"

namespace dossier::ask {

struct Expectation {
  std::vector<absl::string_view> words;  // Of the language, the likeliest first; live as long as the catalogue.
  uint8_t verb_forms = 0;                // Bits of VerbForm.
  bool bare_verbs = false;               // Without the preposition before their object: "where did Kim travel".
  bool names = false;
  bool nouns = false;
  bool plural_nouns = false;
  bool classes = false;
  bool plural_classes = false;
  bool units = false;
  bool certainties = false;
  bool articles = false;
  bool speakers = false;
  bool days = false;  // The day of the newest article.

  // The things that these relations link on that side come first among the names.
  std::vector<uint32_t> relations;
  bool as_subject = false;
  // The relations that claims of these things have come first among the verbs.
  std::vector<TermId> subjects;
};

// `pieces` are the words of the statement before the one that is being typed.
Expectation ExpectAfter(absl::Span<const Piece> pieces, const Catalogue& catalogue);

}  // namespace dossier::ask
