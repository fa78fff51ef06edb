// Gives the terms of a bulk load their ids, whatever their number: the terms of each batch (storage/bulk/term_batch.h)
// are set aside, and those of several batches are merged by hash and record, so that a term that occurs in more than
// one gets one id: the one that it has in the store already, or a new one, in the order of first appearance.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "rdf/term_id.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/ranked_bits.h"
#include "storage/bulk/row_file.h"
#include "storage/bulk/row_sorter.h"
#include "storage/bulk/spill_file.h"
#include "storage/bulk/term_batch.h"
#include "storage/bulk/term_block_writer.h"
#include "storage/dictionary.h"
#include "storage/name_rows.h"

namespace dossier::storage {

// Call AddBatch for every batch, then MergeBatches, then BeginBatch, WriteBatch and Resolve for each batch in the same
// order, then Finish.
class DictionaryLoader {
 public:
  // `context` outlives the loader.
  static absl::StatusOr<std::unique_ptr<DictionaryLoader>> Create(const LoadContext& context);

  // `last`: no other batch follows.
  absl::Status AddBatch(const TermBatch& batch, bool last);
  size_t batches() const { return batches_.size(); }

  absl::Status MergeBatches();

  // After MergeBatches: the payload that the next new term of a tag would have after the load.
  uint64_t end(TermTag tag) const { return end_[TagIndex(tag)]; }

  // Finds the ids of the terms of the batch.
  absl::Status BeginBatch(size_t batch);
  // Writes its new terms to the dictionary; another thread may call Resolve meanwhile.
  absl::Status WriteBatch(size_t batch);
  // The id of a term of the batch begun last; inline and undefined ids are themselves.
  TermId Resolve(TermId id) const { return id.is_dictionary() ? ids_[TagIndex(id.tag())][id.payload()] : id; }

  // Adds the name of a short string, which is inline but found by name as others are. Not beside WriteBatch.
  absl::Status AddShortString(TermId id);

  // Hands over the runs of the dictionary, and adds the new terms to `state`.
  absl::Status Finish(std::vector<std::unique_ptr<SortedRun>>* runs, StoreState* state);
  // After Finish: the rows that the new terms add to the term index, and (subject, predicate, object, triple term) of
  // every new triple term.
  RowStream* index_rows() { return index_rows_.get(); }
  // After Finish: the rows of names of the new terms, and of all short strings, which the store may have already.
  RowStream* name_rows(NameTable table) { return table == NameTable::kWhole ? names_.get() : name_words_.get(); }
  const RowFile& triple_terms() const { return *triple_terms_; }

 private:
  struct Batch {
    std::array<size_t, kDictionaryTags> terms{};
    // The terms that the store does not have and no batch before.
    std::array<RankedBits, kDictionaryTags> first;
    std::array<uint64_t, kDictionaryTags> first_payload{};
    bool has_known = false;
    SpillExtent known;    // For each tag, the ids that the store has for the terms; undefined where it has none.
    SpillExtent ordered;  // Hash and record of the others, by tag and number.
    SpillExtent sorted;   // Hash, tag, record, number of the others, by hash, tag, record.
  };
  using KnownIds = std::array<std::vector<TermId>, kDictionaryTags>;
  struct NewTerms;

  explicit DictionaryLoader(const LoadContext& context);

  absl::Status FindKnown(const TermBatch& batch, KnownIds* known) const;
  absl::Status FindKnownTripleTerms(const TermBatch& batch, KnownIds* known) const;
  absl::Status SpillKnown(const KnownIds& known, Batch* info);
  absl::Status SpillOrdered(const TermBatch& batch, const KnownIds& known, NewTerms* added, Batch* info);
  absl::Status AddNames(absl::string_view key, TermId id);
  absl::Status SpillSorted(NewTerms* added, Batch* info);
  absl::Status MergeSorted();
  absl::Status ReadKnown(const Batch& info);
  absl::Status WriteNewTerms(const Batch& info, TermTag tag, SpillReader* ordered);

  const LoadContext& context_;
  const DictionaryReader reader_;
  std::vector<Batch> batches_;
  std::array<uint64_t, kDictionaryTags> end_{};
  std::unique_ptr<SpillFile> known_file_;
  std::unique_ptr<SpillFile> ordered_file_;
  std::unique_ptr<SpillFile> sorted_file_;

  // (batch, number, first batch, number there) of terms that an earlier batch had.
  RowSorter repeats_;
  RowPeeker next_repeat_;
  KnownIds ids_;  // Of the batch begun last.
  std::unique_ptr<RowSorter> index_rows_;
  std::unique_ptr<RowSorter> names_;
  std::unique_ptr<RowSorter> name_words_;
  NameRows added_names_;  // Of one term.
  std::unique_ptr<RowFile> triple_terms_;
  std::vector<TermBlockWriter> writers_;  // By tag.
};

}  // namespace dossier::storage
