// Gives ids to the terms of a commit and writes those that are new.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "storage/dictionary.h"
#include "storage/key_value_store.h"
#include "storage/metadata.h"
#include "storage/name_rows.h"
#include "storage/permutation_writer.h"

namespace dossier::storage {

// For the commits of one batch. Not thread-safe.
class DictionaryWriter {
 public:
  // Both must outlive the writer. Takes the ids of new terms from `state`.
  DictionaryWriter(const KeyValueSnapshot* snapshot, StoreState* state);

  // The id of the term, a new one when it has none yet.
  absl::StatusOr<TermId> Intern(const Term& term);
  // The id of the term, one that Intern gave or one that it had before; nullopt when it has none.
  absl::StatusOr<std::optional<TermId>> Find(const Term& term);

  // Adds the new terms to `batch`.
  absl::Status Finish(WriteBatch* batch);

 private:
  TermId Add(TermTag tag, std::string record);
  absl::StatusOr<TermId> InternTripleTerm(const Term& term);
  absl::Status WriteTermBlocks(TermTag tag, WriteBatch* batch) const;
  absl::Status WriteNames(WriteBatch* batch) const;
  absl::Status WriteTripleTerms(WriteBatch* batch) const;

  const KeyValueSnapshot* const snapshot_;
  StoreState* const state_;
  const StoreState before_;
  const DictionaryReader reader_;
  absl::flat_hash_map<Term, std::optional<TermId>> found_;  // What the snapshot has.
  absl::flat_hash_map<Term, TermId> added_;
  std::array<std::vector<std::string>, 4> records_;  // New ones by tag.
  std::vector<RowChange> index_rows_;
  NameRows name_rows_;
  std::vector<Row> triple_terms_;  // (subject, predicate, object, triple term)
};

}  // namespace dossier::storage
