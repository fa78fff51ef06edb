#include "query/sparql/template_rows.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

bool IsNode(TermId id) { return id.tag() == TermTag::kIri || id.tag() == TermTag::kBlankNode; }

// Whether the first three ids are a triple.
bool IsTriple(const StoredRow& row) {
  return IsNode(row.ids[0]) && row.ids[1].tag() == TermTag::kIri && !row.ids[2].is_undefined();
}

Term Reifies() { return Term::Iri(std::string(rdf::kReifies)); }

}  // namespace

absl::Status TemplateRows::Prepare(const std::vector<TemplateQuad>& quads) {
  DOSSIER_ASSIGN_OR_RETURN(reifies_, cursor_->terms().Intern(Reifies()));
  for (const TemplateQuad& quad : quads) {
    QuadPlan plan;
    DOSSIER_ASSIGN_OR_RETURN(plan.subject, MakePlace(quad.subject));
    DOSSIER_ASSIGN_OR_RETURN(plan.predicate, MakePlace(quad.predicate));
    DOSSIER_ASSIGN_OR_RETURN(plan.object, MakePlace(quad.object));
    if (quad.graph.has_value()) {
      DOSSIER_ASSIGN_OR_RETURN(plan.graph, MakePlace(*quad.graph));
    }
    plan.is_reifies = quad.predicate.kind == TemplateTerm::Kind::kTerm && quad.predicate.term == Reifies();
    quads_.push_back(std::move(plan));
  }
  blank_node_ids_.resize(labels_.size());
  return absl::OkStatus();
}

absl::StatusOr<TermId> TemplateRows::IdOf(const Term& term) {
  if (use_ == Use::kInsertions) return overlay_->Intern(term);
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, overlay_->FindTerm(term));
  return id.value_or(TermId());
}

absl::StatusOr<TemplateRows::Place> TemplateRows::ConstantPlace(const Term& term) {
  Place place;
  if (term.is_triple_term()) {
    // By its parts: a claim about it does not need it to be a term of the store.
    place.kind = Place::Kind::kTripleTerm;
    const Triple& triple = term.triple();
    for (const Term* part : {&triple.subject, &triple.predicate, &triple.object}) {
      DOSSIER_ASSIGN_OR_RETURN(Place part_place, ConstantPlace(*part));
      place.parts.push_back(std::move(part_place));
    }
    return place;
  }
  DOSSIER_ASSIGN_OR_RETURN(place.id, IdOf(term));
  place.kind = place.id.is_undefined() ? Place::Kind::kNothing : Place::Kind::kId;
  return place;
}

absl::StatusOr<TemplateRows::Place> TemplateRows::MakePlace(const TemplateTerm& term) {
  Place place;
  switch (term.kind) {
    case TemplateTerm::Kind::kTerm: return ConstantPlace(term.term);
    case TemplateTerm::Kind::kVariable: {
      const std::vector<algebra::Variable>& columns = cursor_->variables();
      const auto column = std::find(columns.begin(), columns.end(), term.variable);
      if (column == columns.end()) return place;  // Never bound.
      place.kind = Place::Kind::kColumn;
      place.index = static_cast<size_t>(column - columns.begin());
      return place;
    }
    case TemplateTerm::Kind::kBlankNode: {
      const auto label = std::find(labels_.begin(), labels_.end(), term.label);
      place.kind = Place::Kind::kBlankNode;
      place.index = static_cast<size_t>(label - labels_.begin());
      if (label == labels_.end()) labels_.push_back(term.label);
      return place;
    }
    case TemplateTerm::Kind::kTripleTerm: break;
  }
  place.kind = Place::Kind::kTripleTerm;
  for (const TemplateTerm& part : term.parts) {
    DOSSIER_ASSIGN_OR_RETURN(Place part_place, MakePlace(part));
    place.parts.push_back(std::move(part_place));
  }
  return place;
}

absl::StatusOr<TermId> TemplateRows::BlankNode(size_t index) {
  TermId& id = blank_node_ids_[index];
  if (id.is_undefined()) {
    DOSSIER_ASSIGN_OR_RETURN(id, overlay_->Intern(blank_nodes_->Next()));
  }
  return id;
}

