#include "rdf/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rdf/vocabulary.h"
#include "tests/rdf/reading.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr absl::string_view kPrefixes = "PREFIX : <http://example.org/>\nPREFIX dossier: <urn:dossier:vocabulary:>\n";

std::vector<Quad> Parsed(absl::string_view text) {
  const auto quads = ReadAll(absl::StrCat(kPrefixes, text), RdfFormat::kTriG);
  EXPECT_TRUE(quads.ok()) << quads.status();
  return quads.value_or(std::vector<Quad>());
}

// `text` read and written again, without the header.
std::string Rewritten(absl::string_view text, RdfFormat format = RdfFormat::kTurtle) {
  WriterOptions options;
  options.prefixes = {{"", "http://example.org/"}, {"dossier", std::string(vocab::kPrefix)}};
  const std::vector<Quad> quads = Parsed(text);
  const absl::StatusOr<std::string> written = WriteRdfText(quads, format, options);
  EXPECT_TRUE(written.ok()) << written.status();
  if (!written.ok()) return "";
  const auto again = ReadAll(*written, format);
  EXPECT_TRUE(again.ok()) << again.status() << "\n" << *written;
  EXPECT_TRUE(again.ok() && AreIsomorphic(quads, *again)) << *written;
  const size_t header = written->find("\n\n");
  return header == std::string::npos ? *written : written->substr(header + 2);
}

TEST(TurtleWriter, GroupsBySubjectAndPredicate) {
  EXPECT_EQ(Rewritten(":s :p :o . :t :p :o . :s :q 1 . :s :p \"x\"@en . :s a :T ."),
            ":s a :T ;\n    :p :o, \"x\"@en ;\n    :q 1 .\n:t :p :o .\n");
}

TEST(TurtleWriter, DeclaresThePrefixesThatOccur) {
  WriterOptions options;
  options.prefixes = CommonPrefixes();
  const auto text = WriteRdfText({{Term::Iri("https://schema.org/a"), Term::Iri(std::string(rdf::kType)),
                                   Term::Iri("http://other.example/b"), std::nullopt}},
                                 RdfFormat::kTurtle, options);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*text, "PREFIX schema: <https://schema.org/>\n\nschema:a a <http://other.example/b> .\n");
}

TEST(TurtleWriter, WritesNumbersAndBooleansBare) {
  EXPECT_EQ(Rewritten(":s :p 1, -2.5, 1e3, true, \"01\"^^<http://www.w3.org/2001/XMLSchema#boolean> ."),
            ":s :p 1, -2.5, 1e3, true, \"01\"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n");
}

TEST(TurtleWriter, KeepsNamesThatNeedEscapesAsIris) {
  EXPECT_EQ(Rewritten("<http://example.org/a/b> <http://example.org/a.> <http://example.org/> ."),
            "<http://example.org/a/b> <http://example.org/a.> : .\n");
}

TEST(TurtleWriter, NestsBlankNodesThatAreReferredToOnce) {
  EXPECT_EQ(Rewritten(":s :p [ :q 1 ; :r [ :t 2 ] ] ."), ":s :p [ :q 1 ; :r [ :t 2 ] ] .\n");
  EXPECT_EQ(Rewritten(":s :p [] . [] :p :s ."), ":s :p [] .\n[] :p :s .\n");
  EXPECT_EQ(Rewritten(":s :p _:x . :t :p _:x . _:x :q 1 ."), ":s :p _:x .\n:t :p _:x .\n_:x :q 1 .\n");
}

TEST(TurtleWriter, BreaksCyclesOfBlankNodes) {
  Rewritten("_:a :p _:b . _:b :p _:a .");
  Rewritten("_:a :p _:a .");
  Rewritten(
      "_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ; "
      "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:a .");
}

TEST(TurtleWriter, WritesListsInParentheses) {
  EXPECT_EQ(Rewritten(":s :p ( 1 ( 2 ) [ :q () ] ) ."),
            ":s :p ( 1 ( 2 ) [ :q <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> ] ) .\n");
}

TEST(TurtleWriter, AnnotatesAssertedTriples) {
  EXPECT_EQ(Rewritten(":s :p :o ~ :c {| dossier:paragraph 3 ; dossier:sentence 1 |} ."),
            ":s :p :o ~ :c {|\n        dossier:paragraph 3 ;\n        dossier:sentence 1 |} .\n");
  EXPECT_EQ(Rewritten(":s :p :o {| :q 1 |} ."), ":s :p :o {|\n        :q 1 |} .\n");
  EXPECT_EQ(Rewritten(":s :p :o {| :q 1 |}, :u ."), ":s :p :o {|\n        :q 1 |},\n        :u .\n");
  EXPECT_EQ(Rewritten(":s :p :o ~ :c ."), ":s :p :o ~ :c .\n");
  EXPECT_EQ(Rewritten(":s :p :o ~ ."), ":s :p :o ~ .\n");
}

