#include "tests/support/isomorphism.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rdf/reading.h"

namespace dossier {
namespace {

bool Same(absl::string_view a, absl::string_view b) {
  const auto quads_a = ReadAll(absl::StrCat("PREFIX : <http://a/> ", a), RdfFormat::kTriG);
  const auto quads_b = ReadAll(absl::StrCat("PREFIX : <http://a/> ", b), RdfFormat::kTriG);
  EXPECT_TRUE(quads_a.ok() && quads_b.ok());
  return AreIsomorphic(*quads_a, *quads_b);
}

TEST(Isomorphism, IgnoresLabelsOrderAndDuplicates) {
  EXPECT_TRUE(Same("_:a :p _:b . _:b :q 1 .", "_:y :q 1 . _:x :p _:y . _:x :p _:y ."));
  EXPECT_TRUE(Same(":s :p <<( _:a :q _:b )>> . _:b :r 1 .", ":s :p <<( _:b :q _:a )>> . _:a :r 1 ."));
  EXPECT_TRUE(Same("_:g { :s :p _:a }", "_:h { :s :p _:g }"));
}

TEST(Isomorphism, TellsDifferentShapesApart) {
  EXPECT_FALSE(Same("_:a :p _:b .", "_:a :p _:a ."));
  EXPECT_FALSE(Same("_:a :p 1 .", "_:a :p 2 ."));
  EXPECT_FALSE(Same(":s :p <<( _:a :q _:a )>> .", ":s :p <<( _:a :q _:b )>> ."));
  EXPECT_FALSE(Same(":g { :s :p 1 }", ":s :p 1 ."));
}

TEST(Isomorphism, TellsApartWhatColoursAloneDoNot) {
  constexpr char kHexagon[] = "_:1 :p _:2 . _:2 :p _:3 . _:3 :p _:4 . _:4 :p _:5 . _:5 :p _:6 . _:6 :p _:1 .";
  constexpr char kTriangles[] = "_:1 :p _:2 . _:2 :p _:3 . _:3 :p _:1 . _:4 :p _:5 . _:5 :p _:6 . _:6 :p _:4 .";
  EXPECT_FALSE(Same(kHexagon, kTriangles));
  EXPECT_TRUE(Same(kHexagon, "_:3 :p _:1 . _:1 :p _:4 . _:4 :p _:6 . _:6 :p _:2 . _:2 :p _:5 . _:5 :p _:3 ."));
}

}  // namespace
}  // namespace dossier
