// What binding makes of SPARQL's tree (query/sparql/ast.h): algebra to run, and what is done with its solutions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "query/algebra/node.h"
#include "query/sparql/ast.h"
#include "rdf/term.h"

namespace dossier::sparql {

// A place of a template: what stands there for one solution.
struct TemplateTerm {
  enum class Kind : uint8_t {
    kTerm,        // The same for all solutions.
    kVariable,    // The solution's value.
    kBlankNode,   // A new blank node for each solution, the same one wherever `label` stands.
    kTripleTerm,  // Made of the parts.
  };

  Kind kind = Kind::kTerm;
  Term term;                        // kTerm.
  algebra::Variable variable;       // kVariable.
  std::string label;                // kBlankNode.
  std::vector<TemplateTerm> parts;  // kTripleTerm: subject, predicate, object.
};

struct TemplateQuad {
  TemplateTerm subject;
  TemplateTerm predicate;
  TemplateTerm object;
  std::optional<TemplateTerm> graph;  // None: the default graph.
};

struct BoundQuery {
  ast::Query::Form form = ast::Query::Form::kSelect;
  ast::Query::Explain explain = ast::Query::Explain::kNo;

  // kSelect: its columns are those of the result, in order. kAsk: has a solution, or not. kConstruct and kDescribe:
  // has the variables of the template or of `describe`.
  algebra::Query algebra;

  std::vector<std::string> columns;     // kSelect: the names, without "?", in the order of the algebra's columns.
  std::vector<TemplateQuad> construct;  // kConstruct.
  std::vector<algebra::PatternTerm> describe;  // kDescribe.
  algebra::GraphSelector described_graphs;     // kDescribe: all graphs, or those that FROM and FROM NAMED name.

  // As in the text, for those who write the result.
  std::vector<std::pair<std::string, std::string>> prefixes;
};

// DELETE and INSERT with WHERE.
struct BoundModify {
  algebra::Query where;  // Its columns are the variables that the templates speak of.
  // The graph of WITH stands in every quad that names no graph.
  std::vector<TemplateQuad> deletions;
  std::vector<TemplateQuad> insertions;
};

}  // namespace dossier::sparql
