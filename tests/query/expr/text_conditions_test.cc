// Conditions that are decided on views of terms mean what the evaluator makes of them.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "query/expr/evaluator.h"
#include "query/expr/text_test.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"
#include "storage/memory/reference_store.h"

namespace dossier {
namespace {

const algebra::Variable kText{0};

Expression Constant(absl::string_view text) { return Expression::Constant(Term::String(std::string(text))); }

std::vector<Expression> Conditions() {
  std::vector<Expression> leaves;
  for (const bool of_str : {false, true}) {
    Expression text = Expression::Var(kText);
    if (of_str) text = Expression::Call(Function::kStr, {text});
    for (const absl::string_view part : {"", "a", "ab", "Zoo", "7", "http"}) {
      for (const Function function :
           {Function::kContains, Function::kStrStarts, Function::kStrEnds, Function::kRegex}) {
        leaves.push_back(Expression::Call(function, {text, Constant(part)}));
      }
      leaves.push_back(Expression::Call(Function::kRegex, {text, Constant(absl::StrCat(part, ".?b")), Constant("i")}));
    }
  }
  std::vector<Expression> all = leaves;
  for (size_t i = 0; i < leaves.size(); ++i) {
    all.push_back(Expression::Call(Function::kNot, {leaves[i]}));
    for (size_t j = i % 5; j < leaves.size(); j += 5) {
      all.push_back(Expression::Call(Function::kAnd, {leaves[i], leaves[j]}));
      all.push_back(Expression::Call(Function::kOr, {Expression::Call(Function::kNot, {leaves[i]}), leaves[j]}));
    }
  }
  return all;
}

TEST(TextTest, DecidesAsTheEvaluatorDoes) {
  const std::vector<Term> terms = {
      Term::String(""),
      Term::String("ab"),
      Term::String("a line\nzoob and more of it"),
      Term::LanguageTagged("Zoo", "en"),
      Term::LanguageTagged("ab", "ar", BaseDirection::kRightToLeft),
      Term::Typed("7", std::string(xsd::kInteger)),
      Term::Typed("ab", "http://example.org/type"),
      Term::Iri("http://example.org/ab"),
      Term::BlankNode("ab"),
      Term::TripleTerm({Term::Iri("http://e/a"), Term::Iri("http://e/b"), Term::String("ab")})};
  TermSpace space(NewReferenceStore()->GetSnapshot());
  QueryValues values{absl::UnixEpoch()};
  const auto no_exists = [](const algebra::Node*, VariableLookup) -> absl::StatusOr<bool> { return false; };
  for (const Expression& condition : Conditions()) {
    const std::optional<TextTest> test = TextTest::Of(condition);
    ASSERT_TRUE(test.has_value());
    EXPECT_EQ(test->variable(), kText);
    for (const Term& term : terms) {
      const TermId id = *space.Intern(term);
      const auto expected =
          EvaluateBoolean(condition, [id](algebra::Variable) { return id; }, {&space, &values, no_exists});
      ASSERT_TRUE(expected.ok()) << expected.status();
      EXPECT_EQ(test->Decide(TermView(term)), *expected) << term.ToString();
    }
  }
}

TEST(TextTest, LeavesOtherConditionsToTheEvaluator) {
  const Expression text = Expression::Var(kText);
  const Expression other = Expression::Var(algebra::Variable{1});
  const Expression contains = Expression::Call(Function::kContains, {text, Constant("a")});
  const std::vector<Expression> conditions = {
      text,
      Expression::Call(Function::kContains, {text, other}),
      Expression::Call(Function::kContains, {text, Expression::Constant(Term::LanguageTagged("a", "en"))}),
      Expression::Call(Function::kRegex, {text, Constant("(")}),
      Expression::Call(Function::kRegex, {text, Constant("a"), other}),
      Expression::Call(Function::kAnd, {contains, Expression::Call(Function::kContains, {other, Constant("a")})}),
      Expression::Call(Function::kOr, {contains, Expression::Call(Function::kBound, {text})})};
  for (const Expression& condition : conditions) EXPECT_FALSE(TextTest::Of(condition).has_value());
}

}  // namespace
}  // namespace dossier
