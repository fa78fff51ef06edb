#include "tests/support/random_query.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/algebra/scope.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::Variable;

Term Named(absl::string_view kind, size_t number) {
  return Term::Iri(absl::StrCat("http://example.org/", kind, number));
}

Term Reifies() { return Term::Iri(std::string(rdf::kReifies)); }

}  // namespace

Term RandomData::Subject() { return OneIn(8) ? Term::BlankNode(absl::StrCat("b", Below(2))) : Named("e", Below(5)); }

Term RandomData::Predicate() { return Named("p", Below(3)); }

Term RandomData::Graph() { return Named("g", Below(2)); }

Term RandomData::Literal() {
  switch (Below(12)) {
    case 0:
    case 1: return Term::Typed(absl::StrCat(Below(5)), std::string(xsd::kInteger));
    case 2: return Term::Typed(absl::StrCat(Below(4), ".5"), std::string(xsd::kDecimal));
    case 3: return Term::Typed(absl::StrCat(Below(4), ".0E0"), std::string(xsd::kDouble));
    case 4: return Term::Typed(absl::StrCat("0", Below(5)), std::string(xsd::kInteger));  // Not canonical.
    case 5: return Term::Typed(OneIn(2) ? "true" : "false", std::string(xsd::kBoolean));
    case 6: return Term::Typed(absl::StrCat("2023-09-1", Below(4)), std::string(xsd::kDate));
    case 7: return Term::Typed(OneIn(2) ? "2023-09" : "2023-09-11/2023-09-13", std::string(edtf::kEdtf));
    case 8: return Term::Typed(absl::StrCat(2021 + Below(4)), std::string(xsd::kGYear));
    case 9: return Term::LanguageTagged(absl::StrCat("word", Below(2)), OneIn(2) ? "en" : "ko");
    case 10: return Term::String(absl::StrCat("a rather long text ", Below(3)));
    default: return Term::String(absl::StrCat("s", Below(3)));
  }
}

Term RandomData::Object() {
  if (OneIn(12)) return Term::TripleTerm({Named("e", Below(3)), Predicate(), Named("e", Below(3))});
  return OneIn(2) ? Subject() : Literal();
}

std::vector<Quad> RandomData::Quads(size_t count) {
  std::vector<Quad> quads;
  while (quads.size() < count) {
    Quad quad{Subject(), Predicate(), Object(), std::nullopt};
    if (OneIn(4)) {
      const Term object = OneIn(4) ? Literal() : Named("e", Below(4));
      const Triple triple{quads.empty() || OneIn(2) ? Named("e", Below(4)) : quads[Below(quads.size())].subject,
                          Predicate(), object};
      quad = Quad{Named("c", Below(5)), Reifies(), Term::TripleTerm(triple), std::nullopt};
    }
    if (OneIn(3)) quad.graph = Graph();
    quads.push_back(quad);
    // The same triple elsewhere.
    if (OneIn(6)) {
      quad.graph = Graph();
      quads.push_back(quad);
    }
  }
  return quads;
}

Variable RandomAlgebra::AnyVariable() { return variables_.Named(std::string(1, static_cast<char>('a' + Below(6)))); }

Variable RandomAlgebra::VariableOf(const algebra::Node& node) {
  const std::vector<Variable> variables = algebra::VariablesInScope(node);
  return variables.empty() || OneIn(10) ? AnyVariable() : variables[Below(variables.size())];
}

algebra::PatternTerm RandomAlgebra::VariableOr(Term term, size_t one_in) {
  if (OneIn(one_in)) return term;
  return AnyVariable();
}

algebra::GraphSelector RandomAlgebra::Graph() {
  algebra::GraphSelector graph;
  switch (Below(8)) {
    case 0:
    case 1: graph.kind = algebra::GraphSelector::Kind::kAll; break;
    case 2:
      graph.kind = algebra::GraphSelector::Kind::kSome;
      for (size_t i = Below(3); i > 0; --i) graph.graphs.push_back(data_.Graph());
      break;
    case 3:
      graph.kind = algebra::GraphSelector::Kind::kNamed;
      graph.graph = VariableOr(data_.Graph(), 2);
      break;
    default: break;
  }
  return graph;
}

