// Numbers that stand for the places of terms in ORDER BY's order, so that most rows are compared without their terms.
#pragma once

#include <cstdint>
#include <optional>

#include "rdf/term_id.h"
#include "rdf/term_view.h"

namespace dossier {

// Where the keys of two terms differ, the terms are in the order of the keys (CompareTermsForOrder); terms with equal
// keys may be in any. The key of "unbound" is 0, and less than all others.
using OrderKey = uint64_t;

// Of an inline or undefined id; nullopt for any other.
std::optional<OrderKey> OrderKeyOf(TermId id);
OrderKey OrderKeyOf(const TermView& term);

}  // namespace dossier
