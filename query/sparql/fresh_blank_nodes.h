// Blank nodes that no store has yet.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "rdf/quad.h"
#include "rdf/term.h"

namespace dossier::sparql {

// Not thread-safe. The labels of one maker begin alike, with 64 random bits, so that those of two never meet.
class FreshBlankNodes {
 public:
  FreshBlankNodes() {
    std::random_device random;
    const uint64_t high = random();
    prefix_ = absl::StrCat("u", absl::Hex(high << 32U | random(), absl::kZeroPad16), "n");
  }

  Term Next() { return Term::BlankNode(absl::StrCat(prefix_, ++count_)); }

 private:
  std::string prefix_;
  uint64_t count_ = 0;
};

// The blank nodes that the labels of one operation's data stand for. Not thread-safe.
class BlankNodeScope {
 public:
  // It must outlive the scope.
  explicit BlankNodeScope(FreshBlankNodes* fresh) : fresh_(fresh) {}

  Quad Renamed(const Quad& quad) { return {Renamed(quad.subject), quad.predicate, Renamed(quad.object), quad.graph}; }

 private:
  Term Renamed(const Term& term) {
    if (term.is_blank_node()) {
      const auto [place, is_new] = nodes_.try_emplace(term.value());
      if (is_new) place->second = fresh_->Next();
      return place->second;
    }
    if (!term.is_triple_term()) return term;
    const Triple& triple = term.triple();
    return Term::TripleTerm({Renamed(triple.subject), triple.predicate, Renamed(triple.object)});
  }

  FreshBlankNodes* const fresh_;
  absl::flat_hash_map<std::string, Term> nodes_;
};

}  // namespace dossier::sparql
