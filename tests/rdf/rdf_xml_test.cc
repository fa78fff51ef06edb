#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "base/diagnostic.h"
#include "tests/rdf/reading.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr absl::string_view kRdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

// A document with `body` from its second line on.
std::string Document(absl::string_view body, absl::string_view attributes = "") {
  return absl::StrCat("<rdf:RDF xmlns:rdf=\"", kRdf, "\" xmlns:a=\"http://a/\" ", attributes, ">\n", body,
                      "\n</rdf:RDF>");
}

// The statements of a document with `body`, against the base http://b/doc, without RDF's own namespace.
std::string Read(absl::string_view body, absl::string_view attributes = "") {
  ReaderOptions options;
  options.base = "http://b/doc";
  options.source = "t.rdf";
  return absl::StrReplaceAll(ReadAsLines(Document(body, attributes), RdfFormat::kRdfXml, options), {{kRdf, ""}});
}

// Those of a node <http://s> with `properties`.
std::string ReadNode(absl::string_view properties, absl::string_view attributes = "") {
  return Read(absl::StrCat("<rdf:Description rdf:about=\"http://s\">", properties, "</rdf:Description>"), attributes);
}

TEST(RdfXmlReader, ReadsNodesAndPropertiesInTurns) {
  EXPECT_EQ(
      Read("<a:T rdf:about=\"#s\"><a:p><rdf:Description rdf:about=\"o\"><a:q>x</a:q></rdf:Description></a:p></a:T>"),
      "<http://b/doc#s> <type> <http://a/T> .\n"
      "<http://b/doc#s> <http://a/p> <http://b/o> .\n"
      "<http://b/o> <http://a/q> \"x\" .\n");
}

TEST(RdfXmlReader, ReadsADocumentThatIsOneNode) {
  EXPECT_EQ(
      ReadAsLines(
          "<a:T xmlns:a=\"http://a/\" xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" r:about=\"http://s\"/>",
          RdfFormat::kRdfXml),
      "<http://s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a/T> .\n");
}

TEST(RdfXmlReader, NamesNodesByAboutIdAndLabel) {
  EXPECT_EQ(Read("<rdf:Description rdf:about=\"\" a:p=\"1\"/><rdf:Description rdf:ID=\"i\" a:p=\"2\"/>"
                 "<rdf:Description rdf:nodeID=\"n\" a:p=\"3\"/><rdf:Description a:p=\"4\"/>"),
            "<http://b/doc> <http://a/p> \"1\" .\n<http://b/doc#i> <http://a/p> \"2\" .\n"
            "_:n <http://a/p> \"3\" .\n_:anon1 <http://a/p> \"4\" .\n");
  EXPECT_THAT(Read("<rdf:Description rdf:about=\"\" rdf:nodeID=\"n\"/>"),
              HasSubstr("t.rdf:2:1: a node has one of rdf:about, rdf:ID and rdf:nodeID"));
}

TEST(RdfXmlReader, ReadsObjectsFromAttributesOfTheProperty) {
  EXPECT_EQ(
      ReadNode("<a:p rdf:resource=\"o\"/><a:p rdf:nodeID=\"n\"/><a:p a:q=\"1\" rdf:type=\"T\"/><a:p> x </a:p><a:p/>"),
      "<http://s> <http://a/p> <http://b/o> .\n<http://s> <http://a/p> _:n .\n"
      "<http://s> <http://a/p> _:anon1 .\n_:anon1 <http://a/q> \"1\" .\n_:anon1 <type> <http://b/T> .\n"
      "<http://s> <http://a/p> \" x \" .\n<http://s> <http://a/p> \"\" .\n");
  EXPECT_THAT(ReadNode("<a:p rdf:resource=\"o\">x</a:p>"), HasSubstr("its element must be empty"));
  EXPECT_THAT(ReadNode("<a:p rdf:resource=\"o\"><a:T/></a:p>"), HasSubstr("its element must be empty"));
  EXPECT_THAT(ReadNode("<a:p rdf:resource=\"o\" rdf:nodeID=\"n\"/>"), HasSubstr("one of rdf:resource and rdf:nodeID"));
}

