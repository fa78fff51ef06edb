#include "query/result/solution_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Term kA = Term::Iri("http://e/a");
const Term kP = Term::Iri("http://e/p");

// What the reader says of `text`, as a person sees it.
std::string ErrorOf(absl::string_view text, SolutionFormat format) {
  const absl::StatusOr<SolutionTable> table = ReadSolutions(text, format, "file");
  if (table.ok()) return "no error";
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(table.status());
  if (!diagnostic.has_value()) return absl::StrCat("no position: ", table.status().message());
  return absl::StrCat(diagnostic->source, ":", diagnostic->line, ":", diagnostic->column, ": ", diagnostic->message);
}

std::string InXml(absl::string_view term) {
  return absl::StrCat(
      "<?xml version=\"1.0\"?>\n"
      "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\" xmlns:its=\"http://www.w3.org/2005/11/its\">\n"
      "<head><variable name=\"x\"/><variable name=\"y\"/></head>\n<results>\n<result><binding name=\"y\">",
      term, "</binding></result>\n</results></sparql>\n");
}
std::string InJson(absl::string_view term) {
  return absl::StrCat("{\"head\": {\"vars\": [\"x\", \"y\"]},\n \"results\": {\"bindings\": [\n{\"y\": ", term,
                      "}\n]}}\n");
}
std::string InTsv(absl::string_view term) { return absl::StrCat("?x\t?y\n\t", term, "\n"); }
std::string InCsv(absl::string_view term) { return absl::StrCat("x,y\r\n,", term, "\r\n"); }

// The value of ?y in the only row.
Term OnlyTerm(const std::string& text, SolutionFormat format) {
  const absl::StatusOr<SolutionTable> table = ReadSolutions(text, format, "file");
  if (!table.ok()) {
    ADD_FAILURE() << table.status();
    return {};
  }
  EXPECT_THAT(table->columns, ElementsAre("x", "y"));
  EXPECT_FALSE(table->boolean.has_value());
  if (table->rows.size() != 1 || table->rows[0].size() != 2 || !table->rows[0][1].has_value()) {
    ADD_FAILURE() << "not one row with one value";
    return {};
  }
  EXPECT_FALSE(table->rows[0][0].has_value());
  return *table->rows[0][1];
}

Term XmlTerm(absl::string_view term) { return OnlyTerm(InXml(term), SolutionFormat::kXml); }
Term JsonTerm(absl::string_view term) { return OnlyTerm(InJson(term), SolutionFormat::kJson); }
Term TsvTerm(absl::string_view term) { return OnlyTerm(InTsv(term), SolutionFormat::kTsv); }
Term CsvTerm(absl::string_view term) { return OnlyTerm(InCsv(term), SolutionFormat::kCsv); }

TEST(SolutionReader, ReadsTheTermsOfXml) {
  EXPECT_EQ(XmlTerm("<uri>http://e/a</uri>"), kA);
  EXPECT_EQ(XmlTerm("<bnode>b1</bnode>"), Term::BlankNode("b1"));
  EXPECT_EQ(XmlTerm("<literal>a &lt; b</literal>"), Term::String("a < b"));
  EXPECT_EQ(XmlTerm("<literal> \n</literal>"), Term::String(" \n"));
  EXPECT_EQ(XmlTerm("<literal/>"), Term::String(""));
  EXPECT_EQ(XmlTerm("<literal>a<![CDATA[<b>]]><!-- no text -->c</literal>"), Term::String("a<b>c"));
  EXPECT_EQ(XmlTerm("<literal xml:lang=\"EN\">a</literal>"), Term::LanguageTagged("a", "en"));
  EXPECT_EQ(XmlTerm("<literal xml:lang=\"ar\" its:dir=\"rtl\">a</literal>"),
            Term::LanguageTagged("a", "ar", BaseDirection::kRightToLeft));
  EXPECT_EQ(XmlTerm("<literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">1</literal>"),
            Term::Typed("1", std::string(xsd::kInteger)));
  EXPECT_EQ(XmlTerm("<literal datatype=\"http://www.w3.org/2001/XMLSchema#string\">1</literal>"), Term::String("1"));
  EXPECT_EQ(XmlTerm("<triple><subject><bnode>b</bnode></subject>\n<predicate><uri>http://e/p</uri></predicate>"
                    "<object><literal>o</literal></object></triple>"),
            Term::TripleTerm({Term::BlankNode("b"), kP, Term::String("o")}));
}

TEST(SolutionReader, ReadsTheTermsOfJson) {
  EXPECT_EQ(JsonTerm(R"({"type": "uri", "value": "http://e/a"})"), kA);
  EXPECT_EQ(JsonTerm(R"({"value": "b1", "type": "bnode"})"), Term::BlankNode("b1"));
  EXPECT_EQ(JsonTerm(R"({"type": "literal", "value": "a\u00e4\n\"\ud83d\ude00"})"), Term::String("aä\n\"😀"));
  EXPECT_EQ(JsonTerm(R"({"type": "literal", "value": "a", "xml:lang": "en"})"), Term::LanguageTagged("a", "en"));
  EXPECT_EQ(JsonTerm(R"({"type": "literal", "value": "a", "xml:lang": "en", "its:dir": "ltr"})"),
            Term::LanguageTagged("a", "en", BaseDirection::kLeftToRight));
  EXPECT_EQ(JsonTerm(R"({"type": "typed-literal", "value": "1", "datatype": "http://e/a"})"),
            Term::Typed("1", "http://e/a"));
  EXPECT_EQ(JsonTerm(R"({"type": "triple", "value": {"subject": {"type": "uri", "value": "http://e/a"},
                          "predicate": {"type": "uri", "value": "http://e/p"},
                          "object": {"type": "literal", "value": "o"}}})"),
            Term::TripleTerm({kA, kP, Term::String("o")}));
}

