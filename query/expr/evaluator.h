// Evaluating expressions over rows of term ids.
#pragma once

#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "query/expr/expression.h"
#include "query/expr/query_values.h"
#include "query/term_space.h"
#include "rdf/term_id.h"

namespace dossier {

// One row as an expression sees it: the id of a variable, undefined when it is unbound.
using VariableLookup = absl::FunctionRef<TermId(algebra::Variable)>;

// Decides an EXISTS for the row at hand; given by whoever runs the query.
using ExistsCallback = absl::FunctionRef<absl::StatusOr<bool>(const algebra::Node*, VariableLookup)>;

// What evaluating needs beside the row. All outlives the call.
struct EvaluationContext {
  TermSpace* terms = nullptr;
  QueryValues* values = nullptr;
  ExistsCallback exists;
};

// The value of `expression`, or nullopt for an error of the expression (type error, unbound variable, division by zero:
// SPARQL section 17.3), which is no error of the query. A Status means that the store could not be read, or
// (InvalidArgument) that a regular expression of the query itself is none.
absl::StatusOr<std::optional<TermId>> Evaluate(const Expression& expression, VariableLookup row,
                                               const EvaluationContext& context);

// The effective boolean value (section 17.2.2); nullopt for an error, which a filter counts as false.
absl::StatusOr<std::optional<bool>> EvaluateBoolean(const Expression& expression, VariableLookup row,
                                                    const EvaluationContext& context);

// ORDER BY's order (section 15.1): unbound < blank nodes < IRIs < literals < triple terms; literals that compare by
// value do, others by datatype and lexical form, so that the order is total. Negative, zero or positive.
absl::StatusOr<int> CompareForOrder(TermId a, TermId b, TermSpace* terms);

// Accumulates one aggregate of one group.
class AggregateState {
 public:
  virtual ~AggregateState() = default;
  // The argument's value for one row; nullopt for an error or an unbound value. kCountRows gets any value.
  virtual absl::Status Add(std::optional<TermId> value, TermSpace* terms) = 0;
  // nullopt when the aggregate is in error (for example the sum of an IRI) or has no value (MIN of nothing).
  virtual absl::StatusOr<std::optional<TermId>> Finish(TermSpace* terms) = 0;
  // Bytes held, for the memory budget.
  virtual size_t bytes() const = 0;
};
std::unique_ptr<AggregateState> NewAggregateState(const Aggregate& aggregate);

}  // namespace dossier
