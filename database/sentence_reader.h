// The sentences that the claims of an answer cite, from the texts of articles.
#pragma once

#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "database/article_texts.h"
#include "query/ask/ask.h"
#include "storage/snapshot.h"

namespace dossier {

// Remembers the first failure to read a text: an answer with silent gaps would mislead.
class SentenceReader {
 public:
  explicit SentenceReader(std::shared_ptr<const Snapshot> snapshot) : texts_(std::move(snapshot)) {}
  SentenceReader(const SentenceReader&) = delete;
  SentenceReader& operator=(const SentenceReader&) = delete;

  // To be called while this reader lives.
  ask::SentenceLookup lookup() {
    return [this](const Term& article, int64_t paragraph, int64_t number) {
      absl::StatusOr<std::string> text = texts_.Sentence(article, paragraph, number);
      if (!text.ok()) status_.Update(text.status());
      return text.ok() ? *std::move(text) : std::string();
    };
  }
  const absl::Status& status() const { return status_; }

 private:
  ArticleTexts texts_;
  absl::Status status_;
};

}  // namespace dossier
