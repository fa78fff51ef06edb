#include "base/copy_on_write.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace dossier {
namespace {

TEST(CopyOnWriteTest, ACopyIsTheSameValueUntilOneIsChanged) {
  const CopyOnWrite<std::string> harbour("harbour");
  CopyOnWrite<std::string> copy = harbour;
  EXPECT_EQ(&*std::as_const(copy), &*harbour);
  *copy += "s";
  EXPECT_EQ(*copy, "harbours");
  EXPECT_EQ(*harbour, "harbour");
}

TEST(CopyOnWriteTest, AValueThatNobodySharesIsChangedWhereItIs) {
  CopyOnWrite<std::string> harbour("harbour");
  const std::string* const before = &*std::as_const(harbour);
  { const CopyOnWrite<std::string> shared = harbour; }
  harbour->push_back('s');
  EXPECT_EQ(&*std::as_const(harbour), before);
  EXPECT_EQ(*harbour, "harbours");
}

TEST(CopyOnWriteTest, BeginsWithAValueOfItsOwn) {
  CopyOnWrite<std::string> one;
  const CopyOnWrite<std::string> other;
  *one = "pilot";
  EXPECT_EQ(*other, "");
}

}  // namespace
}  // namespace dossier
