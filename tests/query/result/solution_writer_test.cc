#include "query/result/solution_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "query/result/solution_reader.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

using testing::HasSubstr;
using Rows = std::vector<std::vector<std::optional<Term>>>;

absl::Status Write(const std::vector<std::string>& columns, const Rows& rows, SolutionWriter* writer) {
  absl::Status status = writer->Begin(columns);
  for (const auto& row : rows) {
    std::vector<const Term*> cells;
    for (const std::optional<Term>& cell : row) cells.push_back(cell.has_value() ? &*cell : nullptr);
    status.Update(writer->Row(cells));
  }
  status.Update(writer->End());
  return status;
}

std::string Text(const std::vector<std::string>& columns, const Rows& rows, SolutionFormat format,
                 SolutionWriterOptions options = {}) {
  std::string text;
  const auto sink = [&text](absl::string_view piece) {
    absl::StrAppend(&text, piece);
    return absl::OkStatus();
  };
  const auto writer = MakeSolutionWriter(format, std::move(options), sink);
  const absl::Status status = Write(columns, rows, writer.get());
  return status.ok() ? text : status.ToString();
}

std::string BooleanText(bool value, SolutionFormat format) {
  std::string text;
  const auto sink = [&text](absl::string_view piece) {
    absl::StrAppend(&text, piece);
    return absl::OkStatus();
  };
  const auto writer = MakeSolutionWriter(format, {}, sink);
  absl::Status status = writer->Boolean(value);
  status.Update(writer->End());
  return status.ok() ? text : status.ToString();
}

const Term kA = Term::Iri("http://e/a");
const Term kP = Term::Iri("http://e/p");
const Rows kRows = {{kA, Term::LanguageTagged("x \"y\"", "en", BaseDirection::kLeftToRight)},
                    {Term::BlankNode("b"), std::nullopt},
                    {Term::Typed("4", std::string(xsd::kInteger)), Term::TripleTerm({kA, kP, Term::String("o,\n")})}};

TEST(SolutionWriter, WritesJson) {
  EXPECT_EQ(Text({"s", "n"}, kRows, SolutionFormat::kJson),
            R"({"head":{"vars":["s","n"]},
"results":{"bindings":[
{"s":{"type":"uri","value":"http://e/a"},"n":{"type":"literal","value":"x \"y\"","xml:lang":"en","its:dir":"ltr"}},
{"s":{"type":"bnode","value":"b"}},
{"s":{"type":"literal","value":"4","datatype":"http://www.w3.org/2001/XMLSchema#integer"},"n":{"type":"triple","value":{"subject":{"type":"uri","value":"http://e/a"},"predicate":{"type":"uri","value":"http://e/p"},"object":{"type":"literal","value":"o,\n"}}}}
]}}
)");
  EXPECT_EQ(Text({}, {}, SolutionFormat::kJson), "{\"head\":{\"vars\":[]},\n\"results\":{\"bindings\":[\n]}}\n");
}

TEST(SolutionWriter, WritesXml) {
  EXPECT_EQ(Text({"s", "n"}, kRows, SolutionFormat::kXml),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#" xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0">
<head><variable name="s"/><variable name="n"/></head>
<results>
<result><binding name="s"><uri>http://e/a</uri></binding><binding name="n"><literal xml:lang="en" its:dir="ltr">x &quot;y&quot;</literal></binding></result>
<result><binding name="s"><bnode>b</bnode></binding></result>
<result><binding name="s"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">4</literal></binding><binding name="n"><triple><subject><uri>http://e/a</uri></subject><predicate><uri>http://e/p</uri></predicate><object><literal>o,&#xA;</literal></object></triple></binding></result>
</results>
</sparql>
)");
}

TEST(SolutionWriter, WritesCsvAsRfc4180) {
  EXPECT_EQ(Text({"s", "n"}, kRows, SolutionFormat::kCsv),
            "s,n\r\nhttp://e/a,\"x \"\"y\"\"\"\r\n_:b,\r\n"
            "4,\"<<( <http://e/a> <http://e/p> \"\"o,\\n\"\" )>>\"\r\n");
  EXPECT_EQ(Text({"x"}, {{Term::String("")}, {std::nullopt}, {Term::String("_:b")}}, SolutionFormat::kCsv),
            "x\r\n\"\"\r\n\r\n\"_:b\"\r\n");
}

