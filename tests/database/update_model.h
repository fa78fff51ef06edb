// Updates by their definitions: a dataset is a set of quads, and an operation is what the specification says it does to
// the set. Slow and plain, for the real evaluator to be compared with.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "rdf/quad.h"

namespace dossier {

// A place of a pattern or template: a variable, a term, or a triple term with places in it.
struct ModelPlace {
  std::string variable;  // Not empty: a variable.
  Term term;
  std::vector<ModelPlace> triple;  // Subject, predicate, object; else empty.

  std::string ToString() const;
};

struct ModelQuad {
  ModelPlace subject, predicate, object;
  std::optional<ModelPlace> graph;
};

struct ModelOperation {
  enum class Kind { kInsertData, kDeleteData, kModify, kDeleteWhere, kClear, kAdd, kMove, kCopy };
  enum class Graphs { kDefault, kOne, kAllNamed, kAll };

  Kind kind = Kind::kInsertData;
  std::vector<Quad> data;  // kInsertData, kDeleteData.
  // kModify, kDeleteWhere (whose template is its pattern).
  std::optional<Term> with;
  std::vector<Term> using_default;  // USING, merged; only where the pattern has no GRAPH.
  std::vector<ModelQuad> deletions, insertions, where;
  // kClear: of `from`. kAdd, kMove, kCopy: from one graph (none: the default graph) to another.
  Graphs graphs = Graphs::kDefault;
  std::optional<Term> from, to;

  // As SPARQL.
  std::string ToString() const;
};

using ModelDataset = std::set<Quad>;

void Apply(const ModelOperation& operation, ModelDataset* dataset);

}  // namespace dossier
