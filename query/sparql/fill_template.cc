#include "query/sparql/fill_template.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/status_macros.h"

namespace dossier::sparql {

using Kind = TemplateTerm::Kind;

absl::StatusOr<std::optional<Term>> TemplateFiller::Instance(const TemplateTerm& place, const RowBatch& batch,
                                                             size_t row, TermSpace* terms) {
  switch (place.kind) {
    case Kind::kTerm: return place.term;
    case Kind::kBlankNode: {
      const auto [node, is_new] = of_solution_.try_emplace(place.label);
      if (is_new) node->second = blank_nodes_.Next();
      return node->second;
    }
    case Kind::kVariable: {
      const auto column = std::find(columns_.begin(), columns_.end(), place.variable);
      if (column == columns_.end()) return std::optional<Term>();
      const TermId id = batch.columns[static_cast<size_t>(column - columns_.begin())][row];
      if (id.is_undefined()) return std::optional<Term>();
      DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms->Get(id));
      return *term;
    }
    case Kind::kTripleTerm: break;
  }
  std::array<std::optional<Term>, 3> parts;
  for (size_t i = 0; i < parts.size(); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(parts[i], Instance(place.parts[i], batch, row, terms));
    if (!parts[i].has_value()) return std::optional<Term>();
  }
  if (!MayBeTriple(*parts[0], *parts[1])) return std::optional<Term>();
  return Term::TripleTerm({*std::move(parts[0]), *std::move(parts[1]), *std::move(parts[2])});
}

bool TemplateFiller::MayBeTriple(const Term& subject, const Term& predicate) {
  return (subject.is_iri() || subject.is_blank_node()) && predicate.is_iri();
}

absl::Status TemplateFiller::Fill(const RowBatch& batch, size_t row, TermSpace* terms,
                                  absl::FunctionRef<absl::Status(Quad&&)> sink) {
  of_solution_.clear();
  for (const TemplateQuad& quad : quads_) {
    DOSSIER_ASSIGN_OR_RETURN(std::optional<Term> subject, Instance(quad.subject, batch, row, terms));
    DOSSIER_ASSIGN_OR_RETURN(std::optional<Term> predicate, Instance(quad.predicate, batch, row, terms));
    DOSSIER_ASSIGN_OR_RETURN(std::optional<Term> object, Instance(quad.object, batch, row, terms));
    if (!subject.has_value() || !predicate.has_value() || !object.has_value()) continue;
    if (!MayBeTriple(*subject, *predicate)) continue;
    std::optional<Term> graph;
    if (quad.graph.has_value()) {
      DOSSIER_ASSIGN_OR_RETURN(graph, Instance(*quad.graph, batch, row, terms));
      if (!graph.has_value() || !graph->is_iri()) continue;
    }
    DOSSIER_RETURN_IF_ERROR(
        sink(Quad{*std::move(subject), *std::move(predicate), *std::move(object), std::move(graph)}));
  }
  return absl::OkStatus();
}

}  // namespace dossier::sparql
