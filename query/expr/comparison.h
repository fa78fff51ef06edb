// Comparing terms: SPARQL's operators = and < (section 17.3), and the total order of ORDER BY (section 15.1).
#pragma once

#include <compare>
#include <optional>

#include "rdf/term.h"

namespace dossier {

// RDFterm-equal extended to values; nullopt is a type error: two different literals of which nobody knows the values.
std::optional<bool> ValuesEqual(const Term& a, const Term& b);

// The order of two values; nullopt is a type error, also for moments of which one has a time zone and the other, near
// to it, has none. Vague times (EDTF) compare when one lies wholly before the other.
std::optional<std::partial_ordering> CompareValuesOf(const Term& a, const Term& b);

// A total order in which values that compare do so: blank nodes, IRIs, literals (numbers, times, booleans, strings,
// others), triple terms. Times of all types compare by begin, then by end. Negative, zero (same term) or positive.
int CompareTermsForOrder(const Term& a, const Term& b);

}  // namespace dossier
