#include "rdf/iri.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace dossier {
namespace {

// The examples of RFC 3986, sections 5.4.1 and 5.4.2.
TEST(Iri, ResolvesAsRfc3986Shows) {
  constexpr char kBase[] = "http://a/b/c/d;p?q";
  const std::pair<const char*, const char*> kExamples[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& [reference, resolved] : kExamples) EXPECT_EQ(ResolveIri(kBase, reference), resolved) << reference;
}

TEST(Iri, ResolvesAgainstBasesWithoutAPath) {
  EXPECT_EQ(ResolveIri("http://a", "g"), "http://a/g");
  EXPECT_EQ(ResolveIri("http://a?q", ""), "http://a?q");
  EXPECT_EQ(ResolveIri("urn:x:y", "#f"), "urn:x:y#f");
  EXPECT_EQ(ResolveIri("http://a/b#f", "?q"), "http://a/b?q");
}

TEST(Iri, IsAbsoluteWithAScheme) {
  EXPECT_TRUE(IsAbsoluteIri("urn:x"));
  EXPECT_TRUE(IsAbsoluteIri("a+b-c.1:"));
  EXPECT_FALSE(IsAbsoluteIri("//a/b"));
  EXPECT_FALSE(IsAbsoluteIri("1a:b"));
  EXPECT_FALSE(IsAbsoluteIri("a/b:c"));
  EXPECT_FALSE(IsAbsoluteIri(":a"));
  EXPECT_FALSE(IsAbsoluteIri(""));
}

TEST(Iri, KnowsTheCharactersThatSyntaxesForbid) {
  EXPECT_TRUE(HasOnlyIriCharacters("http://a/\xC3\xBC?b#c%20"));
  for (const char c : {'<', '>', '"', '{', '}', '|', '^', '`', '\\', ' ', '\n', '\x01'}) {
    EXPECT_FALSE(HasOnlyIriCharacters(std::string("http://a/") + c)) << c;
  }
}

TEST(Iri, OfAFileEncodesWhatIrisForbid) { EXPECT_EQ(FileIri("/tmp/a b#c%.ttl"), "file:///tmp/a%20b%23c%25.ttl"); }

}  // namespace
}  // namespace dossier
