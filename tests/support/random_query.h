// Random data and random algebra, for tests that compare two ways to answer the same question. The same seed gives the
// same data and the same query.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "query/algebra/node.h"
#include "rdf/quad.h"
#include "rdf/term.h"

namespace dossier {

class RandomData {
 public:
  explicit RandomData(uint64_t seed) : random_(seed) {}

  // Quads in the default graph and in named ones, with values of many types, triple terms and reifications.
  std::vector<Quad> Quads(size_t count);

  Term Subject();
  Term Predicate();
  Term Object();
  Term Literal();
  Term Graph();

 private:
  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  bool OneIn(size_t count) { return Below(count) == 0; }

  std::mt19937_64 random_;
};

class RandomAlgebra {
 public:
  explicit RandomAlgebra(uint64_t seed) : random_(seed), data_(seed ^ 0x5DEECE66DU) {}

  // A tree of all operators, about `depth` operators deep.
  algebra::Query Query(size_t depth);

 private:
  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  bool OneIn(size_t count) { return Below(count) == 0; }

  algebra::Variable AnyVariable();
  algebra::Variable VariableOf(const algebra::Node& node);
  algebra::GraphSelector Graph();
  algebra::PatternTerm VariableOr(Term term, size_t one_in);
  algebra::Pattern Pattern();
  algebra::PathExpression PathExpression(size_t depth);
  algebra::NodePtr Tree(size_t depth);
  algebra::NodePtr Leaf();
  algebra::NodePtr OverOne(size_t depth);
  algebra::NodePtr Grouped(size_t depth);
  Expression Condition(const algebra::Node& node, size_t depth);
  Expression Value(const algebra::Node& node, size_t depth);

  std::mt19937_64 random_;
  RandomData data_;
  algebra::VariableTable variables_;
};

}  // namespace dossier
