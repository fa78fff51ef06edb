#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/expr/evaluator.h"
#include "query/expr/function_families.h"
#include "rdf/inline_payload.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

using OptionalId = std::optional<TermId>;

class CountState : public AggregateState {
 public:
  absl::Status Add(OptionalId value, TermSpace*) override {
    count_ += value.has_value() ? 1 : 0;
    return absl::OkStatus();
  }
  absl::StatusOr<OptionalId> Finish(TermSpace* terms) override {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms->Intern(IntegerTerm(count_)));
    return OptionalId(id);
  }
  size_t bytes() const override { return sizeof(*this); }

 private:
  int64_t count_ = 0;
};

// SUM and AVG. The sum of nothing is 0.
class SumState : public AggregateState {
 public:
  explicit SumState(bool average) : average_(average) {}

  absl::Status Add(OptionalId value, TermSpace* terms) override {
    if (!sum_.has_value()) return absl::OkStatus();
    std::optional<XsdValue> number;
    if (value.has_value() && value->tag() == TermTag::kInteger) {
      number = XsdValue::Integer(ValueOfBiased(value->payload()));
    } else if (value.has_value()) {
      DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms->Get(*value));
      number = XsdValue::Of(*term);
    }
    sum_ = number.has_value() ? AddNumbers(*sum_, *number) : std::nullopt;
    ++count_;
    return absl::OkStatus();
  }
  absl::StatusOr<OptionalId> Finish(TermSpace* terms) override {
    std::optional<XsdValue> result = sum_;
    if (average_ && result.has_value() && count_ > 0) result = DivideNumbers(*result, XsdValue::Integer(count_));
    if (!result.has_value()) return OptionalId();
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms->Intern(result->ToTerm()));
    return OptionalId(id);
  }
  size_t bytes() const override { return sizeof(*this); }

 private:
  const bool average_;
  std::optional<XsdValue> sum_ = XsdValue::Integer(0);  // nullopt once an argument was an error.
  int64_t count_ = 0;
};

// MIN, MAX (by the order of ORDER BY) and SAMPLE (the first). Errors among the values are passed over.
class ChoiceState : public AggregateState {
 public:
  // `wanted`: the sign of comparing a better value with the best so far; 0 keeps the first.
  explicit ChoiceState(int wanted) : wanted_(wanted) {}

  absl::Status Add(OptionalId value, TermSpace* terms) override {
    if (!value.has_value()) return absl::OkStatus();
    if (!best_.has_value()) {
      best_ = value;
    } else if (wanted_ != 0) {
      DOSSIER_ASSIGN_OR_RETURN(const int order, CompareForOrder(*value, *best_, terms));
      if (order * wanted_ > 0) best_ = value;
    }
    return absl::OkStatus();
  }
  absl::StatusOr<OptionalId> Finish(TermSpace*) override { return best_; }
  size_t bytes() const override { return sizeof(*this); }

 private:
  const int wanted_;
  OptionalId best_;
};

class ConcatState : public AggregateState {
 public:
  explicit ConcatState(std::string separator) : separator_(std::move(separator)) {}

  absl::Status Add(OptionalId value, TermSpace* terms) override {
    std::optional<Term> text;
    if (value.has_value()) {
      DOSSIER_ASSIGN_OR_RETURN(const Term* const term, terms->Get(*value));
      text = ApplyTermFunction(Function::kStr, {term});
    }
    if (!text.has_value()) {
      error_ = true;
      return absl::OkStatus();
    }
    absl::StrAppend(&text_, any_ ? separator_ : "", text->value());
    any_ = true;
    return absl::OkStatus();
  }
  absl::StatusOr<OptionalId> Finish(TermSpace* terms) override {
    if (error_) return OptionalId();
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms->Intern(Term::String(text_)));
    return OptionalId(id);
  }
  size_t bytes() const override { return sizeof(*this) + text_.capacity(); }

 private:
  const std::string separator_;
  std::string text_;
  bool any_ = false;
  bool error_ = false;
};

// Passes each value on once.
class DistinctState : public AggregateState {
 public:
  explicit DistinctState(std::unique_ptr<AggregateState> inner) : inner_(std::move(inner)) {}

  absl::Status Add(OptionalId value, TermSpace* terms) override {
    if (value.has_value() && !seen_.insert(*value).second) return absl::OkStatus();
    return inner_->Add(value, terms);
  }
  absl::StatusOr<OptionalId> Finish(TermSpace* terms) override { return inner_->Finish(terms); }
  size_t bytes() const override { return inner_->bytes() + seen_.capacity() * (sizeof(TermId) + 1); }

 private:
  std::unique_ptr<AggregateState> inner_;
  absl::flat_hash_set<TermId> seen_;
};

std::unique_ptr<AggregateState> NewPlainState(const Aggregate& aggregate) {
  switch (aggregate.function) {
    case AggregateFunction::kCountRows:
    case AggregateFunction::kCount: return std::make_unique<CountState>();
    case AggregateFunction::kSum: return std::make_unique<SumState>(false);
    case AggregateFunction::kAvg: return std::make_unique<SumState>(true);
    case AggregateFunction::kMin: return std::make_unique<ChoiceState>(-1);
    case AggregateFunction::kMax: return std::make_unique<ChoiceState>(1);
    case AggregateFunction::kSample: return std::make_unique<ChoiceState>(0);
    case AggregateFunction::kGroupConcat: return std::make_unique<ConcatState>(aggregate.separator);
  }
  return nullptr;
}

}  // namespace

std::unique_ptr<AggregateState> NewAggregateState(const Aggregate& aggregate) {
  std::unique_ptr<AggregateState> state = NewPlainState(aggregate);
  // The rows of COUNT(DISTINCT *) are made distinct by whoever groups them: a row is no single value.
  if (!aggregate.distinct || aggregate.function == AggregateFunction::kCountRows) return state;
  return std::make_unique<DistinctState>(std::move(state));
}

}  // namespace dossier
