// Where an answer gets the wording of the sentence that a claim cites (AnswerClaim::text). The answer builder asks for
// it; who keeps the articles' text implements it (database/article_texts.h).
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "rdf/term.h"

namespace dossier {

class SentenceSource {
 public:
  virtual ~SentenceSource() = default;

  // The sentence of `article` (an entity of the store) by the numbers that claims use, both counted from 1. Empty when
  // the article's text is not loaded or has no such sentence; no error then.
  virtual absl::StatusOr<std::string> Sentence(const Term& article, int64_t paragraph, int64_t sentence) = 0;
};

}  // namespace dossier
