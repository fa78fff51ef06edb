#include "query/expr/evaluator.h"

#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "base/status_macros.h"
#include "query/expr/comparison.h"
#include "query/expr/function_families.h"
#include "rdf/xsd_value.h"

namespace dossier {
namespace {

using OptionalId = std::optional<TermId>;

TermId BooleanId(bool value) { return *InlineTermId(BooleanTerm(value)); }

// Carries what every step of the recursion needs.
class Evaluation {
 public:
  Evaluation(VariableLookup row, const EvaluationContext& context)
      : row_(row), terms_(context.terms), values_(context.values), exists_(context.exists) {}

  absl::StatusOr<OptionalId> Value(const Expression& expression) {
    switch (expression.kind) {
      case Expression::Kind::kConstant: return Interned(expression.constant);
      case Expression::Kind::kVariable: {
        const TermId id = row_(expression.variable);
        return id.is_undefined() ? OptionalId() : OptionalId(id);
      }
      case Expression::Kind::kExists: {
        DOSSIER_ASSIGN_OR_RETURN(const bool found, exists_(expression.exists.get(), row_));
        return OptionalId(BooleanId(found));
      }
      case Expression::Kind::kCall: return Call(expression);
    }
    return OptionalId();
  }

  absl::StatusOr<std::optional<bool>> Boolean(const Expression& expression) {
    DOSSIER_ASSIGN_OR_RETURN(const OptionalId id, Value(expression));
    if (!id.has_value()) return std::optional<bool>();
    if (id->tag() == TermTag::kBoolean) return std::optional<bool>(*id == BooleanId(true));
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms_->Get(*id));
    return EffectiveBooleanValue(*term);
  }

 private:
  static std::optional<bool> EffectiveBooleanValue(const Term& term) {
    if (!term.is_literal() || !term.language().empty()) return std::nullopt;
    const std::optional<XsdType> type = XsdTypeOf(term.datatype());
    if (!type.has_value()) return std::nullopt;
    const std::optional<XsdValue> value = XsdValue::Of(term);
    const bool has_boolean_value = *type <= XsdType::kString;
    if (!has_boolean_value) return std::nullopt;
    if (!value.has_value()) return std::nullopt;  // SPARQL 1.2: an invalid boolean or number is an error.
    if (*type == XsdType::kBoolean) return value->boolean();
    if (*type == XsdType::kString) return !value->string().empty();
    const double number = value->ToDouble();
    return number == number && number != 0;
  }
  static_assert(XsdType::kBoolean < XsdType::kInteger && XsdType::kDouble < XsdType::kString &&
                XsdType::kString < XsdType::kDateTime);

