#include "rdf/blank_node_uses.h"

namespace dossier {

BlankNodeUses::BlankNodeUses(const std::vector<Quad>& quads) {
  for (const Quad& quad : quads) {
    Note(quad.subject, /*as_object=*/false, quad.graph);
    Note(quad.object, /*as_object=*/true, quad.graph);
    if (quad.graph.has_value()) NoteElsewhere(*quad.graph);
  }
}

bool BlankNodeUses::IsUnreferenced(const Term& node) const {
  const Uses& uses = uses_.at(node.value());
  return uses.as_object == 0 && !uses.elsewhere;
}

bool BlankNodeUses::IsReferencedOnce(const Term& node) const {
  const Uses& uses = uses_.at(node.value());
  return uses.as_object == 1 && !uses.elsewhere;
}

void BlankNodeUses::Note(const Term& term, bool as_object, const std::optional<Term>& graph) {
  if (term.is_triple_term()) {
    NoteElsewhere(term.triple().subject);
    NoteElsewhere(term.triple().object);
  }
  if (!term.is_blank_node()) return;
  Uses& uses = uses_[term.value()];
  uses.as_object += as_object ? 1 : 0;
  if (uses.seen && uses.graph != graph) uses.elsewhere = true;
  uses.seen = true;
  uses.graph = graph;
}

void BlankNodeUses::NoteElsewhere(const Term& term) {
  if (term.is_blank_node()) uses_[term.value()].elsewhere = true;
  if (term.is_triple_term()) {
    NoteElsewhere(term.triple().subject);
    NoteElsewhere(term.triple().object);
  }
}

}  // namespace dossier
