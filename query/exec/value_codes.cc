#include "query/exec/value_codes.h"

#include <algorithm>

namespace dossier::exec {

std::optional<uint32_t> ValueCodes::CodeOf(TermId id) const {
  if (!is_listed_) {
    if (id.bits() >> 32U != high_) return std::nullopt;
    return static_cast<uint32_t>(id.bits());
  }
  const auto found = std::lower_bound(listed_.begin(), listed_.end(), id);
  if (found == listed_.end() || *found != id) return std::nullopt;
  return static_cast<uint32_t>(found - listed_.begin());
}

}  // namespace dossier::exec
