// Permutations: the sorted copies of the store's rows. A relation is a set of rows of one width; a permutation is that
// relation sorted by one order of its columns. All six orders of (subject, predicate, object) are kept, so that any
// join finds its input sorted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace dossier {

enum class Column : uint8_t { kSubject, kPredicate, kObject, kGraph, kReifier, kTripleTerm };

// The graph column of a row in the default graph is the undefined TermId.
enum class Relation : uint8_t {
  kQuads,         // (subject, predicate, object, graph): every asserted quad.
  kNamedQuads,    // The same rows, those of named graphs only; exists for the graph-first orders.
  kReifications,  // (subject, predicate, object, reifier, graph): `reifier rdf:reifies <<( s p o )>>` in a graph.
  kTripleTerms,   // (subject, predicate, object, triple term): every triple term of the dictionary, by component.
};

enum class Permutation : uint8_t {
  // kQuads
  kSpo,
  kSop,
  kPso,
  kPos,
  kOsp,
  kOps,
  // kNamedQuads
  kGspo,
  kGpos,
  kGosp,
  // kReifications
  kClaimSpo,
  kClaimSop,
  kClaimPso,
  kClaimPos,
  kClaimOsp,
  kClaimOps,
  kClaimReifier,  // Reifier first: what does this claim say?
  // kTripleTerms
  kTermSpo,
  kTermPos,
  kTermOsp,
};
inline constexpr size_t kPermutationCount = 19;
inline constexpr size_t kMaxColumns = 5;

struct PermutationInfo {
  Permutation permutation;
  absl::string_view name;  // "spo", "claim_pos", ...: as shown in plans and used in keys.
  Relation relation;
  uint8_t width;                              // Number of columns.
  std::array<Column, kMaxColumns> columns{};  // In key order; `width` of them count.

  absl::Span<const Column> order() const { return {columns.data(), width}; }
};

const PermutationInfo& GetPermutationInfo(Permutation permutation);

// All of them, in the order of the enumeration.
absl::Span<const PermutationInfo> AllPermutations();

}  // namespace dossier