TEST(SolutionWriter, WritesTsvInTheSyntaxOfTurtle) {
  EXPECT_EQ(Text({"s", "n"}, kRows, SolutionFormat::kTsv),
            "?s\t?n\n<http://e/a>\t\"x \\\"y\\\"\"@en--ltr\n_:b\t\n"
            "4\t<<( <http://e/a> <http://e/p> \"o,\\n\" )>>\n");
  const std::string negative = absl::StrCat(xsd::kPrefix, "negativeInteger");
  EXPECT_EQ(Text({"x"}, {{Term::Typed("-3", negative)}, {Term::Typed("1.0e6", std::string(xsd::kDouble))}},
                 SolutionFormat::kTsv),
            "?x\n\"-3\"^^<http://www.w3.org/2001/XMLSchema#negativeInteger>\n1.0e6\n");
}

TEST(SolutionWriter, WritesTablesWithShortenedNames) {
  SolutionWriterOptions options;
  options.prefixes = {{"e", "http://e/"}};
  EXPECT_EQ(Text({"s", "name"}, kRows, SolutionFormat::kTable, options),
            "?s   ?name\n"
            "e:a  \"x \\\"y\\\"\"@en--ltr\n"
            "_:b\n"
            "4    <<( e:a e:p \"o,\\n\" )>>\n"
            "3 rows\n");
  EXPECT_EQ(Text({"s"}, {}, SolutionFormat::kTable), "no rows\n");
  EXPECT_EQ(Text({}, {{}}, SolutionFormat::kTable), "1 row\n");
}

TEST(SolutionWriter, CutsTheCellsOfTablesToTheWidthOfTheTerminal) {
  SolutionWriterOptions options;
  options.width = 24;
  EXPECT_EQ(
      Text({"a", "b"}, {{Term::String("short"), Term::String(std::string(40, 'x'))}}, SolutionFormat::kTable, options),
      "?a       ?b\n\"short\"  \"xxxxxxxxxxxxx…\n1 row\n");
}

TEST(SolutionWriter, CountsTheRowsOfTablesThatItDoesNotShow) {
  SolutionWriterOptions options;
  options.limit = 1;
  const Term term = Term::String("a");
  EXPECT_EQ(Text({"x"}, {{term}, {term}, {term}}, SolutionFormat::kTable, options), "?x\n\"a\"\n3 rows, 1 shown\n");
  EXPECT_EQ(Text({"x"}, {{term}}, SolutionFormat::kTable, options), "?x\n\"a\"\n1 row\n");
}

TEST(SolutionWriter, WritesTheAnswersOfAsk) {
  EXPECT_EQ(BooleanText(true, SolutionFormat::kTable), "yes\n");
  EXPECT_EQ(BooleanText(false, SolutionFormat::kJson), "{\"head\":{},\"boolean\":false}\n");
  for (const bool value : {false, true}) {
    for (const auto format :
         {SolutionFormat::kJson, SolutionFormat::kXml, SolutionFormat::kCsv, SolutionFormat::kTsv}) {
      const auto table = ReadSolutions(BooleanText(value, format), format);
      ASSERT_TRUE(table.ok()) << table.status();
      EXPECT_EQ(table->boolean, value);
    }
  }
}

TEST(SolutionWriter, RefusesWhatXmlCannotHold) {
  EXPECT_THAT(Text({"x"}, {{Term::String("a\x01")}}, SolutionFormat::kXml), HasSubstr("U+0001, which XML cannot hold"));
  EXPECT_THAT(Text({"x"}, {{Term::String("\xEF\xBF\xBF")}}, SolutionFormat::kXml), HasSubstr("U+FFFF"));
}

TEST(SolutionWriter, StopsAtAnErrorOfTheSink) {
  int calls = 0;
  const auto sink = [&calls](absl::string_view) {
    ++calls;
    return absl::AbortedError("closed");
  };
  const auto writer = MakeSolutionWriter(SolutionFormat::kTsv, {}, sink);
  absl::Status status = writer->Begin({"x"});
  const Term value = Term::String(std::string(1000, 'x'));
  for (int i = 0; i < 1000 && status.ok(); ++i) status = writer->Row({&value});
  EXPECT_TRUE(absl::IsAborted(status));
  EXPECT_EQ(calls, 1);
}