TEST(SolutionReader, ReadsTheTermsOfTsvInTheSyntaxOfTurtle) {
  EXPECT_EQ(TsvTerm("<http://e/a>"), kA);
  EXPECT_EQ(TsvTerm("_:b1"), Term::BlankNode("b1"));
  EXPECT_EQ(TsvTerm(R"("a\t\"b\"\n")"), Term::String("a\t\"b\"\n"));
  EXPECT_EQ(TsvTerm("'a'"), Term::String("a"));
  EXPECT_EQ(TsvTerm("\"a\"@en--ltr"), Term::LanguageTagged("a", "en", BaseDirection::kLeftToRight));
  EXPECT_EQ(TsvTerm("\"1\"^^<http://e/a>"), Term::Typed("1", "http://e/a"));
  EXPECT_EQ(TsvTerm("-4"), Term::Typed("-4", std::string(xsd::kInteger)));
  EXPECT_EQ(TsvTerm("5.5"), Term::Typed("5.5", std::string(xsd::kDecimal)));
  EXPECT_EQ(TsvTerm("1.0e6"), Term::Typed("1.0e6", std::string(xsd::kDouble)));
  EXPECT_EQ(TsvTerm("true"), Term::Typed("true", std::string(xsd::kBoolean)));
  EXPECT_EQ(TsvTerm("<<( <http://e/a> <http://e/p> <<( _:b a 1 )>> )>>"),
            Term::TripleTerm({kA, kP,
                              Term::TripleTerm({Term::BlankNode("b"), Term::Iri(std::string(rdf::kType)),
                                                Term::Typed("1", std::string(xsd::kInteger))})}));
}

TEST(SolutionReader, ReadsCsvAsLexicalForms) {
  EXPECT_EQ(CsvTerm("http://e/a"), Term::String("http://e/a"));
  EXPECT_EQ(CsvTerm("_:b1"), Term::BlankNode("b1"));
  EXPECT_EQ(CsvTerm("\"a \"\"b\"\", c\nd\""), Term::String("a \"b\", c\nd"));
  EXPECT_EQ(CsvTerm("\"\""), Term::String(""));
  EXPECT_EQ(CsvTerm("\"<<( <http://e/a> <http://e/p> \"\"o\"\" )>>\""), Term::TripleTerm({kA, kP, Term::String("o")}));
  EXPECT_EQ(CsvTerm("<<( is no triple"), Term::String("<<( is no triple"));
}

TEST(SolutionReader, ReadsTheAnswersOfAsk) {
  const auto boolean = [](absl::string_view text, SolutionFormat format) {
    const auto table = ReadSolutions(text, format);
    return table.ok() ? table->boolean : std::nullopt;
  };
  EXPECT_EQ(boolean(R"({"head": {}, "boolean": true})", SolutionFormat::kJson), true);
  EXPECT_EQ(boolean("<sparql><head/><boolean> false\n</boolean></sparql>", SolutionFormat::kXml), false);
  EXPECT_EQ(boolean("true\n", SolutionFormat::kTsv), true);
  EXPECT_EQ(boolean("false\r\n", SolutionFormat::kCsv), false);
}

