#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "tests/rdf/reading.h"

namespace dossier {
namespace {

std::string Document(absl::string_view body) {
  return absl::StrCat("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:a=\"http://a/\">\n",
                      body, "\n</rdf:RDF>");
}

TEST(RdfXmlReader, ReadsTriples) {
  ReaderOptions options;
  options.base = "http://b/doc";
  EXPECT_EQ(ReadAsLines(Document("<rdf:Description rdf:about=\"#s\"><a:p xml:lang=\"en\">x</a:p>"
                                 "<a:q rdf:resource=\"o\"/></rdf:Description>"),
                        RdfFormat::kRdfXml, options),
            "<http://b/doc#s> <http://a/p> \"x\"@en .\n<http://b/doc#s> <http://a/q> <http://b/o> .\n");
}

TEST(RdfXmlReader, KeepsBlankNodesOfFilesApart) {
  ReaderOptions options;
  options.blank_node_prefix = "f3_";
  EXPECT_EQ(
      ReadAsLines(Document("<rdf:Description rdf:nodeID=\"n\"><a:p rdf:parseType=\"Resource\"/></rdf:Description>"),
                  RdfFormat::kRdfXml, options),
      "_:f3_n <http://a/p> _:f3_anon1 .\n");
}

TEST(RdfXmlReader, PointsAtTheError) {
  ReaderOptions options;
  options.source = "facts.rdf";
  const auto quads = ReadAll(Document("<rdf:Description>\n<a:p>"), RdfFormat::kRdfXml, options);
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(quads.status());
  ASSERT_TRUE(diagnostic.has_value()) << quads.status();
  EXPECT_EQ(diagnostic->source, "facts.rdf");
  EXPECT_GE(diagnostic->line, 3u) << quads.status();
}

TEST(RdfXmlReader, RefusesWhatIsNoXml) {
  EXPECT_FALSE(ReadAll("@prefix : <http://a/> .", RdfFormat::kRdfXml).ok());
  EXPECT_FALSE(ReadAll("", RdfFormat::kRdfXml).ok());
}

TEST(RdfXmlReader, ReadsNoOtherFiles) {
  const std::string text =
      absl::StrCat("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>\n",
                   Document("<rdf:Description rdf:about=\"http://a/s\"><a:p>[&e;]</a:p></rdf:Description>"));
  const auto quads = ReadAll(text, RdfFormat::kRdfXml);
  if (quads.ok()) {
    ASSERT_EQ(quads->size(), 1u);
    EXPECT_EQ(quads->front().object, Term::String("[]"));
  }
}

TEST(RdfXmlReader, EndsWithTheErrorOfTheSink) {
  const absl::Status status =
      ReadRdfText(Document("<rdf:Description rdf:about=\"http://a/s\" a:p=\"1\" a:q=\"2\"/>"), RdfFormat::kRdfXml, {},
                  [](Quad&&) { return absl::CancelledError("enough"); });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace dossier
