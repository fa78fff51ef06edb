#include "storage/overlay/overlay_terms.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "base/status_macros.h"
#include "rdf/quad.h"
#include "storage/dictionary.h"
#include "storage/name_rows.h"

namespace dossier::storage {

absl::StatusOr<std::optional<TermId>> OverlayTerms::Find(const Term& term) const {
  if (const std::optional<TermId> id = InlineTermId(term); id.has_value()) return id;
  if (const auto found = ids_.find(term); found != ids_.end()) return std::make_optional(found->second);
  return base_->FindTerm(term);
}

absl::StatusOr<TermId> OverlayTerms::Intern(const Term& term) {
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> known, Find(term));
  if (known.has_value() && known->tag() == TermTag::kShortString) DOSSIER_RETURN_IF_ERROR(AddShortString(*known));
  if (known.has_value()) return *known;
  Row components{};
  if (term.is_triple_term()) {
    const Triple& triple = term.triple();
    DOSSIER_ASSIGN_OR_RETURN(components[0], Intern(triple.subject));
    DOSSIER_ASSIGN_OR_RETURN(components[1], Intern(triple.predicate));
    DOSSIER_ASSIGN_OR_RETURN(components[2], Intern(triple.object));
  }
  // The term twice, with its place in the hash table; its text is short or counted twice too.
  constexpr size_t kEntryBytes = 2 * sizeof(Term) + 48;
  const size_t bytes = bytes_ + kEntryBytes + 2 * term.value().size();
  DOSSIER_RETURN_IF_ERROR(reservation_.Resize(bytes));
  bytes_ = bytes;
  const TermId id(DictionaryTag(term), kFirstOverlayPayload + terms_.size());
  terms_.push_back(term);
  ids_.emplace(term, id);
  DOSSIER_RETURN_IF_ERROR(AddNames(NameKey(term), id));
  if (term.is_triple_term()) {
    components[3] = id;
    triple_terms_.push_back({components, true});
  }
  return id;
}

absl::Status OverlayTerms::AddNames(absl::string_view key, TermId id) {
  NameRows rows;
  AppendNameRows(key, id, &rows);
  constexpr size_t kRowBytes = sizeof(Row) + 24;
  const size_t bytes = bytes_ + (rows.whole.size() + rows.words.size()) * kRowBytes;
  DOSSIER_RETURN_IF_ERROR(reservation_.Resize(bytes));
  bytes_ = bytes;
  for (const Row& row : rows.whole) names_.emplace(row, true);
  for (const Row& row : rows.words) name_words_.emplace(row, true);
  return absl::OkStatus();
}

absl::Status OverlayTerms::AddShortString(TermId id) {
  const std::string key = NameKeyOfInline(id);
  if (key.empty() || !short_strings_.insert(id).second) return absl::OkStatus();
  NameScan scan;
  scan.prefix = {NameHash(key), id};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, base_->ScanNames(scan));
  RowBlock block;
  DOSSIER_ASSIGN_OR_RETURN(const bool known, cursor->Next(&block));
  return known ? absl::OkStatus() : AddNames(key, id);
}

ChangedRange OverlayTerms::Names(const NameScan& scan) const {
  const ChangedRows& rows = scan.table == NameTable::kWhole ? names_ : name_words_;
  Row least{};
  Row greatest;
  greatest.fill(TermId::FromBits(~uint64_t{0}));
  std::copy(scan.prefix.begin(), scan.prefix.end(), least.begin());
  std::copy(scan.prefix.begin(), scan.prefix.end(), greatest.begin());
  if (scan.prefix.size() < kMaxColumns) {
    least[scan.prefix.size()] = scan.lower;
    greatest[scan.prefix.size()] = scan.upper;
  }
  return {&rows, rows.lower_bound(least), rows.upper_bound(greatest)};
}

absl::Status OverlayTerms::Get(absl::Span<const TermId> ids, std::vector<Term>* terms) const {
  std::vector<TermId> of_base;
  for (const TermId id : ids) {
    if (!IsOverlayId(id)) of_base.push_back(id);
  }
  if (of_base.size() == ids.size()) return base_->GetTerms(ids, terms);
  std::vector<Term> found;
  DOSSIER_RETURN_IF_ERROR(base_->GetTerms(of_base, &found));
  terms->clear();
  terms->reserve(ids.size());
  auto next = found.begin();
  for (const TermId id : ids) {
    if (!IsOverlayId(id)) {
      terms->push_back(std::move(*next++));
      continue;
    }
    const uint64_t index = id.payload() - kFirstOverlayPayload;
    if (index >= terms_.size()) return absl::DataLossError("an id that is not one of the overlay");
    terms->push_back(terms_[index]);
  }
  return absl::OkStatus();
}

std::vector<RowChange> OverlayTerms::TakeTripleTerms() {
  std::vector<RowChange> taken;
  taken.swap(triple_terms_);
  return taken;
}

}  // namespace dossier::storage