TEST(RdfXmlReader, ReadsDatatypesAndLanguages) {
  EXPECT_EQ(
      ReadNode(
          "<a:p rdf:datatype=\"http://t\">1</a:p><a:p>de</a:p><a:p xml:lang=\"EN\">en</a:p><a:p xml:lang=\"\">-</a:p>",
          "xml:lang=\"de\""),
      "<http://s> <http://a/p> \"1\"^^<http://t> .\n<http://s> <http://a/p> \"de\"@de .\n"
      "<http://s> <http://a/p> \"en\"@en .\n<http://s> <http://a/p> \"-\" .\n");
  EXPECT_EQ(Read("<rdf:Description rdf:about=\"http://s\" xml:lang=\"fr\" a:p=\"chat\"/>"),
            "<http://s> <http://a/p> \"chat\"@fr .\n");
  EXPECT_THAT(ReadNode("<a:p xml:lang=\"en_US\">x</a:p>"), HasSubstr("`en_US` is no language tag"));
  EXPECT_THAT(ReadNode("<a:p rdf:datatype=\"http://t\"><a:T/></a:p>"), HasSubstr("is a text, not a node"));
  EXPECT_THAT(ReadNode("<a:p rdf:datatype=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#langString\">x</a:p>"),
              HasSubstr("has `xml:lang` and no datatype"));
}

TEST(RdfXmlReader, CountsTheMembersOfEachContainer) {
  EXPECT_EQ(ReadNode("<rdf:li>1</rdf:li><rdf:_7>7</rdf:_7><rdf:li "
                     "rdf:parseType=\"Resource\"><rdf:li>1</rdf:li></rdf:li><rdf:li>3</rdf:li>"),
            "<http://s> <_1> \"1\" .\n<http://s> <_7> \"7\" .\n<http://s> <_2> _:anon1 .\n_:anon1 <_1> \"1\" .\n"
            "<http://s> <_3> \"3\" .\n");
}

TEST(RdfXmlReader, ReadsCollections) {
  EXPECT_EQ(ReadNode("<a:p rdf:parseType=\"Collection\"><a:T rdf:about=\"x\"/><rdf:Description rdf:about=\"y\"/></a:p>"
                     "<a:q rdf:parseType=\"Collection\"/>"),
            "<http://s> <http://a/p> _:anon1 .\n_:anon1 <first> <http://b/x> .\n<http://b/x> <type> <http://a/T> .\n"
            "_:anon1 <rest> _:anon2 .\n_:anon2 <first> <http://b/y> .\n_:anon2 <rest> <nil> .\n"
            "<http://s> <http://a/q> <nil> .\n");
}

TEST(RdfXmlReader, ReadsXmlAsATextInCanonicalForm) {
  EXPECT_EQ(
      ReadNode("<a:p rdf:parseType=\"Literal\">1 &lt; <b y='2' x=\"1\"/><a:c rdf:d=\"\"/></a:p>"),
      absl::StrCat("<http://s> <http://a/p> \"1 &lt; <b x=\\\"1\\\" y=\\\"2\\\"></b><a:c xmlns:a=\\\"http://a/\\\" "
                   "xmlns:rdf=\\\"\\\" rdf:d=\\\"\\\"></a:c>\"^^<XMLLiteral> .\n"));
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"daml:collection\"><b/></a:p>"), HasSubstr("\"<b></b>\"^^<XMLLiteral>"));
}

TEST(RdfXmlReader, StatesAStatementThatHasAnId) {
  EXPECT_EQ(ReadNode("<a:p rdf:ID=\"i\">x</a:p>"),
            "<http://s> <http://a/p> \"x\" .\n<http://b/doc#i> <type> <Statement> .\n"
            "<http://b/doc#i> <subject> <http://s> .\n<http://b/doc#i> <predicate> <http://a/p> .\n"
            "<http://b/doc#i> <object> \"x\" .\n");
}

TEST(RdfXmlReader, GivesEachIdOnceUnderOneBase) {
  EXPECT_THAT(Read("<a:T rdf:ID=\"i\"/>\n <a:T rdf:ID=\"i\"/>"),
              HasSubstr("t.rdf:3:2: the rdf:ID `i` was given before"));
  EXPECT_THAT(Read("<a:T rdf:ID=\"i\"/><a:T rdf:ID=\"i\" xml:base=\"http://c/\"/>"), Not(StartsWith("error")));
  EXPECT_THAT(Read("<a:T rdf:ID=\"1i\"/>"), HasSubstr("begins with a letter or `_`"));
  EXPECT_THAT(Read("<a:T rdf:nodeID=\"a:b\"/>"), HasSubstr("begins with a letter or `_`"));
}