algebra::Pattern RandomAlgebra::Pattern() {
  algebra::Pattern pattern;
  pattern.subject = VariableOr(data_.Subject(), 6);
  pattern.predicate = OneIn(4) ? algebra::PatternTerm(AnyVariable()) : data_.Predicate();
  // Seldom the same variable twice: hardly any triple has the same subject and object.
  do {
    pattern.object = VariableOr(data_.Object(), 8);
  } while (!OneIn(10) && (pattern.object == pattern.subject || pattern.object == pattern.predicate));
  switch (Below(9)) {
    case 0:
    case 1: pattern.kind = algebra::Pattern::Kind::kReification; break;
    case 2: pattern.kind = algebra::Pattern::Kind::kTripleTerm; break;
    case 3:
      pattern.predicate = Reifies();
      pattern.object = AnyVariable();
      break;
    default: break;
  }
  if (pattern.kind != algebra::Pattern::Kind::kQuad) pattern.fourth = AnyVariable();
  if (pattern.kind != algebra::Pattern::Kind::kTripleTerm) pattern.graph = Graph();
  return pattern;
}

algebra::PathExpression RandomAlgebra::PathExpression(size_t depth) {
  using Kind = algebra::PathExpression::Kind;
  algebra::PathExpression path;
  if (depth == 0 || OneIn(3)) {
    path.link = OneIn(10) ? Reifies() : data_.Predicate();
    return path;
  }
  constexpr Kind kKinds[] = {Kind::kInverse,   Kind::kSequence,  Kind::kAlternative, Kind::kZeroOrMore,
                             Kind::kOneOrMore, Kind::kZeroOrOne, Kind::kNegatedSet};
  path.kind = kKinds[Below(7)];
  if (path.kind == Kind::kNegatedSet) {
    for (size_t i = Below(3); i < 3; ++i) {
      algebra::PathExpression link = PathExpression(0);
      if (OneIn(3)) {
        algebra::PathExpression inverse;
        inverse.kind = Kind::kInverse;
        inverse.operands.push_back(std::move(link));
        link = std::move(inverse);
      }
      path.operands.push_back(std::move(link));
    }
    return path;
  }
  const bool two = path.kind == Kind::kSequence || path.kind == Kind::kAlternative;
  path.operands.push_back(PathExpression(depth - 1));
  if (two) path.operands.push_back(PathExpression(depth - 1));
  return path;
}

NodePtr RandomAlgebra::Leaf() {
  if (OneIn(6)) {
    // Ends are variables: where a constant that is not in the data counts as a node is left open by SPARQL's texts.
    return MakeNode(algebra::Path{AnyVariable(), PathExpression(2), AnyVariable(), Graph()});
  }
  if (OneIn(6)) {
    algebra::Values values;
    values.variables.push_back(AnyVariable());
    const Variable second = AnyVariable();
    if (second != values.variables[0]) values.variables.push_back(second);
    for (size_t i = Below(4); i > 0; --i) {
      auto& row = values.rows.emplace_back();
      for (size_t j = 0; j < values.variables.size(); ++j) {
        row.push_back(OneIn(6) ? std::nullopt : std::optional<Term>(data_.Object()));
      }
    }
    return MakeNode(std::move(values));
  }
  algebra::Bgp bgp;
  for (size_t i = 1 + Below(OneIn(3) ? 3 : 2); i > 0; --i) bgp.patterns.push_back(Pattern());
  return MakeNode(std::move(bgp));
}

Expression RandomAlgebra::Value(const algebra::Node& node, size_t depth) {
  if (depth == 0 || OneIn(2)) {
    return OneIn(3) ? Expression::Constant(data_.Object()) : Expression::Var(VariableOf(node));
  }
  switch (Below(4)) {
    case 0: return Expression::Call(Function::kAdd, {Value(node, depth - 1), Value(node, depth - 1)});
    case 1: return Expression::Call(Function::kStr, {Value(node, depth - 1)});
    case 2: return Expression::Call(Function::kCoalesce, {Value(node, depth - 1), Value(node, depth - 1)});
    default: return Expression::Call(Function::kIf, {Condition(node, 0), Value(node, 0), Value(node, 0)});
  }
}