TEST(SolutionReader, ReadsRowsOfNoColumns) {
  for (const SolutionFormat format : {SolutionFormat::kTsv, SolutionFormat::kCsv}) {
    const auto table = ReadSolutions("\n\n\n", format);
    ASSERT_TRUE(table.ok()) << table.status();
    EXPECT_THAT(table->columns, ElementsAre());
    EXPECT_EQ(table->rows.size(), 2);
  }
}

TEST(SolutionReader, ReadsFilesThatBeginWithAByteOrderMark) {
  EXPECT_EQ(OnlyTerm(absl::StrCat("\xEF\xBB\xBF", InTsv("_:b")), SolutionFormat::kTsv), Term::BlankNode("b"));
  EXPECT_EQ(OnlyTerm(absl::StrCat("\xEF\xBB\xBF", InCsv("_:b")), SolutionFormat::kCsv), Term::BlankNode("b"));
  EXPECT_EQ(OnlyTerm(absl::StrCat("\xEF\xBB\xBF", InXml("<bnode>b</bnode>")), SolutionFormat::kXml),
            Term::BlankNode("b"));
  EXPECT_EQ(OnlyTerm(absl::StrCat("\xEF\xBB\xBF", InJson(R"({"type": "bnode", "value": "b"})")), SolutionFormat::kJson),
            Term::BlankNode("b"));
}

TEST(SolutionReader, SaysWhereAndWhatIsWrong) {
  EXPECT_EQ(ErrorOf("{\"head\": [}", SolutionFormat::kJson), "file:1:11: this is no JSON: Invalid value");
  EXPECT_EQ(ErrorOf(InJson(R"({"type": "iri", "value": "a"})"), SolutionFormat::kJson),
            "file:3:16: \"iri\" is no type of term: uri, bnode, literal, triple");
  EXPECT_EQ(ErrorOf("{\"head\": {\"vars\": []},\n\"results\": {\"bindings\": [{\"z\": 1}]}}", SolutionFormat::kJson),
            "file:2:27: the variable \"z\" is not in \"vars\"");
  EXPECT_THAT(ErrorOf("<sparql><head>", SolutionFormat::kXml), HasSubstr("file:1:14: this is no XML"));
  EXPECT_EQ(ErrorOf(InXml("<iri>a</iri>"), SolutionFormat::kXml),
            "file:5:27: <iri> is no term: <uri>, <bnode>, <literal>, <triple>");
  EXPECT_EQ(ErrorOf(InXml("<uri>a</uri><uri>b</uri>"), SolutionFormat::kXml), "file:5:9: <binding> holds one term");
  EXPECT_THAT(ErrorOf(InTsv("\"a\"@"), SolutionFormat::kTsv), HasSubstr("file:2:5: "));
  EXPECT_EQ(ErrorOf(InTsv("\"a\"@en--rTl"), SolutionFormat::kTsv),
            "file:2:5: the direction of a language tag is `ltr` or `rtl`");
  EXPECT_EQ(ErrorOf("?x\n1\t2\n", SolutionFormat::kTsv), "file:2:1: this row has 2 fields, the header has 1");
  EXPECT_EQ(ErrorOf("x\n1\n", SolutionFormat::kTsv), "file:1:1: the first line names the variables, each with \"?\"");
  EXPECT_EQ(ErrorOf("x\r\n\"a", SolutionFormat::kCsv), "file:2:1: this quoted field has no end");
  EXPECT_EQ(ErrorOf("x\r\n\"a\"b", SolutionFormat::kCsv),
            "file:2:4: expected a comma or the end of the line after the closing quote");
  EXPECT_EQ(ErrorOf("x\n\xff\n", SolutionFormat::kCsv), "file:2:1: this is not UTF-8");
}

TEST(SolutionReader, RefusesTripleTermsThatAreNone) {
  EXPECT_THAT(ErrorOf(InTsv("<<( 1 <http://e/p> 2 )>>"), SolutionFormat::kTsv),
              HasSubstr("the subject of a triple term is an IRI or a blank node"));
  EXPECT_THAT(ErrorOf(InTsv("<<( _:a _:b 2 )>>"), SolutionFormat::kTsv),
              HasSubstr("the predicate of a triple term is an IRI"));
}

TEST(SolutionReader, BoundsTheDepthOfTripleTerms) {
  std::string term = "1";
  for (int i = 0; i < 200; ++i) term = absl::StrCat("<<( <http://e/a> <http://e/p> ", term, " )>>");
  EXPECT_THAT(ErrorOf(InTsv(term), SolutionFormat::kTsv), HasSubstr("nested too deeply"));
  std::string json(100000, '[');
  EXPECT_THAT(ErrorOf(json, SolutionFormat::kJson), HasSubstr("this is no JSON"));
}

}  // namespace
}  // namespace dossier
