#include "query/expr/text_test.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "query/expr/function_families.h"

namespace dossier {
namespace {

bool IsConstantText(const Expression& expression) {
  return expression.kind == Expression::Kind::kConstant && IsSimpleLiteral(expression.constant);
}

}  // namespace

std::optional<TextTest> TextTest::Of(const Expression& expression) {
  if (expression.kind != Expression::Kind::kCall) return std::nullopt;
  switch (expression.function) {
    case Function::kAnd:
    case Function::kOr:
    case Function::kNot: return OfLogic(expression);
    case Function::kContains:
    case Function::kStrStarts:
    case Function::kStrEnds:
    case Function::kRegex: return OfText(expression);
    default: return std::nullopt;
  }
}

std::optional<TextTest> TextTest::OfLogic(const Expression& expression) {
  TextTest test;
  test.function_ = expression.function;
  for (const Expression& argument : expression.arguments) {
    std::optional<TextTest> part = Of(argument);
    if (!part.has_value() || (!test.parts_.empty() && part->variable_ != test.variable_)) return std::nullopt;
    test.variable_ = part->variable_;
    test.parts_.push_back(*std::move(part));
  }
  if (test.parts_.empty()) return std::nullopt;
  return test;
}

std::optional<TextTest> TextTest::OfText(const Expression& expression) {
  const Expression* text = &expression.arguments[0];
  TextTest test;
  test.function_ = expression.function;
  if (text->kind == Expression::Kind::kCall && text->function == Function::kStr) {
    test.of_str_ = true;
    text = &text->arguments[0];
  }
  const bool constant = std::all_of(expression.arguments.begin() + 1, expression.arguments.end(), IsConstantText);
  if (text->kind != Expression::Kind::kVariable || !constant) return std::nullopt;
  test.variable_ = text->variable;
  test.constant_ = expression.arguments[1].constant.value();
  if (expression.function != Function::kRegex) return test;
  const absl::string_view flags =
      expression.arguments.size() > 2 ? expression.arguments[2].constant.value() : absl::string_view();
  absl::StatusOr<std::unique_ptr<Regex>> regex = Regex::Compile(test.constant_, flags);
  if (!regex.ok()) return std::nullopt;  // The evaluator says what is wrong with it.
  test.regex_ = *std::move(regex);
  return test;
}

bool TextTest::Matches(absl::string_view text) const {
  switch (function_) {
    case Function::kContains: return absl::StrContains(text, constant_);
    case Function::kStrStarts: return absl::StartsWith(text, constant_);
    case Function::kStrEnds: return absl::EndsWith(text, constant_);
    default: return regex_->Matches(text);
  }
}

std::optional<bool> TextTest::Decide(const TermView& term) const {
  if (parts_.empty()) {
    const bool has_text = of_str_ ? term.kind == TermKind::kIri || term.kind == TermKind::kLiteral : term.is_string();
    return has_text ? std::optional(Matches(term.value)) : std::nullopt;
  }
  if (function_ == Function::kNot) {
    const std::optional<bool> value = parts_[0].Decide(term);
    return value.has_value() ? std::optional(!*value) : std::nullopt;
  }
  // One decisive part wins over errors of the others.
  const bool decisive = function_ == Function::kOr;
  bool error = false;
  for (const TextTest& part : parts_) {
    const std::optional<bool> value = part.Decide(term);
    if (value == std::optional(decisive)) return decisive;
    error = error || !value.has_value();
  }
  return error ? std::nullopt : std::optional(!decisive);
}

}  // namespace dossier