TEST(RdfXmlReader, ResolvesAgainstTheInnermostBase) {
  EXPECT_EQ(Read("<rdf:Description rdf:about=\"x\" xml:base=\"d/e#f\"><a:p rdf:resource=\"#g\"/>"
                 "<a:p xml:base=\"http://c/\" rdf:resource=\"y\"/></rdf:Description>",
                 "xml:base=\"http://z/1/2\""),
            "<http://z/1/d/x> <http://a/p> <http://z/1/d/e#g> .\n<http://z/1/d/x> <http://a/p> <http://c/y> .\n");
  EXPECT_THAT(ReadAsLines(Document("<a:T rdf:about=\"x\"/>"), RdfFormat::kRdfXml),
              HasSubstr("line 2, column 1: the relative IRI <x> has no base to stand on"));
}

TEST(RdfXmlReader, RefusesIrisThatOtherSyntaxesCannotWrite) {
  EXPECT_THAT(Read("<a:T rdf:about=\"http://a b\"/>"), HasSubstr("t.rdf:2:1: <http://a b> is no IRI"));
  EXPECT_THAT(ReadNode("<a:p rdf:datatype=\"`http://t\"/>"), HasSubstr("is no IRI"));
  EXPECT_THAT(ReadNode("<b:p xmlns:b=\"b/\"/>"), HasSubstr("the IRI <b/p> is relative"));
  EXPECT_THAT(ReadNode("<b:p xmlns:b=\"http://{b}/\"/>"), HasSubstr("is no IRI"));
}

TEST(RdfXmlReader, RefusesNamesThatCannotStandWhereTheyDo) {
  EXPECT_THAT(Read("<rdf:li/>"), HasSubstr("2:1: `rdf:li` cannot be a node"));
  EXPECT_THAT(Read("<rdf:RDF/>"), HasSubstr("`rdf:RDF` cannot be a node"));
  EXPECT_THAT(ReadNode("<rdf:Description/>"), HasSubstr("`rdf:Description` cannot be a property"));
  EXPECT_THAT(ReadNode("<rdf:annotation/>"), HasSubstr("`rdf:annotation` cannot be a property"));
  EXPECT_THAT(ReadNode("<a:p rdf:li=\"1\"/>"), HasSubstr("`rdf:li` cannot be an attribute"));
  for (const char* name : {"aboutEach", "aboutEachPrefix", "bagID"}) {
    EXPECT_THAT(Read(absl::StrCat("<a:T rdf:", name, "=\"x\"/>")), HasSubstr("is no longer part of RDF")) << name;
    EXPECT_THAT(Read(absl::StrCat("<rdf:", name, "/>")), HasSubstr("is no longer part of RDF")) << name;
  }
  EXPECT_THAT(Read("<a:T rdf:resource=\"x\"/>"), HasSubstr("belong on a property"));
  EXPECT_THAT(Read("<a:T rdf:annotation=\"x\"/>"), HasSubstr("belong on a property"));
  EXPECT_THAT(ReadNode("<a:p rdf:about=\"x\"/>"), HasSubstr("rdf:about belongs on a node"));
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"Literal\" rdf:resource=\"x\"/>"), HasSubstr("beside rdf:parseType"));
  EXPECT_THAT(Read("", "rdf:about=\"x\""), HasSubstr("1:1: rdf:RDF only has attributes of XML"));
}

TEST(RdfXmlReader, RefusesNamesWithoutANamespace) {
  EXPECT_THAT(Read("<T/>"), HasSubstr("`T` is in no namespace"));
  EXPECT_THAT(ReadAsLines("<html/>", RdfFormat::kRdfXml), HasSubstr("line 1, column 1: `html` is in no namespace"));
  EXPECT_THAT(Read("<a:T b=\"1\"/>"), HasSubstr("the attribute `b` is in no namespace"));
}

TEST(RdfXmlReader, TakesTheFirstNamesOfRdfWithoutAPrefix) {
  EXPECT_EQ(Read("<rdf:Description about=\"x\" type=\"T\"><a:p resource=\"y\" xml:space=\"default\" "
                 "xmlish=\"1\"/></rdf:Description>"),
            "<http://b/x> <type> <http://b/T> .\n<http://b/x> <http://a/p> <http://b/y> .\n");
  EXPECT_THAT(Read("<a:T about=\"x\" rdf:about=\"x\"/>"), HasSubstr("stands here twice"));
}

