#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "rdf/vocabulary.h"
#include "tests/rdf/reading.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr absl::string_view kPrefix = "PREFIX : <http://a/>\n";

std::string Turtle(absl::string_view text, ReaderOptions options = {}) {
  options.source = "t.ttl";
  return ReadAsLines(absl::StrCat(kPrefix, text), RdfFormat::kTurtle, options);
}

std::string TriG(absl::string_view text, const ReaderOptions& options = {}) {
  return ReadAsLines(absl::StrCat(kPrefix, text), RdfFormat::kTriG, options);
}

TEST(TurtleReader, ResolvesRelativeIrisAgainstTheBase) {
  ReaderOptions options;
  options.base = "http://b/c/d";
  EXPECT_EQ(ReadAsLines("<x> <#y> <../z> . @base <e/> . <x> <y> <> .", RdfFormat::kTurtle, options),
            "<http://b/c/x> <http://b/c/d#y> <http://b/z> .\n"
            "<http://b/c/e/x> <http://b/c/e/y> <http://b/c/e/> .\n");
  EXPECT_THAT(Turtle("<x> :p :o ."), HasSubstr("2:1: the relative IRI <x> has no base to stand on"));
}

TEST(TurtleReader, ReadsListsAndNestedBlankNodes) {
  const auto quads = ReadAll(absl::StrCat(kPrefix, ":s :p ( 1 [ :q () ] ) ."), RdfFormat::kTurtle);
  const auto expected = ReadAll(
      "_:l1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
      "_:l1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:l2 .\n"
      "_:l2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> _:x .\n"
      "_:l2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n"
      "_:x <http://a/q> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n"
      "<http://a/s> <http://a/p> _:l1 .\n",
      RdfFormat::kNTriples);
  ASSERT_TRUE(quads.ok() && expected.ok());
  EXPECT_TRUE(AreIsomorphic(*quads, *expected));
}

TEST(TurtleReader, ReadsNumbersNextToDots) {
  EXPECT_EQ(Turtle(":s :p 1.:s :p 1.5.:s :p 1.e2.:s :p true.:s :p .5e1 ."),
            "<http://a/s> <http://a/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
            "<http://a/s> <http://a/p> \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n"
            "<http://a/s> <http://a/p> \"1.e2\"^^<http://www.w3.org/2001/XMLSchema#double> .\n"
            "<http://a/s> <http://a/p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n"
            "<http://a/s> <http://a/p> \".5e1\"^^<http://www.w3.org/2001/XMLSchema#double> .\n");
}

TEST(TurtleReader, ReadsClaimsAsTheDatasetsWriteThem) {
  const std::string reifies = absl::StrCat("<", rdf::kReifies, ">");
  EXPECT_EQ(Turtle(":s :p :o ~ :c {| :q 'x' |} . << :s :p :u ~ :d >> :q \"y\"@en--rtl ."),
            absl::StrCat("<http://a/s> <http://a/p> <http://a/o> .\n",  //
                         "<http://a/c> ", reifies, " <<( <http://a/s> <http://a/p> <http://a/o> )>> .\n",
                         "<http://a/c> <http://a/q> \"x\" .\n",  //
                         "<http://a/d> ", reifies, " <<( <http://a/s> <http://a/p> <http://a/u> )>> .\n",
                         "<http://a/d> <http://a/q> \"y\"@en--rtl .\n"));
}

TEST(TurtleReader, GivesEachAnnotationBlockAReifierOfItsOwn) {
  const auto quads = ReadAll(absl::StrCat(kPrefix, ":s :p :o {| :q 1 |} {| :q 2 |} ."), RdfFormat::kTurtle);
  ASSERT_TRUE(quads.ok()) << quads.status();
  ASSERT_EQ(quads->size(), 5u);
  EXPECT_NE((*quads)[1].subject, (*quads)[3].subject);
}

TEST(TurtleReader, KeepsLabelsApartFromFreshNodesAndOtherFiles) {
  ReaderOptions options;
  options.blank_node_prefix = "f2_";
  EXPECT_EQ(Turtle("_:anon1 :p [] . _:b :p 'x' .", options),
            "_:f2_anon_anon1 <http://a/p> _:f2_anon1 .\n_:f2_b <http://a/p> \"x\" .\n");
}

TEST(TurtleReader, PointsAtTheError) {
  ReaderOptions options;
  options.source = "facts.ttl";
  const auto quads =
      ReadAll("PREFIX : <http://a/>\n:s :p :o ;\n   :\xC3\xA9t\xC3\xA9 ] .\n", RdfFormat::kTurtle, options);
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(quads.status());
  ASSERT_TRUE(diagnostic.has_value()) << quads.status();
  EXPECT_EQ(diagnostic->message, "expected an object, found `]`");
  EXPECT_EQ(diagnostic->source, "facts.ttl");
  EXPECT_EQ(diagnostic->line, 3u);
  EXPECT_EQ(diagnostic->column, 9u);
  EXPECT_EQ(diagnostic->line_text, "   :\xC3\xA9t\xC3\xA9 ] .");
}

