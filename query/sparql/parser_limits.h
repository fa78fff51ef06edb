// How large a SPARQL request may be.
#pragma once

#include <cstddef>

namespace dossier::sparql {

// Groups, brackets and expressions may be nested this deep, so that neither parsing nor what comes after it can
// exhaust the stack.
inline constexpr size_t kMaximumNesting = 200;

// Longer texts are refused: parsing holds a tree of the text in memory, of some 250 bytes for each of its bytes.
inline constexpr size_t kMaximumRequestBytes = 4 << 20;

}  // namespace dossier::sparql