TEST(RdfXmlReader, RefusesTextBesideElements) {
  EXPECT_THAT(ReadNode("<a:p/>x"), HasSubstr("a text cannot stand in a node"));
  EXPECT_THAT(ReadNode("<a:p>x<a:T/></a:p>"), HasSubstr("rdf:parseType=\"Literal\""));
  EXPECT_THAT(ReadNode("<a:p><a:T/>x</a:p>"), HasSubstr("there cannot be a text"));
  EXPECT_THAT(ReadNode("<a:p><a:T/><a:T/></a:p>"), HasSubstr("repeat the property"));
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"Collection\">x</a:p>"), HasSubstr("only nodes"));
  EXPECT_THAT(Read("x"), HasSubstr("t.rdf:2:1: there cannot be a text here, only nodes"));
}

TEST(RdfXmlReader, KeepsBlankNodesOfFilesApart) {
  ReaderOptions options;
  options.blank_node_prefix = "f3_";
  EXPECT_EQ(
      ReadAsLines(Document("<rdf:Description rdf:nodeID=\"n\"><a:p rdf:parseType=\"Resource\"/></rdf:Description>"),
                  RdfFormat::kRdfXml, options),
      "_:f3_n <http://a/p> _:f3_anon1 .\n");
}

TEST(RdfXmlReader, KeepsLabelsApartFromThoseThatItMakes) {
  EXPECT_EQ(ReadNode("<a:p rdf:nodeID=\"anon1\"/><a:p rdf:parseType=\"Resource\"/><a:p rdf:nodeID=\"b.\"/>"),
            "<http://s> <http://a/p> _:anon_anon1 .\n<http://s> <http://a/p> _:anon1 .\n"
            "<http://s> <http://a/p> _:anon-b.- .\n");
}

TEST(RdfXmlReader, PutsStatementsIntoTheDefaultGraphOfTheReader) {
  ReaderOptions options;
  options.default_graph = Term::Iri("http://g");
  EXPECT_EQ(ReadAsLines(Document("<rdf:Description rdf:about=\"http://s\" a:p=\"1\"/>"), RdfFormat::kRdfXml, options),
            "<http://s> <http://a/p> \"1\" <http://g> .\n");
}

// RDF 1.2 ---------------------------------------------------------------------------------------------------------

TEST(RdfXmlReader, AnnotatesStatements) {
  EXPECT_EQ(ReadNode("<a:p rdf:annotation=\"#c\">x</a:p><a:p rdf:annotationNodeID=\"d\" rdf:resource=\"o\"/>"),
            "<http://s> <http://a/p> \"x\" .\n"
            "<http://b/doc#c> <reifies> <<( <http://s> <http://a/p> \"x\" )>> .\n"
            "<http://s> <http://a/p> <http://b/o> .\n"
            "_:d <reifies> <<( <http://s> <http://a/p> <http://b/o> )>> .\n");
  EXPECT_THAT(ReadNode("<a:p rdf:annotation=\"c\" rdf:annotationNodeID=\"d\"/>"), HasSubstr("one of rdf:annotation"));
}

TEST(RdfXmlReader, ReadsTripleTerms) {
  constexpr absl::string_view kVersion = "rdf:version=\"1.2\"";
  EXPECT_EQ(ReadNode("<a:p rdf:parseType=\"Triple\"><rdf:Description rdf:about=\"t\"><a:q "
                     "rdf:parseType=\"Triple\"><a:T rdf:about=\"u\"/></a:q>"
                     "</rdf:Description></a:p>",
                     kVersion),
            "<http://s> <http://a/p> <<( <http://b/t> <http://a/q> <<( <http://b/u> <type> <http://a/T> )>> )>> .\n");
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"Triple\"/>", kVersion), HasSubstr("a triple term needs a statement"));
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"Triple\">\n<a:T a:q=\"1\"/></a:p>", kVersion),
              HasSubstr("t.rdf:3:1: a triple term is one statement"));
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"Triple\"><a:T/><rdf:Description/></a:p>", kVersion),
              HasSubstr("a triple term has one node"));
}