TEST(TurtleReader, SaysWhatIsWrong) {
  EXPECT_THAT(Turtle("ex:s :p :o ."), HasSubstr("2:1: the prefix `ex:` is not declared"));
  EXPECT_THAT(Turtle(":s :p :o"), HasSubstr("2:9: expected `.` after the triple, found the end of the file"));
  EXPECT_THAT(Turtle(":s :p \"o ."), HasSubstr("2:7: the string is not closed"));
  EXPECT_THAT(Turtle(":s 'p' :o ."), HasSubstr("2:4: expected a predicate, found a string"));
  EXPECT_THAT(Turtle(":s :p <a b> ."), HasSubstr("2:9: this character is not allowed in an IRI"));
  EXPECT_THAT(Turtle(":s :p 'x'@en--up ."), HasSubstr("2:10: the direction of a language tag is `ltr` or `rtl`"));
  EXPECT_THAT(Turtle(":s :p 'x'^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString> ."),
              HasSubstr("2:12: a literal of this datatype is written with a language tag"));
  EXPECT_THAT(Turtle("<<( :s :p :o )>> :p :o ."), HasSubstr("2:1: a triple term can only be an object"));
  EXPECT_THAT(Turtle(":s :p <<( :a :b << :c :d :e >> )>> ."), HasSubstr("2:17: a reified triple cannot stand"));
  EXPECT_THAT(Turtle(":s :p 'x\xFF' ."), HasSubstr("2:9: this is not UTF-8"));
  EXPECT_THAT(Turtle(":s :p :o .\n:s :p '''a\nb\n"), HasSubstr("3:7: the string is not closed"));
}

TEST(TurtleReader, BoundsTheDepthOfNesting) {
  for (const char* open : {"[ :p ", "( ", "<< :s :p ", "<<( :s :p ", ":o {| :p "}) {
    std::string text = ":s :p ";
    for (int i = 0; i < 100000; ++i) text.append(open);
    EXPECT_THAT(Turtle(text), HasSubstr("nested too deeply")) << open;
  }
}

TEST(TurtleReader, ReadsTheSameWhateverComesAtOnce) {
  const std::string text = absl::StrCat(
      "\xEF\xBB\xBF", kPrefix,
      "# \xC3\xA9\n:\xE4\xB8\xAD.\xE6\x96\x87 :p '''a\n'b''', 1.5e3, \"\\u00E9\" ;\r\n :q <http://a/\xC3\xA9> . "
      ":s :p :o {| :q _:b.c |} .");
  DrippingInput input(text);
  std::vector<Quad> dripped;
  const absl::Status status = ReadRdf(&input, RdfFormat::kTurtle, {}, [&dripped](Quad&& quad) {
    dripped.push_back(std::move(quad));
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(dripped, ReadAll(text, RdfFormat::kTurtle).value());
  EXPECT_EQ(dripped.size(), 7u);
}

TEST(TurtleReader, ReadsTokensLongerThanItsWindow) {
  const std::string text(300'000, 'x');
  const auto quads =
      ReadAll(absl::StrCat(kPrefix, ":s :p '", text, "', <http://a/", text, ">, :", text, " ."), RdfFormat::kTurtle);
  ASSERT_TRUE(quads.ok()) << quads.status();
  EXPECT_EQ((*quads)[0].object.value(), text);
  EXPECT_EQ((*quads)[1].object.value(), absl::StrCat("http://a/", text));
  EXPECT_EQ((*quads)[2].object.value(), absl::StrCat("http://a/", text));
}

TEST(TriGReader, ReadsGraphs) {
  EXPECT_EQ(TriG(":s :p 'd' . { :s :p 'e' } :g { :s :p 'x' . :s :p 'y' } GRAPH _:h { :s :p 'z' . }"),
            "<http://a/s> <http://a/p> \"d\" .\n<http://a/s> <http://a/p> \"e\" .\n"
            "<http://a/s> <http://a/p> \"x\" <http://a/g> .\n<http://a/s> <http://a/p> \"y\" <http://a/g> .\n"
            "<http://a/s> <http://a/p> \"z\" _:h .\n");
}

TEST(TriGReader, PutsOnlyTheDefaultGraphElsewhere) {
  ReaderOptions options;
  options.default_graph = Term::Iri("http://a/all");
  EXPECT_EQ(TriG(":g { :s :p 'x' } :s :p 'y' .", options),
            "<http://a/s> <http://a/p> \"x\" <http://a/g> .\n<http://a/s> <http://a/p> \"y\" <http://a/all> .\n");
}

TEST(TriGReader, RefusesGraphsInGraphsAndInTurtle) {
  EXPECT_THAT(TriG(":g { :h { :s :p :o } }"), HasSubstr("error"));
  EXPECT_THAT(TriG("( 1 ) { :s :p :o }"), HasSubstr("expected a predicate, found `{`"));
  EXPECT_THAT(Turtle(":g { :s :p :o }"), HasSubstr("expected a predicate, found `{`"));
}

}  // namespace
}  // namespace dossier
