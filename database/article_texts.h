// The texts of articles as the store holds them: one schema:articleBody literal per article, cut into paragraphs and
// sentences when it is asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "database/sentences.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier {

// Reads from one snapshot and keeps what it has read; made for one answer. Not thread-safe.
class ArticleTexts {
 public:
  explicit ArticleTexts(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  // The sentence of `article` (an entity of the store) by the numbers that claims use, both counted from 1. Empty when
  // the article's text is not loaded or has no such sentence.
  absl::StatusOr<std::string> Sentence(const Term& article, int64_t paragraph, int64_t sentence);

 private:
  struct Text {
    std::string body;
    std::vector<Paragraph> paragraphs;  // Views into `body`.
  };

  // Whether any article has one: a large answer without them need not look for each of its articles.
  absl::StatusOr<bool> HasTexts();
  absl::StatusOr<const Text*> Get(const Term& article);

  std::shared_ptr<const Snapshot> snapshot_;
  std::optional<bool> has_texts_;
  absl::node_hash_map<Term, Text> texts_;
};

// The text of `article` (an entity's id), empty when it has none.
absl::StatusOr<std::string> ReadArticleBody(const Snapshot& snapshot, TermId article);

}  // namespace dossier