// Terms of every kind with characters that formats have to escape.
class RandomTerms {
 public:
  explicit RandomTerms(uint64_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return random_() % bound; }

  Term Next(int depth = 0) {
    switch (Below(depth < 3 ? 8 : 7)) {
      case 0: return Iri();
      case 1: return Term::BlankNode(absl::StrCat("b", Below(100)));
      case 2: return Term::String(Text());
      case 3: return Term::LanguageTagged(Text(), Below(2) == 0 ? "en" : "zh-hant");
      case 4:
        return Term::LanguageTagged(Text(), "ar",
                                    Below(2) == 0 ? BaseDirection::kLeftToRight : BaseDirection::kRightToLeft);
      case 5: return Term::Typed(Text(), absl::StrCat("http://e/type", Below(3)));
      case 6: {
        const absl::string_view types[] = {xsd::kInteger, xsd::kDecimal, xsd::kDouble, xsd::kBoolean};
        const char* forms[] = {"1", "-01", "1.", ".5", "1e3", "+1.0E-3", "true", "a", "", "1.5", "NaN"};
        return Term::Typed(forms[Below(11)], std::string(types[Below(4)]));
      }
      default: break;
    }
    Term subject = Below(2) == 0 ? Iri() : Term::BlankNode("s");
    return Term::TripleTerm({std::move(subject), Iri(), Next(depth + 1)});
  }

 private:
  Term Iri() { return Term::Iri(absl::StrCat("http://e/", Below(2) == 0 ? "a&b'" : "ü", Below(100))); }
  std::string Text() {
    // Not U+0001 and the like: XML has no form for them.
    constexpr char32_t kCharacters[] = {U'a', U' ', U'\t', U'\n', U'\r', U'"',    U'\'',   U'\\',  U'<',    U'>',
                                        U'&', U',', U'_',  U':',  U']',  U'\x7F', U'\x80', 0xFEFF, 0x1F600, U'ü'};
    std::string text;
    for (size_t i = Below(8); i > 0; --i) AppendUtf8(kCharacters[Below(std::size(kCharacters))], &text);
    return text;
  }

  std::mt19937_64 random_;
};

Rows RandomRows(RandomTerms* random, size_t columns) {
  Rows rows(random->Below(20));
  for (auto& row : rows) {
    row.resize(columns);
    for (std::optional<Term>& cell : row) {
      if (random->Below(4) != 0) cell = random->Next();
    }
  }
  return rows;
}

TEST(SolutionWriter, WritesWhatTheReaderReadsBack) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    RandomTerms random(seed);
    std::vector<std::string> columns(random.Below(4));
    for (size_t i = 0; i < columns.size(); ++i) columns[i] = absl::StrCat("v", i, i == 2 ? "ä" : "");
    const Rows rows = RandomRows(&random, columns.size());
    for (const auto format : {SolutionFormat::kJson, SolutionFormat::kXml, SolutionFormat::kTsv}) {
      const std::string text = Text(columns, rows, format);
      const auto table = ReadSolutions(text, format);
      ASSERT_TRUE(table.ok()) << "seed " << seed << ": " << table.status() << "\n" << text;
      EXPECT_EQ(table->columns, columns) << "seed " << seed;
      ASSERT_TRUE(table->rows == rows) << "seed " << seed << "\n" << text;
    }
  }
}

// What CSV keeps of a term.
Term InCsv(const Term& term) { return term.is_iri() || term.is_literal() ? Term::String(term.value()) : term; }

TEST(SolutionWriter, WritesCsvThatKeepsLexicalForms) {
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    RandomTerms random(seed);
    const std::vector<std::string> columns(1 + random.Below(3), "v");
    Rows rows = RandomRows(&random, columns.size());
    const std::string text = Text(columns, rows, SolutionFormat::kCsv);
    const auto table = ReadSolutions(text, SolutionFormat::kCsv);
    ASSERT_TRUE(table.ok()) << "seed " << seed << ": " << table.status() << "\n" << text;
    for (auto& row : rows) {
      for (std::optional<Term>& cell : row) {
        if (cell.has_value()) cell = InCsv(*cell);
      }
    }
    ASSERT_TRUE(table->rows == rows) << "seed " << seed << "\n" << text;
  }
}

}  // namespace
}  // namespace dossier