TEST(TurtleWriter, ReifiesTriplesThatAreNotAsserted) {
  EXPECT_EQ(Rewritten("<< :s :p :o ~ :c >> dossier:paragraph 3 ; dossier:sentence 1 ."),
            "<< :s :p :o ~ :c >> dossier:paragraph 3 ;\n    dossier:sentence 1 .\n");
  EXPECT_EQ(Rewritten("<< :s :p :o >> ."), "<< :s :p :o >> .\n");
}

TEST(TurtleWriter, KeepsReifiersOfOneTripleApart) {
  Rewritten(":s :p :o ~ :c ~ :d {| :q 1 |} {| :q 2 |} ~ ~ ~ :e .");
  Rewritten(":s :p :o {| :q 1 |} {| :q 2 |} {| :q 3 |} .");
  Rewritten(":s :p :o ~ :c . :s :p :o {| :q 1 |} .");
}

TEST(TurtleWriter, WritesReifiersOfSeveralTriples) {
  Rewritten(":s :p :o ~ :c {| :q 1 |} . :t :p :o ~ :c . << :u :p :o ~ :c >> . << :v :p :o ~ :c >> :r 2 .");
  Rewritten(":s :p :o ~ _:c {| :q 1 |} . :t :p :o ~ _:c . :w :says _:c .");
}

TEST(TurtleWriter, WritesAnnotationsOfAnnotations) {
  Rewritten(":s :p :o ~ :c {| :q 1 ~ :d {| :r 2 |} |} .");
  Rewritten(":c :p :o ~ :c {| :q 1 |} .");
  Rewritten("_:c :p :o ~ _:c .");
  Rewritten(":s :p << << :a :b :c >> :q <<( :x :y \"z\"@en--rtl )>> >> .");
}

TEST(TurtleWriter, BoundsTheDepthOfNesting) {
  std::string deep = ":s :p ";
  for (int i = 0; i < 60; ++i) deep.append("[ :p ");
  deep.append("1");
  for (int i = 0; i < 60; ++i) deep.append(" ]");
  Rewritten(absl::StrCat(deep, " ."));
  std::string annotated = ":s :p :o ";
  for (int i = 0; i < 60; ++i) annotated.append("{| :p :o ");
  for (int i = 0; i < 60; ++i) annotated.append(" |}");
  Rewritten(absl::StrCat(annotated, " ."));
}

TEST(TriGWriter, WritesGraphsAsBlocks) {
  EXPECT_EQ(Rewritten(":a :p 1 . :g { :s :p :o . :s :q [ :r 1 ] } _:h { :s :p :o }", RdfFormat::kTriG),
            ":a :p 1 .\n\n:g {\n    :s :p :o ;\n        :q [ :r 1 ] .\n}\n\n_:h {\n    :s :p :o .\n}\n");
}

TEST(TriGWriter, KeepsBlankNodesThatGraphsShare) {
  Rewritten(":g { :s :p _:x } :h { _:x :q 1 }", RdfFormat::kTriG);
  Rewritten("_:g { :s :p 1 } :s :in _:g .", RdfFormat::kTriG);
  Rewritten(":g { :s :p :o ~ :c } :c :q 1 .", RdfFormat::kTriG);
}

TEST(Writer, WritesLinesInTheGivenOrder) {
  const std::vector<Quad> quads = Parsed(":b :p \"x\\ny\" . :g { :a :p <<( :s :p :o )>> }");
  EXPECT_EQ(*WriteRdfText(quads, RdfFormat::kNQuads, {}),
            "<http://example.org/b> <http://example.org/p> \"x\\ny\" .\n"
            "<http://example.org/a> <http://example.org/p> <<( <http://example.org/s> <http://example.org/p> "
            "<http://example.org/o> )>> <http://example.org/g> .\n");
}

TEST(Writer, RefusesGraphsWhereTheFormatHasNone) {
  const std::vector<Quad> quads = Parsed(":g { :a :p 1 }");
  EXPECT_THAT(WriteRdfText(quads, RdfFormat::kTurtle, {}).status().message(), HasSubstr("http://example.org/g"));
  EXPECT_FALSE(WriteRdfText(quads, RdfFormat::kNTriples, {}).ok());
  EXPECT_EQ(WriteRdfText(quads, RdfFormat::kRdfXml, {}).status().code(), absl::StatusCode::kUnimplemented);
}

}  // namespace
}  // namespace dossier
