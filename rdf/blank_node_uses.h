// How often and where a data set refers to its blank nodes: what a writer has to know before it leaves a label out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rdf/quad.h"

namespace dossier {

class BlankNodeUses {
 public:
  explicit BlankNodeUses(const std::vector<Quad>& quads);

  // Nothing refers to the node but the triples of which it is the subject.
  bool IsUnreferenced(const Term& node) const;
  // Exactly one triple has the node as its object, in the graph where the node's own triples are.
  bool IsReferencedOnce(const Term& node) const;

 private:
  struct Uses {
    size_t as_object = 0;
    bool elsewhere = false;  // In a triple term, as a graph's name, or in two graphs.
    bool seen = false;
    std::optional<Term> graph;  // Where it was seen first.
  };

  void Note(const Term& term, bool as_object, const std::optional<Term>& graph);
  void NoteElsewhere(const Term& term);

  absl::flat_hash_map<std::string, Uses> uses_;
};

}  // namespace dossier
