#include "query/term_space.h"

#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier {
namespace {

// A term with its place in a hash table, beside a long text.
size_t BytesOf(const Term& term) {
  constexpr size_t kEntryBytes = 160;
  return kEntryBytes + term.value().size();
}

}  // namespace

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
  if (const auto known = local_ids_.find(term); known != local_ids_.end()) return known->second;
  if (const auto known = stored_ids_.find(term); known != stored_ids_.end()) return known->second;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> stored, snapshot_->FindTerm(term));
  if (stored.has_value()) {
    DOSSIER_RETURN_IF_ERROR(Charge(&stored_bytes_, term));
    stored_ids_.emplace(term, *stored);
    return *stored;
  }
  DOSSIER_RETURN_IF_ERROR(Charge(&local_bytes_, term));
  const TermId id(TermTag::kLocal, next_local_++);
  local_terms_.emplace(id, term);
  local_ids_.emplace(term, id);
  return id;
}

absl::StatusOr<const Term*> TermSpace::Get(TermId id) {
  if (id.tag() == TermTag::kLocal) {
    const auto known = local_terms_.find(id);
    if (known == local_terms_.end()) return absl::InternalError(absl::StrCat("no local term ", id.payload()));
    return &known->second;
  }
  if (const auto known = stored_terms_.find(id); known != stored_terms_.end()) return &known->second;
  Term term;
  if (id.is_inline()) {
    term = InlineTerm(id);
  } else {
    DOSSIER_ASSIGN_OR_RETURN(term, snapshot_->GetTerm(id));
  }
  DOSSIER_RETURN_IF_ERROR(Charge(&stored_bytes_, term));
  return &stored_terms_.emplace(id, std::move(term)).first->second;
}

void TermSpace::ForgetLocal(uint64_t first, TermId kept) {
  bool forgotten = false;
  for (; next_local_ > first; ++first) {
    const TermId id(TermTag::kLocal, first);
    const auto known = local_terms_.find(id);
    if (id == kept || known == local_terms_.end()) continue;
    local_bytes_ -= BytesOf(known->second);
    local_ids_.erase(known->second);
    local_terms_.erase(known);
    forgotten = true;
  }
  if (forgotten) Settle();
}

void TermSpace::ForgetStored() {
  // New tables, so that the room of the old ones is given back too.
  stored_terms_ = {};
  stored_ids_ = {};
  stored_bytes_ = 0;
  Settle();
}

absl::Status TermSpace::Charge(size_t* bytes, const Term& term) {
  *bytes += BytesOf(term);
  absl::Status status = memory_.has_value() ? memory_->Resize(stored_bytes_ + local_bytes_) : absl::OkStatus();
  if (!status.ok()) *bytes -= BytesOf(term);
  return status;
}

void TermSpace::Settle() {
  if (!memory_.has_value()) return;
  const absl::Status status = memory_->Resize(stored_bytes_ + local_bytes_);
  assert(status.ok());  // It shrinks.
  (void)status;
}

}  // namespace dossier
