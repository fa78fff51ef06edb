// The texts of articles as the store holds them: one schema:articleBody literal per article, cut into paragraphs and
// sentences when it is asked for.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "database/sentences.h"
#include "query/result/sentence_source.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier {

// Reads from one snapshot and keeps what it has read; made for one answer. Not thread-safe.
class ArticleTexts : public SentenceSource {
 public:
  explicit ArticleTexts(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  absl::StatusOr<std::string> Sentence(const Term& article, int64_t paragraph, int64_t sentence) override;

 private:
  struct Text {
    std::string body;
    std::vector<Paragraph> paragraphs;  // Views into `body`.
  };

  absl::StatusOr<const Text*> Get(const Term& article);

  std::shared_ptr<const Snapshot> snapshot_;
  absl::node_hash_map<Term, Text> texts_;
};

// The text of `article` (an entity's id), empty when it has none.
absl::StatusOr<std::string> ReadArticleBody(const Snapshot& snapshot, TermId article);

}  // namespace dossier
