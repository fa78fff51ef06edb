#include "rdf/line_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/rdf/reading.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// The reason and column for one bad line.
std::string Wrong(absl::string_view line, bool with_graphs = false) {
  LineParser parser(line, with_graphs);
  RawQuad quad;
  if (parser.Next(&quad) != LineParser::Result::kError) return "no error";
  return absl::StrCat(parser.column(), ": ", parser.reason());
}

// The object of one line, as a view into it.
RawTerm Object(absl::string_view line) {
  LineParser parser(line, false);
  RawQuad quad;
  EXPECT_EQ(parser.Next(&quad), LineParser::Result::kQuad) << line << parser.reason();
  return quad.object;
}

TEST(LineParser, GivesViewsIntoTheChunk) {
  LineParser parser("<http://a/s> <http://a/p> \"x\"@en <http://a/g> . # comment\n", true);
  RawQuad quad;
  ASSERT_EQ(parser.Next(&quad), LineParser::Result::kQuad);
  EXPECT_EQ(quad.subject.text, "<http://a/s>");
  EXPECT_EQ(quad.predicate.text, "<http://a/p>");
  EXPECT_EQ(quad.object.text, "\"x\"@en");
  EXPECT_TRUE(quad.has_graph);
  EXPECT_EQ(quad.graph.text, "<http://a/g>");
  EXPECT_EQ(parser.Next(&quad), LineParser::Result::kEnd);
}

TEST(LineParser, SaysCanonicalOnlyOfCanonicalText) {
  for (const char* object :
       {"<http://a/o>", "_:b1", "\"x\"", "\"\\t\\n\\\"\\\\\"", "\"x\"@en-gb", "\"x\"@ar--rtl", "\"1\"^^<http://a/t>",
        "\"caf\xC3\xA9\"", "<<( <http://a/s> <http://a/p> \"x\" )>>", "\"\xEF\xBF\xBD\""}) {
    const std::string line = absl::StrCat("<http://a/s> <http://a/p> ", object, " .");
    const RawTerm term = Object(line);
    EXPECT_TRUE(term.canonical) << object;
    EXPECT_EQ(MakeTerm(term, "").ToString(), term.text);
  }
  for (const char* object :
       {"<http://a/\\u006F>", "\"\\u0041\"", "\"\\'\"", "\"a\tb\"", "\"x\"@EN", "\"x\" @en", "\"x\" ^^ <http://a/t>",
        "\"x\"^^<http://www.w3.org/2001/XMLSchema#string>", "\"\x7F\"", "\"\xEF\xBF\xBE\"",
        "<<(<http://a/s> <http://a/p> \"x\" )>>", "<<( <http://a/s>  <http://a/p><http://a/o> )>>",
        "<<( <http://a/s>\t<http://a/p> \"x\" )>>", "<<( <http://a/s> <http://a/p> \"x\"@EN )>>"}) {
    const std::string line = absl::StrCat("<http://a/s> <http://a/p> ", object, " .");
    const RawTerm term = Object(line);
    EXPECT_FALSE(term.canonical) << object;
    EXPECT_NE(MakeTerm(term, "").ToString(), term.text) << object;
  }
}

TEST(LineParser, MakesTermsOfEscapesAndNestedTriples) {
  const RawTerm term =
      Object("_:s <http://a/p> <<(_:x<http://a/\\u0070><<(_:y<http://a/q>\"\\U0001F600\\n\"@EN--ltr)>>)>>.");
  EXPECT_EQ(MakeTerm(term, "f1_").ToString(),
            "<<( _:f1_x <http://a/p> <<( _:f1_y <http://a/q> \"\xF0\x9F\x98\x80\\n\"@en--ltr )>> )>>");
}

TEST(LineParser, GoesOnBehindABadLine) {
  LineParser parser("_:a <http://a/p> 1 .\r\n\n_:a <http://a/p> _:b.c. .\r_:a <http://a/p> _:b.c.", false, 10);
  RawQuad quad;
  EXPECT_EQ(parser.Next(&quad), LineParser::Result::kError);
  EXPECT_EQ(parser.line(), 10u);
  EXPECT_EQ(parser.line_text(), "_:a <http://a/p> 1 .");
  EXPECT_EQ(parser.Next(&quad), LineParser::Result::kError);
  EXPECT_EQ(parser.line(), 12u);
  EXPECT_EQ(parser.Next(&quad), LineParser::Result::kQuad);
  EXPECT_EQ(parser.line(), 13u);
  EXPECT_EQ(quad.object.text, "_:b.c");
  EXPECT_EQ(parser.Next(&quad), LineParser::Result::kEnd);
}

TEST(LineParser, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(Wrong("<http://a/s> <http://a/p> <http://a/o>"), "39: expected `.` at the end of the statement");
  EXPECT_EQ(Wrong("<a> <http://a/p> <http://a/o> ."), "1: the IRI is relative: it has no scheme such as `http:`");
  EXPECT_EQ(Wrong("<http://a/s <http://a/p> ."), "12: this character is not allowed in an IRI");
  EXPECT_EQ(Wrong("\"s\" <http://a/p> _:o ."), "1: a literal can only be an object");
  EXPECT_EQ(Wrong("_:s _:p _:o ."), "5: expected the predicate, an IRI in <>");
  EXPECT_EQ(Wrong("_:s <http://a/p> \"o ."), "18: the literal is not closed by a quote on its line");
  EXPECT_EQ(Wrong("_:s <http://a/p> \"\\x\" ."), "19: unknown escape");
  EXPECT_EQ(Wrong("_:s <http://a/p> \"\xC3\xA9\\uD800\" ."), "20: the escape is no Unicode character");
  EXPECT_EQ(Wrong("_:s <http://a/p> \"a\xFF\" ."), "20: this is not UTF-8");
  EXPECT_EQ(Wrong("_:s <http://a/p> \"x\"@en--up ."), "26: expected the direction `ltr` or `rtl`");
  EXPECT_EQ(Wrong("_:s <http://a/p> \"x\"@en--ltrx ."), "29: expected the direction `ltr` or `rtl`");
  EXPECT_EQ(Wrong("_:s <http://a/p> _:o . _:x"), "24: there is more on the line after the statement");
  EXPECT_EQ(Wrong("_:s <http://a/p> _:o _:g ."), "22: expected `.` at the end of the statement");
  EXPECT_EQ(Wrong("_:s <http://a/p> _:o \"g\" .", true), "22: expected a graph name or `.`");
  EXPECT_EQ(Wrong("_: <http://a/p> _:o ."), "3: the blank node has no label");
}

