// Triples and quads: what data sets are made of.
#pragma once

#include <optional>
#include <tuple>
#include <utility>

#include "rdf/term.h"
#include "rdf/vocabulary.h"

namespace dossier {

struct Triple {
  Term subject;
  Term predicate;
  Term object;

  friend bool operator==(const Triple&, const Triple&) = default;
  friend bool operator<(const Triple& a, const Triple& b) {
    return std::tie(a.subject, a.predicate, a.object) < std::tie(b.subject, b.predicate, b.object);
  }
  template <typename H>
  friend H AbslHashValue(H h, const Triple& t) {
    return H::combine(std::move(h), t.subject, t.predicate, t.object);
  }
};

// A triple in a graph; no graph means the default graph.
struct Quad {
  Term subject;
  Term predicate;
  Term object;
  std::optional<Term> graph;

  Triple triple() const { return {subject, predicate, object}; }

  friend bool operator==(const Quad&, const Quad&) = default;
  friend bool operator<(const Quad& a, const Quad& b) {
    return std::tie(a.graph, a.subject, a.predicate, a.object) < std::tie(b.graph, b.subject, b.predicate, b.object);
  }
  template <typename H>
  friend H AbslHashValue(H h, const Quad& q) {
    h = H::combine(std::move(h), q.subject, q.predicate, q.object, q.graph.has_value());
    return q.graph.has_value() ? H::combine(std::move(h), *q.graph) : std::move(h);
  }
};

// Whether the quad says what its subject, a claim, claims: `claim rdf:reifies <<( s p o )>>`.
inline bool IsReification(const Quad& quad) {
  return quad.object.is_triple_term() && quad.predicate.is_iri() && quad.predicate.value() == rdf::kReifies;
}

}  // namespace dossier
