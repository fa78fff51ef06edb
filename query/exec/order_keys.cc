#include "query/exec/order_keys.h"

#include <algorithm>

#include "base/status_macros.h"

namespace dossier::exec {

absl::Status OrderKeyReader::Read(absl::Span<const TermId> ids, std::vector<OrderKey>* keys) {
  constexpr size_t kMostKnown = size_t{1} << 16;
  if (known_.size() > kMostKnown) known_.clear();
  keys->assign(ids.size(), 0);
  wanted_.clear();
  for (size_t i = 0; i < ids.size(); ++i) {
    if (const std::optional<OrderKey> key = OrderKeyOf(ids[i])) {
      (*keys)[i] = *key;
    } else if (!known_.contains(ids[i])) {
      wanted_.push_back(ids[i]);
    }
  }
  std::sort(wanted_.begin(), wanted_.end());
  wanted_.erase(std::unique(wanted_.begin(), wanted_.end()), wanted_.end());
  // Terms that the query made have tags above those of the dictionary.
  const auto first_local =
      std::partition_point(wanted_.begin(), wanted_.end(), [](TermId id) { return id.tag() < TermTag::kLocal; });
  const auto stored = absl::MakeConstSpan(wanted_).first(static_cast<size_t>(first_local - wanted_.begin()));
  DOSSIER_RETURN_IF_ERROR(context_->snapshot->VisitTerms(stored, [&](size_t i, const TermView& term) {
    known_.emplace(stored[i], OrderKeyOf(term));
    return absl::OkStatus();
  }));
  for (auto id = first_local; id != wanted_.end(); ++id) {
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, context_->terms->Get(*id));
    known_.emplace(*id, OrderKeyOf(TermView(*term)));
  }
  if (known_.empty()) return absl::OkStatus();
  for (size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].is_undefined() || ids[i].is_inline()) continue;
    (*keys)[i] = known_.find(ids[i])->second;
  }
  return absl::OkStatus();
}

}  // namespace dossier::exec