absl::StatusOr<TermId> TemplateRows::Value(const Place& place, const Solution& solution) {
  switch (place.kind) {
    case Place::Kind::kNothing: return TermId();
    case Place::Kind::kId: return place.id;
    case Place::Kind::kBlankNode: return BlankNode(place.index);
    case Place::Kind::kTripleTerm: return TripleTermValue(place, solution);
    case Place::Kind::kColumn: break;
  }
  const TermId id = solution.batch.columns[place.index][solution.row];
  if (id.tag() != TermTag::kLocal) return id;
  DOSSIER_ASSIGN_OR_RETURN(const Term* const term, cursor_->terms().Get(id));
  return IdOf(*term);
}

absl::StatusOr<TermId> TemplateRows::TripleTermValue(const Place& place, const Solution& solution) {
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<StoredRow> parts, Claim(place, solution));
  if (!IsTriple(*parts)) return TermId();
  std::vector<Term> terms;
  DOSSIER_RETURN_IF_ERROR(overlay_->GetTerms({parts->ids.data(), 3}, &terms));
  return IdOf(Term::TripleTerm({std::move(terms[0]), std::move(terms[1]), std::move(terms[2])}));
}

absl::StatusOr<std::optional<StoredRow>> TemplateRows::Claim(const Place& place, const Solution& solution) {
  StoredRow row;
  row.relation = Relation::kReifications;
  if (place.kind == Place::Kind::kTripleTerm) {
    for (size_t i = 0; i < place.parts.size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(row.ids[i], Value(place.parts[i], solution));
    }
    return std::make_optional(row);
  }
  if (place.kind != Place::Kind::kColumn) return std::optional<StoredRow>();
  const TermId id = solution.batch.columns[place.index][solution.row];
  if (id.tag() != TermTag::kLocal && id.tag() != TermTag::kTripleTerm) return std::optional<StoredRow>();
  DOSSIER_ASSIGN_OR_RETURN(const Term* const term, cursor_->terms().Get(id));
  if (!term->is_triple_term()) return std::optional<StoredRow>();
  const Triple& triple = term->triple();
  DOSSIER_ASSIGN_OR_RETURN(row.ids[0], IdOf(triple.subject));
  DOSSIER_ASSIGN_OR_RETURN(row.ids[1], IdOf(triple.predicate));
  DOSSIER_ASSIGN_OR_RETURN(row.ids[2], IdOf(triple.object));
  return std::make_optional(row);
}

absl::StatusOr<bool> TemplateRows::IsReifies(const QuadPlan& quad, const Solution& solution) const {
  if (quad.is_reifies) return true;
  return quad.predicate.kind == Place::Kind::kColumn &&
         solution.batch.columns[quad.predicate.index][solution.row] == reifies_;
}

absl::StatusOr<bool> TemplateRows::MakeRow(const QuadPlan& quad, const Solution& solution, StoredRow* row) {
  TermId graph;
  if (quad.graph.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(graph, Value(*quad.graph, solution));
    if (!IsNode(graph)) return false;
  }
  DOSSIER_ASSIGN_OR_RETURN(const TermId subject, Value(quad.subject, solution));
  if (!IsNode(subject)) return false;
  DOSSIER_ASSIGN_OR_RETURN(const bool is_reifies, IsReifies(quad, solution));
  if (is_reifies) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<StoredRow> claim, Claim(quad.object, solution));
    if (claim.has_value()) {
      *row = *claim;
      row->ids[3] = subject;
      row->ids[4] = graph;
      return IsTriple(*row);
    }
  }
  *row = StoredRow();
  row->ids[0] = subject;
  DOSSIER_ASSIGN_OR_RETURN(row->ids[1], Value(quad.predicate, solution));
  DOSSIER_ASSIGN_OR_RETURN(row->ids[2], Value(quad.object, solution));
  row->ids[3] = graph;
  return IsTriple(*row);
}

absl::Status TemplateRows::Fill(const RowBatch& batch, size_t row, RowCollector* rows) {
  std::fill(blank_node_ids_.begin(), blank_node_ids_.end(), TermId());
  StoredRow stored;
  for (const QuadPlan& quad : quads_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool is_quad, MakeRow(quad, {batch, row}, &stored));
    if (is_quad) DOSSIER_RETURN_IF_ERROR(rows->Add(stored));
  }
  return absl::OkStatus();
}

}  // namespace dossier::sparql
