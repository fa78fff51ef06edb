#include "query/term_space.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier {

absl::StatusOr<bool> TermSpace::HasNamedQuads() {
  if (!has_named_quads_.has_value()) {
    ScanSpec all;
    all.permutation = Permutation::kGspo;
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, snapshot_->CountRows(all, /*exact=*/false));
    has_named_quads_ = rows > 0;
  }
  return *has_named_quads_;
}

absl::StatusOr<TermId> TermSpace::Intern(const Term& term) {
  if (std::optional<TermId> id = InlineTermId(term)) return *id;
  if (const auto known = ids_.find(term); known != ids_.end()) return known->second;
  DOSSIER_RETURN_IF_ERROR(Charge(term));
  DOSSIER_ASSIGN_OR_RETURN(std::optional<TermId> stored, snapshot_->FindTerm(term));
  TermId id;
  if (stored.has_value()) {
    id = *stored;
  } else {
    id = TermId(TermTag::kLocal, local_terms_.size());
    local_terms_.push_back(term);
  }
  ids_.emplace(term, id);
  return id;
}

absl::StatusOr<const Term*> TermSpace::Get(TermId id) {
  if (id.tag() == TermTag::kLocal) {
    if (id.payload() >= local_terms_.size()) return absl::InternalError(absl::StrCat("no local term ", id.payload()));
    return &local_terms_[id.payload()];
  }
  if (const auto known = terms_.find(id); known != terms_.end()) return &known->second;
  Term term;
  if (id.is_inline()) {
    term = InlineTerm(id);
  } else {
    DOSSIER_ASSIGN_OR_RETURN(term, snapshot_->GetTerm(id));
  }
  DOSSIER_RETURN_IF_ERROR(Charge(term));
  return &terms_.emplace(id, std::move(term)).first->second;
}

absl::Status TermSpace::Charge(const Term& term) {
  constexpr size_t kEntryBytes = 160;  // A term with its place in a hash table, beside long texts.
  bytes_ += kEntryBytes + term.value().size();
  return memory_.has_value() ? memory_->Resize(bytes_) : absl::OkStatus();
}

}  // namespace dossier
