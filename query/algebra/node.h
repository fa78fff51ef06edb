// The algebra that every query language compiles to: the operators of SPARQL
// (https://www.w3.org/TR/sparql12-query/#sparqlAlgebra) over patterns of quads, reifications and triple terms.
// Nodes are plain data; the optimiser rewrites them, the planner maps them to running operators.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "query/expr/expression.h"
#include "query/expr/variable.h"
#include "rdf/term.h"

namespace dossier::algebra {

using PatternTerm = std::variant<Variable, Term>;

// Where a pattern looks.
struct GraphSelector {
  enum class Kind : uint8_t {
    kDefault,  // The default graph.
    kAll,      // The default graph and every named graph, merged: a triple that stands in several counts once.
    kSome,     // The named graphs in `graphs`, merged likewise. None of them: the empty graph.
    kNamed,    // One named graph, or with a variable each named graph in turn.
  };
  Kind kind = Kind::kDefault;
  PatternTerm graph;         // kNamed.
  std::vector<Term> graphs;  // kSome.
};

struct Pattern {
  enum class Kind : uint8_t {
    kQuad,         // subject predicate object
    kReification,  // fourth rdf:reifies <<( subject predicate object )>>
    kTripleTerm,   // fourth is the triple term <<( subject predicate object )>> of the dictionary
  };
  Kind kind = Kind::kQuad;
  PatternTerm subject;
  PatternTerm predicate;
  PatternTerm object;
  PatternTerm fourth;   // kReification, kTripleTerm.
  GraphSelector graph;  // kQuad, kReification.
};

struct Node;
using NodePtr = std::unique_ptr<Node>;

// A basic graph pattern. Empty: one solution without bindings.
struct Bgp {
  std::vector<Pattern> patterns;
};
// A property path between two terms (SPARQL section 18.4).
struct PathExpression {
  enum class Kind : uint8_t {
    kLink,
    kInverse,
    kSequence,
    kAlternative,
    kZeroOrMore,
    kOneOrMore,
    kZeroOrOne,
    kNegatedSet
  };
  Kind kind = Kind::kLink;
  Term link;                             // kLink.
  std::vector<PathExpression> operands;  // Others; of kNegatedSet: links and inverses of links.
};
struct Path {
  PatternTerm subject;
  PathExpression path;
  PatternTerm object;
  GraphSelector graph;
};
struct Join {
  NodePtr left, right;
};
struct LeftJoin {
  NodePtr left, right;
  std::optional<Expression> condition;
};
struct Union {
  NodePtr left, right;
};
struct Minus {
  NodePtr left, right;
};
struct Filter {
  NodePtr input;
  Expression condition;
};
struct Extend {
  NodePtr input;
  Variable variable;
  Expression expression;
};
// A table of solutions; nullopt is UNDEF.
struct Values {
  std::vector<Variable> variables;
  std::vector<std::vector<std::optional<Term>>> rows;
  // Instead of `rows`: one row of values that are given when it is run (query/algebra/parameters.h).
  bool parameters = false;
};
struct Group {
  NodePtr input;
  std::vector<Variable> keys;
  std::vector<Aggregate> aggregates;
};
struct SortKey {
  Expression expression;
  bool descending = false;
};
struct OrderBy {
  NodePtr input;
  std::vector<SortKey> keys;
};
struct Project {
  NodePtr input;
  std::vector<Variable> variables;
};
struct Distinct {
  NodePtr input;
};
struct Slice {
  NodePtr input;
  uint64_t offset = 0;
  std::optional<uint64_t> limit;
};
// Of the rows that have the same values of `keys`: those behind the first `offset`, `limit` at most.
struct SliceOfEach {
  NodePtr input;
  std::vector<Variable> keys;
  uint64_t offset = 0;
  std::optional<uint64_t> limit;
};

struct Node {
  std::variant<Bgp, Path, Join, LeftJoin, Union, Minus, Filter, Extend, Values, Group, OrderBy, Project, Distinct,
               Slice, SliceOfEach>
      op;
};

template <typename Op>
NodePtr MakeNode(Op op) {
  return std::make_unique<Node>(Node{std::move(op)});
}

// A whole query: the operator tree and the variables that it speaks of. The columns of the result are those of the
// topmost Project, or all variables in scope in the order of the table.
struct Query {
  NodePtr root;
  VariableTable variables;
};

// A deep copy.
NodePtr Clone(const Node& node);

// The tree as an S-expression, for tests and for `explain`: `(project (?x) (bgp (quad ?x <p> "o")))`.
std::string ToString(const Node& node, const VariableTable& variables);
std::string ToString(const Expression& expression, const VariableTable& variables);

// The variables that `node` may bind, ascending.
std::vector<Variable> VariablesInScope(const Node& node);

}  // namespace dossier::algebra
