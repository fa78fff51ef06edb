#include "tests/database/update_model.h"

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

using Binding = std::map<std::string, Term>;

// Binds what is not bound yet; false when the place and the term do not fit.
bool Match(const ModelPlace& place, const Term& term, Binding* binding) {
  if (!place.variable.empty()) return binding->emplace(place.variable, term).first->second == term;
  if (place.triple.empty()) return place.term == term;
  if (!term.is_triple_term()) return false;
  const Triple& triple = term.triple();
  return Match(place.triple[0], triple.subject, binding) && Match(place.triple[1], triple.predicate, binding) &&
         Match(place.triple[2], triple.object, binding);
}

std::optional<Term> Fill(const ModelPlace& place, const Binding& binding) {
  if (!place.variable.empty()) {
    const auto found = binding.find(place.variable);
    return found == binding.end() ? std::nullopt : std::make_optional(found->second);
  }
  if (place.triple.empty()) return place.term;
  const auto subject = Fill(place.triple[0], binding);
  const auto predicate = Fill(place.triple[1], binding);
  const auto object = Fill(place.triple[2], binding);
  if (!subject || !predicate || !object || !predicate->is_iri()) return std::nullopt;
  if (!subject->is_iri() && !subject->is_blank_node()) return std::nullopt;
  return Term::TripleTerm({*subject, *predicate, *object});
}

void Fill(const std::vector<ModelQuad>& quads, const std::optional<Term>& with, const Binding& binding,
          ModelDataset* result) {
  for (const ModelQuad& quad : quads) {
    const auto subject = Fill(quad.subject, binding);
    const auto predicate = Fill(quad.predicate, binding);
    const auto object = Fill(quad.object, binding);
    std::optional<Term> graph = with;
    if (quad.graph.has_value()) {
      graph = Fill(*quad.graph, binding);
      if (!graph.has_value() || !graph->is_iri()) continue;
    }
    if (!subject || !predicate || !object || !predicate->is_iri()) continue;
    if (!subject->is_iri() && !subject->is_blank_node()) continue;
    result->insert({*subject, *predicate, *object, graph});
  }
}

std::vector<Binding> Solutions(const ModelOperation& operation, const ModelDataset& dataset) {
  std::vector<Binding> solutions = {{}};
  for (const ModelQuad& pattern : operation.where) {
    std::vector<Binding> next;
    for (const Binding& solution : solutions) {
      std::set<Binding> found;  // Graphs of USING are merged: a triple that is in two of them counts once.
      for (const Quad& quad : dataset) {
        Binding binding = solution;
        if (pattern.graph.has_value()) {
          if (!quad.graph.has_value() || !Match(*pattern.graph, *quad.graph, &binding)) continue;
        } else if (!operation.using_default.empty()) {
          bool used = false;
          for (const Term& graph : operation.using_default) used = used || quad.graph == graph;
          if (!used) continue;
        } else if (quad.graph != operation.with) {
          continue;
        }
        if (Match(pattern.subject, quad.subject, &binding) && Match(pattern.predicate, quad.predicate, &binding) &&
            Match(pattern.object, quad.object, &binding)) {
          found.insert(std::move(binding));
        }
      }
      next.insert(next.end(), found.begin(), found.end());
    }
    solutions = std::move(next);
  }
  return solutions;
}

void Modify(const ModelOperation& operation, ModelDataset* dataset) {
  ModelDataset removed;
  ModelDataset added;
  for (const Binding& solution : Solutions(operation, *dataset)) {
    Fill(operation.deletions, operation.with, solution, &removed);
    Fill(operation.insertions, operation.with, solution, &added);
  }
  for (const Quad& quad : removed) dataset->erase(quad);
  dataset->insert(added.begin(), added.end());
}

bool IsIn(const Quad& quad, ModelOperation::Graphs graphs, const std::optional<Term>& graph) {
  switch (graphs) {
    case ModelOperation::Graphs::kDefault: return !quad.graph.has_value();
    case ModelOperation::Graphs::kOne: return quad.graph == graph;
    case ModelOperation::Graphs::kAllNamed: return quad.graph.has_value();
    case ModelOperation::Graphs::kAll: break;
  }
  return true;
}

