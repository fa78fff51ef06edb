// Articles as statements: which entity an article is, and the quads that say what is known of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/article_json.h"
#include "rdf/quad.h"
#include "storage/snapshot.h"

namespace dossier {

// Not thread-safe. Knows the articles of one snapshot by their schema:identifier.
class ArticleGraph {
 public:
  static absl::StatusOr<std::unique_ptr<ArticleGraph>> Make(std::shared_ptr<const Snapshot> snapshot);

  // The article whose identifier is the longest one that `name` begins with; what follows it must not be a letter or a
  // digit. NotFound and FailedPrecondition (several articles have that identifier) tell the reason to people.
  absl::StatusOr<Term> FindByFileName(absl::string_view name) const;

  // The statements of `record`. An article with its id is taken as it is and gets the text; otherwise a new one is
  // made. Its publisher and its authors are entities: the one with that label if there is exactly one, else a new one.
  absl::Status AddRecord(const ArticleRecord& record, std::vector<Quad>* assertions, std::vector<Quad>* retractions);

  // The statement that `text` is the text of `article`, and the retraction of other texts. Line ends become "\n".
  // FailedPrecondition when this object has given the article another text before.
  absl::Status AddText(const Term& article, absl::string_view text, std::vector<Quad>* assertions,
                       std::vector<Quad>* retractions);

 private:
  explicit ArticleGraph(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}

  absl::StatusOr<Term> FindAgent(const std::string& name, absl::string_view type, std::vector<Quad>* assertions);

  std::shared_ptr<const Snapshot> snapshot_;
  absl::flat_hash_map<std::string, std::vector<Term>> articles_;  // By identifier.
  absl::flat_hash_map<std::string, Term> agents_;                 // By name, as far as met.
  absl::flat_hash_map<Term, size_t> texts_;                       // Hash of the text given to an article.
};

}  // namespace dossier
