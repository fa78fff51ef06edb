// The dictionary: terms to ids and back. A term that is not inline (rdf/term_id.h) has a record, found by id in a term
// block (kTermsPerBlock neighbouring ids in one value), and by text through the term index, a table of rows
// (hash of the record, id). Triple terms are found by component instead, in Permutation::kTermSpo.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "rdf/term_view.h"
#include "storage/block_cache.h"
#include "storage/key_value_store.h"

namespace dossier::storage {

// The tag under which the dictionary keeps `term`. REQUIRES: the term is not inline.
TermTag DictionaryTag(const Term& term);

// The bytes that the dictionary keeps of an IRI, a blank node or a literal. REQUIRES: not a triple term.
std::string TermRecord(const Term& term);
// The same for a literal, appended.
struct LiteralParts {
  absl::string_view lexical;
  absl::string_view qualifier;  // The language tag, or the datatype's IRI.
  bool is_language = false;
  BaseDirection direction = BaseDirection::kNone;
};
void AppendLiteralRecord(const LiteralParts& literal, std::string* record);
// The record of a triple term: the ids of its components.
std::string TripleTermRecord(TermId subject, TermId predicate, TermId object);
absl::StatusOr<std::array<TermId, 3>> ParseTripleTermRecord(absl::string_view record);

// The characters of a literal that has no datatype but string or a language; nullopt for others. Points into `record`.
std::optional<absl::string_view> TextOfRecord(absl::string_view record);

// A hash of a record under its tag.
uint64_t RecordHash(TermTag tag, absl::string_view record);
// The first column of the term index for a record: the upper 40 bits of that hash. Several records may share one.
TermId TermHash(TermTag tag, absl::string_view record);

// A term block: 1 to kTermsPerBlock records, in the order of their ids.
std::string EncodeTermBlock(absl::Span<const std::string> records);
absl::Status DecodeTermBlock(absl::string_view block, std::vector<absl::string_view>* records);

// Reads the dictionary of one snapshot. Thread-safe.
class DictionaryReader {
 public:
  // The snapshot must outlive the reader, and so must the cache of its blocks, where there is one.
  explicit DictionaryReader(const KeyValueSnapshot* snapshot, const SnapshotBlocks* cache = nullptr)
      : snapshot_(snapshot), cache_(cache) {}

  absl::StatusOr<std::optional<TermId>> Find(const Term& term) const;
  // The same for a record and its hash. REQUIRES: not a triple term.
  absl::StatusOr<std::optional<TermId>> FindRecord(TermTag tag, absl::string_view record, TermId hash) const;
  absl::StatusOr<std::optional<TermId>> FindTripleTerm(TermId subject, TermId predicate, TermId object) const;

  absl::StatusOr<Term> Get(TermId id) const;
  absl::Status GetMany(absl::Span<const TermId> ids, std::vector<Term>* terms) const;
  // GetMany without making terms. REQUIRES: `ids` ascend.
  absl::Status Visit(absl::Span<const TermId> ids, TermVisitor visit) const;

 private:
  absl::Status GetNested(absl::Span<const TermId> ids, size_t depth, std::vector<Term>* terms) const;
  // Fills the terms at the positions `order`, which name dictionary ids in ascending order.
  absl::Status ReadTerms(absl::Span<const TermId> ids, absl::Span<const size_t> order, size_t depth,
                         std::vector<Term>* terms) const;
  absl::StatusOr<Term> MakeTerm(TermTag tag, absl::string_view record, size_t depth) const;

  const KeyValueSnapshot* const snapshot_;
  const SnapshotBlocks* const cache_;
};

}  // namespace dossier::storage
