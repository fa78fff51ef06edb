// The tree of a SPARQL 1.1 or 1.2 request: queries and updates, as their parser understands them. Plain data, made for
// those who bind it to algebra or run it:
//  - IRIs are absolute and constants are terms; prologues are gone. Codepoint escapes are resolved.
//  - Lists, blank node brackets, reified triples, annotations and reifiers have become triples: a reified triple
//    `<< s p o ~ r >>` is its reifier r, and beside it stands the triple `r rdf:reifies <<( s p o )>>`.
//  - What the specification forbids beyond the grammar (labels of blank nodes in two basic graph patterns, variables
//    that are assigned twice or projected without being grouped by, ...) has been refused.
// A span is the range of bytes in the request's text that an error about the node points at.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "query/sparql/ast_expression.h"
#include "query/sparql/ast_term.h"
#include "rdf/quad.h"

namespace dossier::sparql::ast {

// ---- Patterns ----

struct Element;

// `{ ... }`: the elements in the order written, which is the order in which the specification joins them. Filters stand
// where they were written, but hold for the whole group.
struct GroupPattern {
  std::vector<Element> elements;
  SourceSpan span;
};

// Neighbouring triples, and so one or more basic graph patterns, with paths between them.
struct Triples {
  std::vector<TriplePattern> triples;
};
struct Optional {
  GroupPattern group;
};
// REQUIRES: at least two.
struct Union {
  std::vector<GroupPattern> alternatives;
};
struct Minus {
  GroupPattern group;
};
struct Graph {
  PatternTerm graph;  // A variable or an IRI.
  GroupPattern group;
};
struct Service {
  bool silent = false;
  PatternTerm endpoint;  // A variable or an IRI.
  GroupPattern group;
};
struct Filter {
  Expression condition;
};
struct Bind {
  Expression expression;
  Variable variable;
};
// A table; nullopt is UNDEF. Every row is as wide as there are variables.
struct Values {
  std::vector<Variable> variables;
  std::vector<std::vector<std::optional<Term>>> rows;
};
struct SubSelect;
// A group in a group that is no part of a union, or a subquery in braces.
struct Nested {
  GroupPattern group;
};

// One part of a group.
struct Element {
  std::variant<Triples, Optional, Union, Minus, Graph, Service, Filter, Bind, Values, Nested,
               std::shared_ptr<const SubSelect>>
      part;
  SourceSpan span;
};

// ---- Queries ----

// A column of SELECT: a variable, or `(expression AS ?variable)`.
struct Projection {
  Variable variable;
  std::optional<Expression> expression;
};
struct GroupKey {
  Expression expression;
  std::optional<Variable> as;  // Given, unless the expression is a variable, or is not named.
};
struct OrderKey {
  Expression expression;
  bool descending = false;
};

// What a SELECT is made of. Other forms of queries have a body too, with `star` set and no projections.
struct SelectBody {
  enum class Duplicates : uint8_t { kKept, kDistinct, kReduced };

  Duplicates duplicates = Duplicates::kKept;
  bool star = false;  // SELECT *: every variable in scope that the text names, in the order of its first appearance.
  std::vector<Projection> projections;
  GroupPattern where;
  std::vector<GroupKey> group_by;
  std::vector<Expression> having;  // All must hold.
  std::vector<OrderKey> order_by;
  std::optional<uint64_t> limit;
  std::optional<uint64_t> offset;
  std::optional<Values> values;  // VALUES at the end.
  // GROUP BY, HAVING, or an aggregate in a projection or in ORDER BY: the solutions are grouped.
  bool grouped = false;
  SourceSpan span;
};
struct SubSelect {
  SelectBody body;
};

// FROM and FROM NAMED of a query, USING and USING NAMED of an update.
struct DatasetClause {
  std::vector<Iri> default_graphs;
  std::vector<Iri> named_graphs;

  bool empty() const { return default_graphs.empty() && named_graphs.empty(); }
};

struct Query {
  enum class Form : uint8_t { kSelect, kAsk, kConstruct, kDescribe };
  // EXPLAIN or EXPLAIN ANALYZE before the query: Dossier's own.
  enum class Explain : uint8_t { kNo, kPlan, kAnalyze };

  Form form = Form::kSelect;
  Explain explain = Explain::kNo;
  DatasetClause dataset;
  // Without WHERE (possible for DESCRIBE only), `where` is empty: one solution that binds nothing.
  SelectBody body;
  // kConstruct. The blank nodes of a template are new ones for each solution; for `CONSTRUCT WHERE { ... }` the
  // template is the pattern.
  std::vector<TemplateTriple> construct;
  // kDescribe: variables and IRIs. Empty for DESCRIBE *, when body.star is set.
  std::vector<PatternTerm> describe;
  // The prefixes in force at the end of the prologue, for those who write the result; names without the colon.
  std::vector<std::pair<std::string, std::string>> prefixes;
};

// ---- Updates ----

// A triple in a graph of its own or, without one, in the default graph or the one of WITH.
struct TemplateQuad {
  TemplateTriple triple;
  std::optional<PatternTerm> graph;  // A variable or an IRI.
};

// What CLEAR, DROP, ADD, MOVE and COPY speak of.
struct GraphReference {
  enum class Kind : uint8_t { kDefault, kGraph, kAllNamed, kAll };
  Kind kind = Kind::kDefault;
  Iri graph;  // kGraph.
};

struct Load {
  bool silent = false;
  Iri source;
  std::optional<Iri> into;
};
struct Clear {
  bool silent = false;
  GraphReference target;
};
struct Drop {
  bool silent = false;
  GraphReference target;
};
struct Create {
  bool silent = false;
  Iri graph;
};
// From and to: kDefault or kGraph.
struct Add {
  bool silent = false;
  GraphReference from, to;
};
struct Move {
  bool silent = false;
  GraphReference from, to;
};
struct Copy {
  bool silent = false;
  GraphReference from, to;
};
// Labels of blank nodes in the data stand for new blank nodes, the same one for one label within the operation.
struct InsertData {
  std::vector<Quad> quads;
};
// Without blank nodes.
struct DeleteData {
  std::vector<Quad> quads;
};
// DELETE and INSERT with WHERE. DELETE WHERE { ... } is here with its pattern as the template too.
struct Modify {
  std::optional<Iri> with;
  std::vector<TemplateQuad> deletions;  // Without blank nodes.
  std::vector<TemplateQuad> insertions;
  DatasetClause using_clause;
  GroupPattern where;
};

struct Operation {
  std::variant<Load, Clear, Drop, Create, Add, Move, Copy, InsertData, DeleteData, Modify> part;
  SourceSpan span;
};

struct Update {
  std::vector<Operation> operations;  // Possibly none.
};

using Request = std::variant<Query, Update>;

}  // namespace dossier::sparql::ast
