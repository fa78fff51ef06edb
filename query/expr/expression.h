// Expressions of FILTER, BIND, ORDER BY and aggregates: plain trees of values.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "query/expr/function.h"
#include "query/expr/variable.h"
#include "rdf/term.h"

namespace dossier::algebra {
struct Node;
}

namespace dossier {

struct Expression {
  enum class Kind : uint8_t { kConstant, kVariable, kCall, kExists };

  Kind kind = Kind::kConstant;
  Term constant;                                // kConstant
  algebra::Variable variable;                   // kVariable
  Function function = Function::kAnd;           // kCall
  std::vector<Expression> arguments;            // kCall
  std::shared_ptr<const algebra::Node> exists;  // kExists: true when the pattern has a solution joined with the row.

  static Expression Constant(Term term) {
    Expression e;
    e.constant = std::move(term);
    return e;
  }
  static Expression Var(algebra::Variable variable) {
    Expression e;
    e.kind = Kind::kVariable;
    e.variable = variable;
    return e;
  }
  static Expression Call(Function function, std::vector<Expression> arguments) {
    Expression e;
    e.kind = Kind::kCall;
    e.function = function;
    e.arguments = std::move(arguments);
    return e;
  }
  static Expression Exists(std::shared_ptr<const algebra::Node> pattern) {
    Expression e;
    e.kind = Kind::kExists;
    e.exists = std::move(pattern);
    return e;
  }
};

enum class AggregateFunction : uint8_t { kCountRows, kCount, kSum, kMin, kMax, kAvg, kSample, kGroupConcat };

struct Aggregate {
  AggregateFunction function = AggregateFunction::kCountRows;
  bool distinct = false;
  Expression argument;          // Not for kCountRows.
  std::string separator = " ";  // kGroupConcat.
  algebra::Variable result;
};

}  // namespace dossier
