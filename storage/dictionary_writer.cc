#include "storage/dictionary_writer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/quad.h"
#include "storage/key_layout.h"
#include "storage/row_permuter.h"

namespace dossier::storage {

DictionaryWriter::DictionaryWriter(const KeyValueSnapshot* snapshot, StoreState* state)
    : snapshot_(snapshot), state_(state), before_(*state), reader_(snapshot) {}

absl::StatusOr<std::optional<TermId>> DictionaryWriter::Find(const Term& term) {
  if (const std::optional<TermId> id = InlineTermId(term); id.has_value()) return id;
  if (const auto it = added_.find(term); it != added_.end()) return std::make_optional(it->second);
  if (const auto it = found_.find(term); it != found_.end()) return it->second;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, reader_.Find(term));
  found_.emplace(term, id);
  return id;
}

absl::StatusOr<TermId> DictionaryWriter::Intern(const Term& term) {
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> known, Find(term));
  // The names of short strings are not known to be there: adding them twice changes nothing.
  if (known.has_value() && known->is_inline()) AppendNameRows(NameKeyOfInline(*known), *known, &name_rows_);
  if (known.has_value()) return *known;
  if (term.is_triple_term()) return InternTripleTerm(term);
  const TermTag tag = DictionaryTag(term);
  std::string record = TermRecord(term);
  const TermId hash = TermHash(tag, record);
  const TermId id = Add(tag, std::move(record));
  index_rows_.push_back({Row{hash, id}, true});
  AppendNameRows(NameKey(term), id, &name_rows_);
  added_.emplace(term, id);
  return id;
}

absl::StatusOr<TermId> DictionaryWriter::InternTripleTerm(const Term& term) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId subject, Intern(term.triple().subject));
  DOSSIER_ASSIGN_OR_RETURN(const TermId predicate, Intern(term.triple().predicate));
  DOSSIER_ASSIGN_OR_RETURN(const TermId object, Intern(term.triple().object));
  const TermId id = Add(TermTag::kTripleTerm, TripleTermRecord(subject, predicate, object));
  triple_terms_.push_back({subject, predicate, object, id});
  added_.emplace(term, id);
  return id;
}

TermId DictionaryWriter::Add(TermTag tag, std::string record) {
  records_[static_cast<size_t>(tag) - 1].push_back(std::move(record));
  return {tag, state_->next(tag)++};
}

absl::Status DictionaryWriter::Finish(WriteBatch* batch) {
  for (const TermTag tag : {TermTag::kIri, TermTag::kBlankNode, TermTag::kLiteral, TermTag::kTripleTerm}) {
    DOSSIER_RETURN_IF_ERROR(WriteTermBlocks(tag, batch));
  }
  std::sort(index_rows_.begin(), index_rows_.end(),
            [](const RowChange& a, const RowChange& b) { return a.row < b.row; });
  DOSSIER_RETURN_IF_ERROR(ApplyRowChanges(kTermIndexTable, index_rows_, *snapshot_, batch));
  DOSSIER_RETURN_IF_ERROR(WriteNames(batch));
  return WriteTripleTerms(batch);
}

absl::Status DictionaryWriter::WriteNames(WriteBatch* batch) const {
  for (const NameTable table : {NameTable::kWhole, NameTable::kWords}) {
    std::vector<Row> rows = table == NameTable::kWhole ? name_rows_.whole : name_rows_.words;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<RowChange> changes;
    changes.reserve(rows.size());
    for (const Row& row : rows) changes.push_back({row, true});
    DOSSIER_RETURN_IF_ERROR(ApplyRowChanges(TableOf(table), changes, *snapshot_, batch));
  }
  return absl::OkStatus();
}

absl::Status DictionaryWriter::WriteTermBlocks(TermTag tag, WriteBatch* batch) const {
  const std::vector<std::string>& added = records_[static_cast<size_t>(tag) - 1];
  if (added.empty()) return absl::OkStatus();
  uint64_t block_number = before_.next(tag) / kTermsPerBlock;
  std::vector<std::string> records;
  if (const uint64_t already = before_.next(tag) % kTermsPerBlock; already != 0) {
    // The last block is not full yet.
    std::string value;
    std::vector<absl::string_view> old_records;
    DOSSIER_ASSIGN_OR_RETURN(const bool found, snapshot_->Get(Family::kTerms, TermBlockKey(tag, block_number), &value));
    if (found) DOSSIER_RETURN_IF_ERROR(DecodeTermBlock(value, &old_records));
    if (old_records.size() != already) return absl::DataLossError("damaged dictionary: the last terms are missing");
    for (const absl::string_view record : old_records) records.emplace_back(record);
  }
  for (const std::string& record : added) {
    records.push_back(record);
    if (records.size() < kTermsPerBlock) continue;
    batch->Put(Family::kTerms, TermBlockKey(tag, block_number++), EncodeTermBlock(records));
    records.clear();
  }
  if (!records.empty()) batch->Put(Family::kTerms, TermBlockKey(tag, block_number), EncodeTermBlock(records));
  return absl::OkStatus();
}

absl::Status DictionaryWriter::WriteTripleTerms(WriteBatch* batch) const {
  std::vector<RowChange> changes;
  for (const Row& row : triple_terms_) changes.push_back({row, true});
  for (const PermutationInfo& info : AllPermutations()) {
    if (info.relation != Relation::kTripleTerms) continue;
    DOSSIER_RETURN_IF_ERROR(
        ApplyRowChanges(TableOf(info.permutation), PermuteChanges(changes, info), *snapshot_, batch));
  }
  return absl::OkStatus();
}

}  // namespace dossier::storage
