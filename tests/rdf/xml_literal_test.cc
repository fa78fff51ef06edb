#include "rdf/xml_literal.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

// Writes each document that it is told of.
class Writing : public XmlHandler {
 public:
  absl::Status OnStart(const XmlName& name, absl::Span<const XmlAttribute> attributes) override {
    writer_.Start(name, attributes);
    return absl::OkStatus();
  }
  absl::Status OnEnd(const XmlName& name) override {
    writer_.End(name);
    return absl::OkStatus();
  }
  absl::Status OnText(absl::string_view text) override {
    writer_.Text(text);
    return absl::OkStatus();
  }
  absl::Status OnComment(absl::string_view text) override {
    writer_.Comment(text);
    return absl::OkStatus();
  }
  absl::Status OnInstruction(absl::string_view target, absl::string_view data) override {
    writer_.Instruction(target, data);
    return absl::OkStatus();
  }
  std::string Take() { return writer_.Take(); }

 private:
  XmlLiteralWriter writer_;
};

std::string Canonical(absl::string_view document) {
  Writing writing;
  const std::unique_ptr<Input> input = TextInput(document);
  const absl::Status status = XmlReader(input.get(), "", &writing).Read();
  return status.ok() ? writing.Take() : absl::StrCat("error: ", status.message());
}

TEST(XmlLiteral, HasEndTagsAndEscapes) {
  EXPECT_EQ(Canonical("<a b='&quot;&#9;&#10;&#13;&gt;&lt;&amp;'>&gt;&lt;&amp;&#13;\"<c/><![CDATA[<d>]]></a>"),
            "<a b=\"&quot;&#x9;&#xA;&#xD;>&lt;&amp;\">&gt;&lt;&amp;&#xD;\"<c></c>&lt;d&gt;</a>");
}

TEST(XmlLiteral, OrdersAttributesByNamespaceAndName) {
  EXPECT_EQ(Canonical("<a xmlns:y='u:1' xmlns:x='u:2' x:a='1' y:b='2' d='3' c='4' xml:lang='en'/>"),
            "<a xmlns:x=\"u:2\" xmlns:y=\"u:1\" c=\"4\" d=\"3\" xml:lang=\"en\" y:b=\"2\" x:a=\"1\"></a>");
}

TEST(XmlLiteral, DeclaresANamespaceWhereItIsUsed) {
  EXPECT_EQ(Canonical("<r xmlns:a='u:a' xmlns:unused='u:u'><a:b><a:c/></a:b><a:d/></r>"),
            "<r><a:b xmlns:a=\"u:a\"><a:c></a:c></a:b><a:d xmlns:a=\"u:a\"></a:d></r>");
}

TEST(XmlLiteral, DeclaresAPrefixAnewWhereItMeansSomethingElse) {
  EXPECT_EQ(Canonical("<a:b xmlns:a='u:1'><a:c xmlns:a='u:2'/><a:d/></a:b>"),
            "<a:b xmlns:a=\"u:1\"><a:c xmlns:a=\"u:2\"></a:c><a:d></a:d></a:b>");
  EXPECT_EQ(Canonical("<b xmlns='u:1'><c xmlns=''><d/></c><e/></b>"),
            "<b xmlns=\"u:1\"><c xmlns=\"\"><d></d></c><e></e></b>");
}

TEST(XmlLiteral, KeepsCommentsAndInstructions) {
  EXPECT_EQ(Canonical("<a><!-- b --><?c  d ?><?e?></a>"), "<a><!-- b --><?c d ?><?e?></a>");
}

}  // namespace
}  // namespace dossier
