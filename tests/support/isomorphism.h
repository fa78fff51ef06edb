// Whether two data sets are the same up to the labels of their blank nodes.
#pragma once

#include <vector>

#include "rdf/quad.h"

namespace dossier {

// Duplicates do not count. Exponential in the worst case: for the small data sets of tests.
bool AreIsomorphic(const std::vector<Quad>& a, const std::vector<Quad>& b);

}  // namespace dossier