Expression RandomAlgebra::Condition(const algebra::Node& node, size_t depth) {
  constexpr Function kComparisons[] = {Function::kEqual,   Function::kNotEqual,       Function::kLess,
                                       Function::kGreater, Function::kGreaterOrEqual, Function::kLessOrEqual,
                                       Function::kEqual,   Function::kSameTerm};
  if (depth > 0) {
    switch (Below(6)) {
      case 0: return Expression::Call(Function::kAnd, {Condition(node, depth - 1), Condition(node, depth - 1)});
      case 1: return Expression::Call(Function::kOr, {Condition(node, depth - 1), Condition(node, depth - 1)});
      case 2: return Expression::Call(Function::kNot, {Condition(node, depth - 1)});
      case 3: return Expression::Exists(Tree(1));
      default: break;
    }
  }
  if (OneIn(5)) return Expression::Call(Function::kBound, {Expression::Var(VariableOf(node))});
  if (OneIn(3)) {
    const Expression constant = Expression::Constant(OneIn(3) ? data_.Subject() : data_.Literal());
    return Expression::Call(kComparisons[Below(8)], {Expression::Var(VariableOf(node)), constant});
  }
  return Expression::Call(kComparisons[Below(8)], {Value(node, 1), Value(node, 1)});
}

NodePtr RandomAlgebra::Grouped(size_t depth) {
  constexpr AggregateFunction kFunctions[] = {AggregateFunction::kCountRows, AggregateFunction::kCount,
                                              AggregateFunction::kSum,       AggregateFunction::kMin,
                                              AggregateFunction::kMax,       AggregateFunction::kAvg};
  algebra::Group group;
  group.input = Tree(depth);
  for (size_t i = Below(3); i > 0; --i) {
    const Variable key = VariableOf(*group.input);
    if (std::find(group.keys.begin(), group.keys.end(), key) == group.keys.end()) group.keys.push_back(key);
  }
  for (size_t i = 0; i < 2; ++i) {
    Aggregate aggregate;
    aggregate.function = kFunctions[Below(6)];
    aggregate.distinct = OneIn(3);
    aggregate.argument = Value(*group.input, 0);
    aggregate.result = variables_.Named(absl::StrCat("result", Below(100)));
    group.aggregates.push_back(std::move(aggregate));
  }
  if (group.aggregates[0].result == group.aggregates[1].result) group.aggregates.pop_back();
  return MakeNode(std::move(group));
}

NodePtr RandomAlgebra::OverOne(size_t depth) {
  NodePtr input = Tree(depth);
  switch (Below(6)) {
    case 0:
    case 1:
    case 2: {
      Expression condition = Condition(*input, 2);
      return MakeNode(algebra::Filter{std::move(input), std::move(condition)});
    }
    case 3: {
      const Variable variable = variables_.Named(absl::StrCat("made", Below(100)));
      if (algebra::PossibleVariables(*input).contains(variable)) return input;
      Expression value = Value(*input, 2);
      return MakeNode(algebra::Extend{std::move(input), variable, std::move(value)});
    }
    case 4: {
      std::vector<Variable> shown;
      for (const Variable variable : algebra::VariablesInScope(*input)) {
        if (!OneIn(3)) shown.push_back(variable);
      }
      return MakeNode(algebra::Project{std::move(input), std::move(shown)});
    }
    default: return MakeNode(algebra::Distinct{std::move(input)});
  }
}

NodePtr RandomAlgebra::Tree(size_t depth) {
  if (depth == 0) return Leaf();
  switch (Below(12)) {
    case 0:
    case 1: return Leaf();
    case 2:
    case 3: return MakeNode(algebra::Join{Tree(depth - 1), Tree(depth - 1)});
    case 4: {
      algebra::LeftJoin join{Tree(depth - 1), Tree(depth - 1), std::nullopt};
      if (OneIn(2)) join.condition = Condition(*(OneIn(2) ? join.left : join.right), 1);
      return MakeNode(std::move(join));
    }
    case 5: return MakeNode(algebra::Union{Tree(depth - 1), Tree(depth - 1)});
    case 6: return MakeNode(algebra::Minus{Tree(depth - 1), Tree(depth - 1)});
    case 7: return Grouped(depth - 1);
    default: return OverOne(depth - 1);
  }
}

algebra::Query RandomAlgebra::Query(size_t depth) {
  algebra::Query query;
  query.root = Tree(depth);
  query.variables = variables_;
  return query;
}

}  // namespace dossier