  absl::StatusOr<OptionalId> Interned(const Term& term) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms_->Intern(term));
    return OptionalId(id);
  }

  absl::StatusOr<OptionalId> Call(const Expression& call) {
    switch (call.function) {
      case Function::kAnd: return AndOr(call, false);
      case Function::kOr: return AndOr(call, true);
      case Function::kNot: {
        DOSSIER_ASSIGN_OR_RETURN(const std::optional<bool> value, Boolean(call.arguments[0]));
        return value.has_value() ? OptionalId(BooleanId(!*value)) : OptionalId();
      }
      case Function::kBound: {
        DOSSIER_ASSIGN_OR_RETURN(const OptionalId value, Value(call.arguments[0]));
        return OptionalId(BooleanId(value.has_value()));
      }
      case Function::kIf: {
        DOSSIER_ASSIGN_OR_RETURN(const std::optional<bool> condition, Boolean(call.arguments[0]));
        if (!condition.has_value()) return OptionalId();
        return Value(call.arguments[*condition ? 1 : 2]);
      }
      case Function::kCoalesce: return Coalesce(call);
      case Function::kIn: return In(call, true);
      case Function::kNotIn: return In(call, false);
      default: return Strict(call);
    }
  }

  // Logical and (`decisive` false) or or (`decisive` true): a decisive argument wins over errors of the others.
  absl::StatusOr<OptionalId> AndOr(const Expression& call, bool decisive) {
    bool error = false;
    for (const Expression& argument : call.arguments) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<bool> value, Boolean(argument));
      if (value == std::optional(decisive)) return OptionalId(BooleanId(decisive));
      error = error || !value.has_value();
    }
    return error ? OptionalId() : OptionalId(BooleanId(!decisive));
  }

  absl::StatusOr<OptionalId> Coalesce(const Expression& call) {
    for (const Expression& argument : call.arguments) {
      DOSSIER_ASSIGN_OR_RETURN(const OptionalId value, Value(argument));
      if (value.has_value()) return value;
    }
    return OptionalId();
  }

  // IN (`found` true) and NOT IN: what the first argument's being among the others gives.
  absl::StatusOr<OptionalId> In(const Expression& call, bool found) {
    DOSSIER_ASSIGN_OR_RETURN(const OptionalId needle, Value(call.arguments[0]));
    if (!needle.has_value()) return OptionalId();
    bool error = false;
    for (size_t i = 1; i < call.arguments.size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(const OptionalId value, Value(call.arguments[i]));
      std::optional<bool> equal;
      if (value.has_value()) {
        DOSSIER_ASSIGN_OR_RETURN(equal, Equal(*needle, *value));
      }
      if (equal == std::optional(true)) return OptionalId(BooleanId(found));
      error = error || !equal.has_value();
    }
    return error ? OptionalId() : OptionalId(BooleanId(!found));
  }

  absl::StatusOr<std::optional<bool>> Equal(TermId a, TermId b) {
    // The same term is equal to itself, unless it is not-a-number, which no exact inline value is.
    if (a == b && a.tag() != TermTag::kLiteral && a.tag() != TermTag::kLocal && a.tag() != TermTag::kDouble &&
        a.tag() != TermTag::kTripleTerm) {
      return std::optional(true);
    }
    DOSSIER_ASSIGN_OR_RETURN(const Term* const left, terms_->Get(a));
    DOSSIER_ASSIGN_OR_RETURN(const Term* const right, terms_->Get(b));
    return ValuesEqual(*left, *right);
  }

  absl::StatusOr<OptionalId> Strict(const Expression& call) {
    absl::InlinedVector<TermId, 4> ids;
    for (const Expression& argument : call.arguments) {
      DOSSIER_ASSIGN_OR_RETURN(const OptionalId value, Value(argument));
      if (!value.has_value()) return OptionalId();
      ids.push_back(*value);
    }
    if (call.function == Function::kSameTerm) return OptionalId(BooleanId(ids[0] == ids[1]));
    if (call.function >= Function::kEqual && call.function <= Function::kGreaterOrEqual) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<bool> result, Compare(call.function, ids[0], ids[1]));
      return result.has_value() ? OptionalId(BooleanId(*result)) : OptionalId();
    }
    absl::InlinedVector<const Term*, 4> arguments;
    for (const TermId id : ids) {
      DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms_->Get(id));
      arguments.push_back(term);
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<Term> result, Apply(call, arguments));
    if (!result.has_value()) return OptionalId();
    return Interned(*result);
  }

  absl::StatusOr<std::optional<Term>> Apply(const Expression& call, Arguments arguments) {
    const Function function = call.function;
    if (function <= Function::kRound) return ApplyNumericFunction(function, arguments);
    if (function <= Function::kStrLangDirection) return ApplyTermFunction(function, arguments);
    if (function == Function::kCast) return ApplyCast(arguments);
    if (function <= Function::kRandom) return ApplyValueFunction(function, arguments, values_);
    if (function <= Function::kLangMatches) return ApplyStringFunction(function, arguments);
    if (function <= Function::kReplace) {
      const size_t flags_at = function == Function::kRegex ? 2 : 3;
      const bool constant_pattern =
          call.arguments[1].kind == Expression::Kind::kConstant &&
          (call.arguments.size() <= flags_at || call.arguments[flags_at].kind == Expression::Kind::kConstant);
      return ApplyRegexFunction(function, arguments, constant_pattern, values_);
    }
    if (function <= Function::kSha512) return ApplyDigestFunction(function, arguments);
    return ApplyTimeFunction(function, arguments);
  }

  absl::StatusOr<std::optional<bool>> Compare(Function function, TermId a, TermId b) {
    if (function == Function::kEqual || function == Function::kNotEqual) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<bool> equal, Equal(a, b));
      if (!equal.has_value()) return equal;
      return std::optional(*equal == (function == Function::kEqual));
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<std::partial_ordering> order, Order(a, b));
    if (!order.has_value()) return std::optional<bool>();
    switch (function) {
      case Function::kLess: return std::optional(*order < 0);
      case Function::kLessOrEqual: return std::optional(*order <= 0);
      case Function::kGreater: return std::optional(*order > 0);
      default: return std::optional(*order >= 0);
    }
  }

  absl::StatusOr<std::optional<std::partial_ordering>> Order(TermId a, TermId b) {
    // Ids of one exact inline tag are ordered as their values are.
    if (a.tag() == b.tag() && a.tag() >= TermTag::kBoolean && a.tag() <= TermTag::kYearMonth) {
      return std::optional<std::partial_ordering>(a.bits() <=> b.bits());
    }
    DOSSIER_ASSIGN_OR_RETURN(const Term* const left, terms_->Get(a));
    DOSSIER_ASSIGN_OR_RETURN(const Term* const right, terms_->Get(b));
    return CompareValuesOf(*left, *right);
  }

  VariableLookup row_;
  TermSpace* terms_;
  QueryValues* values_;
  ExistsCallback exists_;
};

}  // namespace

absl::StatusOr<std::optional<TermId>> Evaluate(const Expression& expression, VariableLookup row,
                                               const EvaluationContext& context) {
  return Evaluation(row, context).Value(expression);
}

absl::StatusOr<std::optional<bool>> EvaluateBoolean(const Expression& expression, VariableLookup row,
                                                    const EvaluationContext& context) {
  return Evaluation(row, context).Boolean(expression);
}

absl::StatusOr<int> CompareForOrder(TermId a, TermId b, TermSpace* terms) {
  if (a == b) return 0;
  if (a.is_undefined() || b.is_undefined()) return a.is_undefined() ? -1 : 1;
  if (a.tag() == b.tag() && a.tag() >= TermTag::kBoolean && a.tag() <= TermTag::kYearMonth) {
    return a.bits() < b.bits() ? -1 : 1;
  }
  DOSSIER_ASSIGN_OR_RETURN(const Term* const left, terms->Get(a));
  DOSSIER_ASSIGN_OR_RETURN(const Term* const right, terms->Get(b));
  return CompareTermsForOrder(*left, *right);
}

}  // namespace dossier