void Transfer(const ModelOperation& operation, ModelDataset* dataset) {
  if (operation.from == operation.to) return;
  const ModelDataset before = *dataset;
  ModelDataset source;
  for (const Quad& quad : before) {
    if (quad.graph == operation.from) source.insert(quad);
  }
  if (source.empty() && operation.from.has_value()) return;  // SILENT: there is no such graph.
  if (operation.kind != ModelOperation::Kind::kAdd) {
    std::erase_if(*dataset, [&](const Quad& quad) { return quad.graph == operation.to; });
  }
  if (operation.kind == ModelOperation::Kind::kMove) {
    std::erase_if(*dataset, [&](const Quad& quad) { return quad.graph == operation.from; });
  }
  for (Quad quad : source) {
    quad.graph = operation.to;
    dataset->insert(quad);
  }
}

std::string GraphText(const std::optional<Term>& graph) {
  return graph.has_value() ? absl::StrCat("GRAPH ", graph->ToString()) : "DEFAULT";
}

std::string QuadText(const ModelQuad& quad) {
  const std::string triple =
      absl::StrCat(quad.subject.ToString(), " ", quad.predicate.ToString(), " ", quad.object.ToString(), " . ");
  return quad.graph.has_value() ? absl::StrCat("GRAPH ", quad.graph->ToString(), " { ", triple, "} ") : triple;
}

std::string QuadsText(const std::vector<ModelQuad>& quads) {
  std::string text = "{ ";
  for (const ModelQuad& quad : quads) absl::StrAppend(&text, QuadText(quad));
  return absl::StrCat(text, "}");
}

std::string DataText(const std::vector<Quad>& data) {
  std::vector<ModelQuad> quads;
  for (const Quad& quad : data) {
    ModelQuad& written = quads.emplace_back();
    written.subject.term = quad.subject;
    written.predicate.term = quad.predicate;
    written.object.term = quad.object;
    if (quad.graph.has_value()) written.graph.emplace().term = *quad.graph;
  }
  return QuadsText(quads);
}

}  // namespace

std::string ModelPlace::ToString() const {
  if (!variable.empty()) return absl::StrCat("?", variable);
  if (triple.empty()) return term.ToString();
  return absl::StrCat("<<( ", triple[0].ToString(), " ", triple[1].ToString(), " ", triple[2].ToString(), " )>>");
}

std::string ModelOperation::ToString() const {
  switch (kind) {
    case Kind::kInsertData: return absl::StrCat("INSERT DATA ", DataText(data));
    case Kind::kDeleteData: return absl::StrCat("DELETE DATA ", DataText(data));
    case Kind::kDeleteWhere: return absl::StrCat("DELETE WHERE ", QuadsText(where));
    case Kind::kModify: break;
    case Kind::kClear: {
      const char* const target = graphs == Graphs::kAllNamed ? "NAMED" : "ALL";
      const bool is_one = graphs == Graphs::kDefault || graphs == Graphs::kOne;
      return absl::StrCat("CLEAR ", is_one ? GraphText(from) : target);
    }
    case Kind::kAdd: return absl::StrCat("ADD SILENT ", GraphText(from), " TO ", GraphText(to));
    case Kind::kMove: return absl::StrCat("MOVE SILENT ", GraphText(from), " TO ", GraphText(to));
    case Kind::kCopy: return absl::StrCat("COPY SILENT ", GraphText(from), " TO ", GraphText(to));
  }
  std::string text = with.has_value() ? absl::StrCat("WITH ", with->ToString(), " ") : "";
  if (!deletions.empty() || insertions.empty()) absl::StrAppend(&text, "DELETE ", QuadsText(deletions), " ");
  if (!insertions.empty()) absl::StrAppend(&text, "INSERT ", QuadsText(insertions), " ");
  for (const Term& graph : using_default) absl::StrAppend(&text, "USING ", graph.ToString(), " ");
  return absl::StrCat(text, "WHERE ", QuadsText(where));
}

void Apply(const ModelOperation& operation, ModelDataset* dataset) {
  switch (operation.kind) {
    case ModelOperation::Kind::kInsertData: dataset->insert(operation.data.begin(), operation.data.end()); break;
    case ModelOperation::Kind::kDeleteData:
      for (const Quad& quad : operation.data) dataset->erase(quad);
      break;
    case ModelOperation::Kind::kModify: Modify(operation, dataset); break;
    case ModelOperation::Kind::kDeleteWhere: {
      ModelOperation modify = operation;
      modify.deletions = operation.where;
      Modify(modify, dataset);
      break;
    }
    case ModelOperation::Kind::kClear:
      std::erase_if(*dataset, [&](const Quad& quad) { return IsIn(quad, operation.graphs, operation.from); });
      break;
    default: Transfer(operation, dataset); break;
  }
}

}  // namespace dossier
