// Random quads and claims for tests that compare a store with a model.
#pragma once

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"
#include "tests/storage/store_test_support.h"

namespace dossier {

// Quads of a small world, so that commits often meet what is there already.
class RandomQuads {
 public:
  RandomQuads(uint64_t seed, uint64_t nodes) : random_(seed), nodes_(nodes) {}

  uint64_t Below(uint64_t limit) { return random_() % limit; }

  Quad Next() {
    Quad quad{Subject(), Node(absl::StrCat("p", Below(5))), Object(2), std::nullopt};
    switch (Below(12)) {
      case 0:
      case 1:
      case 2:
        quad.predicate = Term::Iri(std::string(rdf::kReifies));
        quad.object = Term::TripleTerm(Inner(1));
        break;
      case 3: quad.object = Term::TripleTerm(Inner(1)); break;
      case 4: quad.predicate = Term::Iri(std::string(rdf::kReifies)); break;
      default: break;
    }
    if (Below(4) == 0) quad.graph = Node(absl::StrCat("g", Below(3)));
    return quad;
  }

  std::vector<Quad> Some(uint64_t count) {
    std::vector<Quad> quads;
    for (uint64_t i = 0; i < count; ++i) quads.push_back(Next());
    return quads;
  }

  // Each quad with the given chance.
  std::vector<Quad> Pick(const std::set<Quad>& from, uint64_t percent) {
    std::vector<Quad> quads;
    for (const Quad& quad : from) {
      if (Below(100) < percent) quads.push_back(quad);
    }
    return quads;
  }

 private:
  Term Subject() {
    return Below(8) == 0 ? Term::BlankNode(absl::StrCat("b", Below(nodes_))) : Node(absl::StrCat("n", Below(nodes_)));
  }

  Triple Inner(int depth) { return {Subject(), Node(absl::StrCat("p", Below(5))), Object(depth)}; }

  Term Object(int depth) {
    switch (Below(8)) {
      case 0: return Number(static_cast<int>(Below(nodes_)));
      case 1: return Term::LanguageTagged(absl::StrCat("label ", Below(nodes_)), "en");
      case 2: return Term::String(absl::StrCat("s", Below(nodes_)));
      case 3: return Term::String(absl::StrCat("a longer string ", Below(nodes_)));
      case 4: return depth > 0 && Below(4) == 0 ? Term::TripleTerm(Inner(depth - 1)) : Subject();
      default: return Subject();
    }
  }

  std::mt19937_64 random_;
  const uint64_t nodes_;
};

}  // namespace dossier
