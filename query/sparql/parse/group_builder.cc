#include "query/sparql/parse/group_builder.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/sparql/parse/select_builder.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {

using ast::GroupPattern;

GroupPattern GroupBuilder::BuildInner(SparqlParser::GroupContext* context) {
  const size_t around = terms_.blank_nodes().scope();
  GroupPattern group = Build(context);
  terms_.blank_nodes().ReturnTo(around);
  return group;
}

GroupPattern GroupBuilder::Build(SparqlParser::GroupContext* context) {
  GroupPattern group;
  group.span = terms_.SpanOf(context);
  terms_.blank_nodes().BeginScope();
  if (context->subSelect() != nullptr) {
    group.elements.push_back(BuildSubSelect(context->subSelect()));
    return group;
  }
  // Triples on both sides of a filter are one basic graph pattern, so they are kept together.
  ast::Triples* triples = nullptr;
  size_t triples_at = 0;
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* written = dynamic_cast<SparqlParser::TriplesContext*>(child)) {
      if (triples == nullptr) {
        triples_at = group.elements.size();
        group.elements.push_back({ast::Triples(), terms_.SpanOf(written)});
      }
      ast::Element& element = group.elements[triples_at];
      triples = &std::get<ast::Triples>(element.part);
      triples_.AppendPattern(written, &triples->triples);
      element.span.end = terms_.SpanOf(written).end;
    } else if (auto* element = dynamic_cast<SparqlParser::ElementContext*>(child)) {
      const bool filter = dynamic_cast<SparqlParser::FilterContext*>(element) != nullptr;
      group.elements.push_back(BuildElement(element));
      if (filter) continue;
      triples = nullptr;
      terms_.blank_nodes().BeginScope();
    }
  }
  return group;
}

ast::Element GroupBuilder::BuildSubSelect(SparqlParser::SubSelectContext* context) {
  auto select = std::make_shared<ast::SubSelect>();
  select->body = SelectBuilder(this).BuildSubSelect(context);
  return {std::shared_ptr<const ast::SubSelect>(std::move(select)), terms_.SpanOf(context)};
}

ast::Element GroupBuilder::BuildElement(SparqlParser::ElementContext* context) {
  ast::Element element;
  element.span = terms_.SpanOf(context);
  if (auto* groups = dynamic_cast<SparqlParser::GroupOrUnionContext*>(context)) {
    std::vector<GroupPattern> alternatives;
    for (auto* group : groups->group()) alternatives.push_back(Build(group));
    if (alternatives.size() == 1) {
      element.part = ast::Nested{std::move(alternatives.front())};
    } else {
      element.part = ast::Union{std::move(alternatives)};
    }
  } else if (auto* optional = dynamic_cast<SparqlParser::OptionalContext*>(context)) {
    element.part = ast::Optional{Build(optional->group())};
  } else if (auto* minus = dynamic_cast<SparqlParser::MinusContext*>(context)) {
    element.part = ast::Minus{Build(minus->group())};
  } else if (auto* graph = dynamic_cast<SparqlParser::GraphContext*>(context)) {
    ast::PatternTerm name = terms_.VarOrIriTerm(graph->varOrIri());
    element.part = ast::Graph{std::move(name), Build(graph->group())};
  } else if (auto* service = dynamic_cast<SparqlParser::ServiceContext*>(context)) {
    ast::PatternTerm endpoint = terms_.VarOrIriTerm(service->varOrIri());
    element.part = ast::Service{service->SILENT() != nullptr, std::move(endpoint), Build(service->group())};
  } else if (auto* filter = dynamic_cast<SparqlParser::FilterContext*>(context)) {
    element.part = ast::Filter{expressions_.BuildConstraint(filter->constraint())};
  } else if (auto* bind = dynamic_cast<SparqlParser::BindContext*>(context)) {
    element.part = ast::Bind{expressions_.Build(bind->expression()), terms_.BuildVariable(bind->VARIABLE())};
  } else if (auto* values = dynamic_cast<SparqlParser::InlineDataContext*>(context)) {
    element.part = BuildValues(values->dataBlock());
  }
  return element;
}

ast::Values GroupBuilder::BuildValues(SparqlParser::DataBlockContext* context) {
  ast::Values values;
  for (auto* variable : context->VARIABLE()) {
    values.variables.push_back(terms_.BuildVariable(variable));
    for (size_t i = 0; i + 1 < values.variables.size(); ++i) {
      if (values.variables[i].name != values.variables.back().name) continue;
      terms_.problems().Add(values.variables.back().span,
                            absl::StrCat("?", values.variables.back().name, " stands twice in the head of VALUES"));
    }
  }
  const bool in_rows = context->OPEN_PAREN() != nullptr;
  for (SparqlParser::DataValueContext* value : context->dataValue()) {
    if (in_rows) {
      terms_.problems().Add(terms_.SpanOf(value),
                            "each row of these VALUES stands in parentheses, as its variables do");
    }
    values.rows.push_back({BuildDataValue(value)});
  }
  for (SparqlParser::DataRowContext* row : context->dataRow()) {
    std::vector<std::optional<Term>>& cells = values.rows.emplace_back();
    for (auto* value : row->dataValue()) cells.push_back(BuildDataValue(value));
    if (!in_rows) {
      terms_.problems().Add(terms_.SpanOf(row),
                            "rows in parentheses need variables in parentheses: VALUES (?x) { (1) }");
    } else if (cells.size() != values.variables.size()) {
      terms_.problems().Add(
          terms_.SpanOf(row),
          absl::StrCat("this row has ", cells.size(), cells.size() == 1 ? " value" : " values", ", but VALUES names ",
                       values.variables.size(), values.variables.size() == 1 ? " variable" : " variables"));
    }
  }
  return values;
}

std::optional<Term> GroupBuilder::BuildDataValue(SparqlParser::DataValueContext* context) {
  if (context->UNDEF() != nullptr) return std::nullopt;
  if (context->iri() != nullptr) return Term::Iri(terms_.BuildIri(context->iri()).iri);
  if (context->literal() != nullptr) return terms_.BuildLiteral(context->literal());
  return BuildDataTripleTerm(context->dataTripleTerm());
}

Term GroupBuilder::BuildDataTripleTerm(SparqlParser::DataTripleTermContext* context) {
  Term subject = Term::Iri(terms_.BuildIri(context->iri(0)).iri);
  SparqlParser::DataVerbContext* const verb = context->dataVerb();
  Term predicate = Term::Iri(verb->iri() != nullptr ? terms_.BuildIri(verb->iri()).iri : std::string(rdf::kType));
  Term object;
  if (context->literal() != nullptr) {
    object = terms_.BuildLiteral(context->literal());
  } else if (context->dataTripleTerm() != nullptr) {
    object = BuildDataTripleTerm(context->dataTripleTerm());
  } else {
    object = Term::Iri(terms_.BuildIri(context->iri(1)).iri);
  }
  return Term::TripleTerm({std::move(subject), std::move(predicate), std::move(object)});
}

}  // namespace dossier::sparql