TEST(LineParser, BoundsTheDepthOfTripleTerms) {
  std::string line = "_:s <http://a/p> ";
  for (int i = 0; i < 5000; ++i) line.append("<<( _:s <http://a/p> ");
  EXPECT_THAT(Wrong(line), HasSubstr("nested too deeply"));
}

TEST(LineReader, KeepsBlankNodesOfFilesApart) {
  ReaderOptions options;
  options.blank_node_prefix = "f7_";
  EXPECT_EQ(ReadAsLines("_:a <http://a/p> _:b .", RdfFormat::kNTriples, options), "_:f7_a <http://a/p> _:f7_b .\n");
}

TEST(LineReader, PutsTriplesIntoTheDefaultGraphThatIsAskedFor) {
  ReaderOptions options;
  options.default_graph = Term::Iri("http://a/g");
  EXPECT_EQ(ReadAsLines("_:a <http://a/p> _:b .\n_:a <http://a/p> _:b <http://a/h> .", RdfFormat::kNQuads, options),
            "_:a <http://a/p> _:b <http://a/g> .\n_:a <http://a/p> _:b <http://a/h> .\n");
}

TEST(LineReader, SkipsBadLinesAndReportsThem) {
  std::vector<std::string> rejects;
  ReaderOptions options;
  options.on_reject = [&](const Reject& reject) {
    rejects.push_back(absl::StrCat(reject.line, ":", reject.column, " ", reject.reason, " | ", reject.line_text));
  };
  EXPECT_EQ(ReadAsLines("# fine\n_:a <http://a/p> _:b .\n_:a p _:b .\n_:c <http://a/p> _:d .\nVERSION \"1.2\"\nx",
                        RdfFormat::kNTriples, options),
            "_:a <http://a/p> _:b .\n_:c <http://a/p> _:d .\n");
  EXPECT_THAT(rejects, ElementsAre("3:5 expected the predicate, an IRI in <> | _:a p _:b .",
                                   "6:1 expected an IRI in <> or a blank node | x"));
}

TEST(LineReader, CountsLinesAcrossChunks) {
  std::string text;
  while (text.size() < (size_t{5} << 19U)) text.append("_:a <http://a/p> _:b .\n");
  const size_t lines = text.size() / 23;
  text.append("wrong\n");
  ReaderOptions options;
  options.source = "data.nt";
  const auto quads = ReadAll(text, RdfFormat::kNTriples, options);
  EXPECT_EQ(quads.status().message(), absl::StrCat("data.nt:", lines + 1, ":1: expected an IRI in <> or a blank node"));
}

TEST(LineReader, ReadsTheSameWhateverComesAtOnce) {
  const std::string text = "\xEF\xBB\xBF_:a <http://a/p> \"\xC3\xA9\" .\r\n# c\n_:a <http://a/p> _:b .";
  DrippingInput input(text);
  std::string lines;
  const absl::Status status = ReadRdf(&input, RdfFormat::kNTriples, {}, [&lines](Quad&& quad) {
    AppendStatement(quad, &lines);
    return absl::OkStatus();
  });
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_EQ(lines, "_:a <http://a/p> \"\xC3\xA9\" .\n_:a <http://a/p> _:b .\n");
}

TEST(Reader, EndsWithTheErrorOfTheSink) {
  for (const RdfFormat format : {RdfFormat::kNTriples, RdfFormat::kTurtle}) {
    int calls = 0;
    const absl::Status status =
        ReadRdfText("_:a <http://a/p> _:b .\n_:a <http://a/p> _:b .", format, {}, [&calls](Quad&&) {
          ++calls;
          return absl::CancelledError("enough");
        });
    EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
    EXPECT_EQ(calls, 1);
  }
}

TEST(Reader, KnowsFormatsByTheExtension) {
  EXPECT_EQ(DetectFormat("a.nt"), RdfFormat::kNTriples);
  EXPECT_EQ(DetectFormat("dir/a.NQ.gz"), RdfFormat::kNQuads);
  EXPECT_EQ(DetectFormat("a.b.ttl.zst"), RdfFormat::kTurtle);
  EXPECT_EQ(DetectFormat("a.trig"), RdfFormat::kTriG);
  EXPECT_EQ(DetectFormat("a.owl"), RdfFormat::kRdfXml);
  EXPECT_EQ(DetectFormat("a.txt"), std::nullopt);
  EXPECT_EQ(DetectFormat("ttl"), std::nullopt);
  EXPECT_THAT(ReadRdfFile("a.txt", {}, [](Quad&&) { return absl::OkStatus(); }).message(), HasSubstr(".trig"));
}

}  // namespace
}  // namespace dossier
