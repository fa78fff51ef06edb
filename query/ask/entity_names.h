// The names of a store's entities: labels, aliases, identifiers of articles, and the ends of IRIs where there is no
// label. They are looked up in the store when they are asked for (storage/name_scan.h), so that neither opening a store
// nor a commit costs by how many names there are. What was found is kept for the next time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "base/text.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Thread-safe after Exclude. What cannot be read is not found: whoever concludes anything from what was not found asks
// status() first.
class EntityNames {
 public:
  explicit EntityNames(std::shared_ptr<const Snapshot> snapshot);

  // Things that are no entities: relations, classes, units and the like. Before any name is looked for.
  void Exclude(absl::flat_hash_set<TermId> things) { excluded_ = std::move(things); }

  // The first error of the store since the beginning.
  absl::Status status() const;

  // The name that answers show: the label or, of an IRI that has none and is no claim, the end of it; else empty.
  std::string Label(TermId thing) const;

  // Reads the labels of many things in one go, for Label.
  absl::Status Prefetch(std::vector<TermId> things) const;

  // The entities that a folded name (PhraseKey) may mean, ascending.
  std::vector<TermId> Find(absl::string_view key) const;
  bool Contains(absl::string_view key) const { return !Find(key).empty(); }
  // Whether a longer name may begin with `key` and a blank. False only if none does.
  bool HasLonger(absl::string_view key) const;
  // The entity whose dossier:primaryName this is.
  std::optional<TermId> PrimaryOf(absl::string_view key) const;

  // An entity by one of its names.
  struct Named {
    std::string key;  // Folded.
    TermId entity;
  };
  // Those whose name is spelled like `key` after another system of romanisation; each entity once.
  std::vector<Named> Respellings(absl::string_view key) const;
  // Those with a name that begins with the words of `key` and goes on; each entity once.
  std::vector<Named> Continuations(absl::string_view key) const;
  // Those whose name is near `key`: at most `limit` letters differ, or it is a part of the name, which counts as one
  // letter. In a store of many names, of those that have a word which begins like one of the key's.
  struct Near {
    size_t distance = 0;
    TermId entity;
  };
  std::vector<Near> NearTo(absl::string_view key, size_t limit) const;
  // Those with a name of which a word begins with `prefix` (folded, may go on beyond the word). Of very many names,
  // those that came into the store first; about `maximum`. An empty prefix fits all.
  std::vector<TermId> BeginningWith(absl::string_view prefix, size_t maximum) const;
  // The stems of the words of each name of a thing; read once.
  using StemsOfNames = std::vector<std::vector<std::string>>;
  std::shared_ptr<const StemsOfNames> NameStems(TermId thing) const;
  // Identifiers of articles that begin with `prefix`, folded and sorted; at most `maximum`.
  std::vector<std::string> Identifiers(absl::string_view prefix, size_t maximum) const;

 private:
  using Pairs = std::vector<std::pair<TermId, TermId>>;

  void Note(const absl::Status& status) const;
  absl::StatusOr<std::vector<TermId>> Terms(TermId hash, absl::string_view key) const;
  absl::StatusOr<std::vector<TermId>> TermsBeginningWith(absl::string_view prefix, size_t maximum) const;
  absl::StatusOr<std::vector<TermId>> FirstEntities(size_t maximum) const;
  // A name that may be near another, folded.
  struct Keyed {
    TermId id;
    bool of_article = false;  // "article" and what may be its identifier.
    std::string key;
    LetterSet letters;
  };
  using KeyedNames = std::vector<Keyed>;
  absl::StatusOr<std::vector<TermId>> TermsNear(absl::string_view key, size_t limit, bool* all) const;
  absl::StatusOr<std::shared_ptr<const KeyedNames>> NamesNear(absl::string_view key, size_t limit) const;
  absl::StatusOr<Pairs> EntitiesOf(absl::Span<const TermId> names, size_t each) const;
  absl::Status AddSubjects(TermId predicate, bool alias, absl::Span<const TermId> names, size_t each,
                           Pairs* found) const;
  absl::StatusOr<std::vector<TermId>> ArticlesOf(TermId identifier) const;
  absl::StatusOr<bool> IsEntity(TermId thing) const;
  absl::StatusOr<bool> IsUnlabelledEntity(TermId iri) const;
  absl::StatusOr<bool> IsClaim(TermId thing) const;
  absl::StatusOr<bool> HasRow(Permutation permutation, std::vector<TermId> prefix) const;
  absl::StatusOr<std::string> ReadLabel(TermId thing) const;
  absl::StatusOr<std::vector<TermId>> ReadEntities(absl::string_view key) const;

  const std::shared_ptr<const Snapshot> snapshot_;
  absl::flat_hash_set<TermId> excluded_;
  // Predicates that some triple has.
  std::vector<TermId> labels_;   // The best first.
  std::vector<TermId> aliases_;  // dossier:primaryName among them.
  std::vector<TermId> of_claims_;
  TermId primary_name_;
  TermId identifier_;
  TermId type_;
  TermId article_;

  mutable absl::Mutex mutex_;
  mutable absl::Status status_ ABSL_GUARDED_BY(mutex_);
  mutable absl::flat_hash_map<std::string, std::vector<TermId>> known_entities_ ABSL_GUARDED_BY(mutex_);
  mutable absl::flat_hash_map<std::string, bool> known_longer_ ABSL_GUARDED_BY(mutex_);
  mutable absl::flat_hash_map<TermId, std::string> known_labels_ ABSL_GUARDED_BY(mutex_);
  mutable absl::flat_hash_map<TermId, std::shared_ptr<const StemsOfNames>> known_stems_ ABSL_GUARDED_BY(mutex_);
  mutable std::shared_ptr<const KeyedNames> all_names_
      ABSL_GUARDED_BY(mutex_);  // Null before, and where they are many.
};

}  // namespace dossier::ask
