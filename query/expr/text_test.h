// Conditions on the text of one variable: REGEX, CONTAINS, STRSTARTS and STRENDS with constant arguments, and what AND,
// OR and NOT make of them. They are decided on views of terms, so that no term is made for a row that does not pass.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/expr/expression.h"
#include "query/expr/regex.h"
#include "rdf/term_view.h"

namespace dossier {

// Means the same as the expression that it was made of. Thread-safe.
class TextTest {
 public:
  // nullopt for an expression of another form. The result keeps nothing of the expression.
  static std::optional<TextTest> Of(const Expression& expression);

  // Of which all texts are.
  algebra::Variable variable() const { return variable_; }

  // nullopt is an error of the expression (as Evaluate has it).
  std::optional<bool> Decide(const TermView& term) const;

 private:
  TextTest() = default;

  static std::optional<TextTest> OfLogic(const Expression& expression);
  static std::optional<TextTest> OfText(const Expression& expression);
  bool Matches(absl::string_view text) const;

  Function function_ = Function::kAnd;
  algebra::Variable variable_;
  std::vector<TextTest> parts_;  // kAnd, kOr, kNot.
  bool of_str_ = false;          // The text is STR(?variable), so that IRIs and typed literals have one too.
  std::string constant_;
  std::shared_ptr<const Regex> regex_;
};

}  // namespace dossier