TEST(RdfXmlReader, PassesOverTripleTermsBeforeRdf12) {
  EXPECT_EQ(ReadNode("<a:p rdf:parseType=\"Triple\"><a:T><b/>text</a:T></a:p><a:q/>"),
            "<http://s> <http://a/q> \"\" .\n");
  EXPECT_THAT(ReadNode("<a:p rdf:parseType=\"Triple\"><a:T/></a:p>", "rdf:version=\"1.2-basic\""),
              HasSubstr("they need rdf:version=\"1.2\""));
  EXPECT_THAT(ReadNode("", "rdf:version=\"2\""), HasSubstr("rdf:version `2` is not known"));
}

TEST(RdfXmlReader, BoundsTheDepthOfTripleTerms) {
  std::string inner = "<a:T/>";
  for (int i = 0; i < 99; ++i) {
    inner = absl::StrCat("<rdf:Description><a:p rdf:parseType=\"Triple\">", inner, "</a:p></rdf:Description>");
  }
  EXPECT_THAT(Read(inner, "rdf:version=\"1.2\""), Not(StartsWith("error")));
  EXPECT_THAT(Read(absl::StrCat("<rdf:Description><a:p rdf:parseType=\"Triple\">", inner, "</a:p></rdf:Description>"),
                   "rdf:version=\"1.2\""),
              HasSubstr("triple terms are nested too deeply"));
}

TEST(RdfXmlReader, GivesTextsOfALanguageTheirDirection) {
  constexpr absl::string_view kIts = "xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\" ";
  const std::string text = "<a:p xml:lang=\"ar\">x</a:p><a:p>y</a:p><a:p its:dir=\"\" xml:lang=\"ar\">z</a:p>";
  EXPECT_EQ(ReadNode(text, absl::StrCat(kIts, "its:dir=\"rtl\" rdf:version=\"1.2\"")),
            "<http://s> <http://a/p> \"x\"@ar--rtl .\n<http://s> <http://a/p> \"y\" .\n"
            "<http://s> <http://a/p> \"z\"@ar .\n");
  EXPECT_THAT(ReadNode(text, absl::StrCat(kIts, "its:dir=\"rtl\"")), HasSubstr("\"x\"@ar .\n"));
  EXPECT_THAT(ReadNode(text, absl::StrCat(kIts, "its:dir=\"lro\" rdf:version=\"1.2\"")), HasSubstr("`ltr` or `rtl`"));
}

// Streaming -------------------------------------------------------------------------------------------------------

TEST(RdfXmlReader, GivesStatementsBeforeItHasReadTheRest) {
  size_t statements = 0;
  const absl::Status status = ReadRdfText(Document("<a:T/><a:T/><a:T>"), RdfFormat::kRdfXml, {}, [&](Quad&&) {
    ++statements;
    return absl::OkStatus();
  });
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(statements, 3u);
}

TEST(RdfXmlReader, ReadsTheSameWhereverTheInputIsCut) {
  const std::string text = Document(
      "<a:T rdf:about=\"http://ä\" a:p=\"1\"><a:q>é &amp; <![CDATA[<]]></a:q><a:r rdf:parseType=\"Literal\"><b "
      "c='d'/></a:r>"
      "<!-- x --></a:T>\n<a:T>\n   <a:p>x<a:T/></a:p></a:T>");
  ReaderOptions options;
  std::vector<Quad> quads;
  DrippingInput input(text);
  const absl::Status dripping = ReadRdf(&input, RdfFormat::kRdfXml, options, [&quads](Quad&& quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  const auto whole = ReadAll(text, RdfFormat::kRdfXml, options);
  EXPECT_EQ(RenderError(dripping), RenderError(whole.status()));
  EXPECT_EQ(quads.size(), 5u);
}

TEST(RdfXmlReader, EndsWithTheErrorOfTheSink) {
  size_t calls = 0;
  const absl::Status status = ReadRdfText(Document("<rdf:Description rdf:about=\"http://a/s\" a:p=\"1\" a:q=\"2\"/>"),
                                          RdfFormat::kRdfXml, {}, [&calls](Quad&&) {
                                            ++calls;
                                            return absl::CancelledError("enough");
                                          });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(calls, 1u);
}

TEST(RdfXmlReader, LetsExceptionsOfTheSinkPass) {
  EXPECT_THROW(static_cast<void>(ReadRdfText(Document("<a:T/>"), RdfFormat::kRdfXml, {},
                                             [](Quad&&) -> absl::Status { throw std::runtime_error("sink"); })),
               std::runtime_error);
}

}  // namespace
}  // namespace dossier
