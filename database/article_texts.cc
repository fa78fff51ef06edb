#include "database/article_texts.h"

#include <optional>

#include "base/status_macros.h"
#include "database/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier {

absl::StatusOr<std::string> ArticleTexts::Sentence(const Term& article, int64_t paragraph, int64_t sentence) {
  DOSSIER_ASSIGN_OR_RETURN(const bool has_texts, HasTexts());
  if (!has_texts) return std::string();
  DOSSIER_ASSIGN_OR_RETURN(const Text* text, Get(article));
  if (paragraph < 1 || paragraph > static_cast<int64_t>(text->paragraphs.size())) return std::string();
  const std::vector<absl::string_view>& sentences = text->paragraphs[paragraph - 1].sentences;
  if (sentence < 1 || sentence > static_cast<int64_t>(sentences.size())) return std::string();
  return std::string(sentences[sentence - 1]);
}

absl::StatusOr<bool> ArticleTexts::HasTexts() {
  if (!has_texts_.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> body,
                             snapshot_->FindTerm(Term::Iri(std::string(schema::kArticleBody))));
    has_texts_ = body.has_value() && snapshot_->statistics().quads.predicates.contains(*body);
  }
  return *has_texts_;
}

absl::StatusOr<const ArticleTexts::Text*> ArticleTexts::Get(const Term& article) {
  const auto [it, is_new] = texts_.try_emplace(article);
  if (is_new) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot_->FindTerm(article));
    if (id.has_value()) {
      DOSSIER_ASSIGN_OR_RETURN(it->second.body, ReadArticleBody(*snapshot_, *id));
      it->second.paragraphs = SplitParagraphs(it->second.body);
    }
  }
  return &it->second;
}

absl::StatusOr<std::string> ReadArticleBody(const Snapshot& snapshot, TermId article) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> bodies, ObjectsOf(snapshot, article, schema::kArticleBody));
  if (bodies.empty()) return std::string();
  DOSSIER_ASSIGN_OR_RETURN(const Term body, snapshot.GetTerm(bodies.front()));
  return body.value();
}

}  // namespace dossier
