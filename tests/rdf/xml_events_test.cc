#include "rdf/xml_events.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/diagnostic.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

// Writes down what it is told: "<a b=c>", "</a>", text as it is; the namespace of a name in braces.
class Recorder : public XmlHandler {
 public:
  absl::Status OnStart(const XmlName& name, absl::Span<const XmlAttribute> attributes) override {
    absl::StrAppend(&text, "<", Name(name));
    for (const XmlAttribute& attribute : attributes) {
      absl::StrAppend(&text, " ", Name(attribute.name), "=", attribute.value);
    }
    absl::StrAppend(&text, ">");
    return absl::OkStatus();
  }
  absl::Status OnEnd(const XmlName& name) override {
    absl::StrAppend(&text, "</", Name(name), ">");
    return absl::OkStatus();
  }
  absl::Status OnText(absl::string_view piece) override {
    absl::StrAppend(&text, piece);
    return absl::OkStatus();
  }
  absl::Status OnComment(absl::string_view /*text*/) override { return absl::OkStatus(); }
  absl::Status OnInstruction(absl::string_view /*target*/, absl::string_view /*data*/) override {
    return absl::OkStatus();
  }

  std::string text;

 private:
  static std::string Name(const XmlName& name) {
    return name.space.empty() ? name.Written() : absl::StrCat("{", name.space, "}", name.Written());
  }
};

absl::StatusOr<std::string> Read(absl::string_view document) {
  Recorder recorder;
  const std::unique_ptr<Input> input = TextInput(document);
  const absl::Status status = XmlReader(input.get(), "t.xml", &recorder).Read();
  if (!status.ok()) return status;
  return recorder.text;
}

// What the user sees.
std::string Error(absl::string_view document) {
  const auto text = Read(document);
  return text.ok() ? absl::StrCat("read: ", *text) : RenderError(text.status());
}

std::string InUtf16(absl::string_view ascii, bool big_endian) {
  std::string text = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char c : ascii) text += big_endian ? std::string({'\0', c}) : std::string({c, '\0'});
  return text;
}

TEST(XmlReader, ResolvesNamespaces) {
  EXPECT_EQ(*Read("<a xmlns='u:1' xmlns:p='u:2' b='1' p:c='2'><p:d/></a>"),
            "<{u:1}a b=1 {u:2}p:c=2><{u:2}p:d></{u:2}p:d></{u:1}a>");
}

TEST(XmlReader, ReadsFourEncodings) {
  EXPECT_EQ(*Read("\xEF\xBB\xBF<a>\xC3\xA9</a>"), "<a>\xC3\xA9</a>");
  EXPECT_EQ(*Read("<?xml version='1.0' encoding='iso-8859-1'?><a>\xE9</a>"), "<a>\xC3\xA9</a>");
  EXPECT_EQ(*Read("<?xml version='1.0' encoding='US-ASCII'?><a>e</a>"), "<a>e</a>");
  EXPECT_EQ(*Read(InUtf16("<?xml version='1.0' encoding='UTF-16'?><a>e</a>", true)), "<a>e</a>");
  EXPECT_EQ(*Read(InUtf16("<a>e</a>", false)), "<a>e</a>");
}

TEST(XmlReader, NamesAnEncodingThatItDoesNotRead) {
  EXPECT_THAT(
      Error("<?xml version='1.0' encoding='windows-1252'?><a/>"),
      HasSubstr("`windows-1252`, which is not read or not so; known are UTF-8, UTF-16, ISO-8859-1 and US-ASCII"));
  EXPECT_THAT(Error("<a>\xE9</a>"), HasSubstr("t.xml:1:4: this is not well-formed XML"));
}

TEST(XmlReader, PointsAtTheError) {
  EXPECT_EQ(Error("<a>\n  ä<b></c> d\n</a>"),
            "t.xml:2:9: the end tag does not match the start tag of the innermost open element\n"
            "    ä<b></c> d\n"
            "          ^");
  EXPECT_EQ(Error("\xEF\xBB\xBF<a><p:b/></a>"),
            "t.xml:1:4: a prefix of the tag is not declared; declare it with `xmlns:prefix=\"...\"`\n"
            "  <a><p:b/></a>\n"
            "     ^");
  EXPECT_THAT(Error("<a>\r\n& b\r\n</a>"), HasSubstr("t.xml:2:2: this is not well-formed XML; a bare `&`"));
  EXPECT_THAT(Error("<a/><b/>"), HasSubstr("there is more after the end of the outermost element"));
}

TEST(XmlReader, LeavesALongLineOut) {
  const auto error = Error(absl::StrCat("<a>", std::string(1000, 'x'), "</b></a>"));
  EXPECT_EQ(error, "t.xml:1:1006: the end tag does not match the start tag of the innermost open element");
}

TEST(XmlReader, SaysThatTheDocumentEndsEarly) {
  EXPECT_THAT(Error(""), HasSubstr("there is no XML element"));
  EXPECT_THAT(Error("<a>\n<b>"), HasSubstr("t.xml:2:4: the document ends before all its elements are closed"));
  EXPECT_THAT(Error("@prefix : <http://a/> ."), HasSubstr("t.xml:1:1: this is not well-formed XML"));
}

// Entities --------------------------------------------------------------------------------------------------------

TEST(XmlReader, KnowsTheEntitiesOfTheDocument) {
  EXPECT_EQ(*Read("<!DOCTYPE a [<!ENTITY w \"http://w/\"><!ENTITY x \"&w;x#\">]><a b='&x;c'>&w;&#65;&amp;</a>"),
            "<a b=http://w/x#c>http://w/A&</a>");
  EXPECT_THAT(Error("<a>&w;</a>"), HasSubstr("t.xml:1:4: the entity is not declared"));
  EXPECT_THAT(Error("<!DOCTYPE a [<!ENTITY w \"&v;\"><!ENTITY v \"&w;\">]><a>&w;</a>"), HasSubstr("refers to itself"));
}

TEST(XmlReader, FetchesNothing) {
  const std::string outside = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
  EXPECT_THAT(Error(outside + "<a>&e;</a>"), HasSubstr("the entity is outside of the document; nothing is fetched"));
  EXPECT_THAT(Error(outside + "<a b='&e;'/>"), HasSubstr("the entity is outside of the document; nothing is fetched"));
  EXPECT_EQ(*Read(outside + "<a/>"), "<a></a>");
  EXPECT_EQ(*Read("<!DOCTYPE a PUBLIC \"a\" \"file:///etc/hostname\" [<!ENTITY e \"1\">]><a b='&e;&amp;&#65;'>&e;</a>"),
            "<a b=1&A>1</a>");
}

TEST(XmlReader, LeavesNoEntityOutThatMayBeDeclaredElsewhere) {
  const std::string document = "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">";
  EXPECT_THAT(Error(document + "<a>&e;</a>"),
              HasSubstr("t.xml:1:46: the entity `&e;` is not declared in the document"));
  EXPECT_THAT(Error(document + "<a b='&e;'/>"), HasSubstr("the entity `&e;` is not declared in the document"));
  EXPECT_THAT(Error(InUtf16(document + "<a b='&e;'/>", false)), HasSubstr("the entity `&e;` is not declared"));
  EXPECT_THAT(Error("<!DOCTYPE a SYSTEM \"s\" [<!ENTITY f \"&e;\">]><a b='&f;'/>"),
              HasSubstr("the entity `&e;` is not"));
  EXPECT_THAT(Error("<!DOCTYPE a [<!ENTITY % p \"<!ENTITY e '1'>\">%p;]><a b='&e;'/>"),
              HasSubstr("parameter entities"));
}

TEST(XmlReader, RefusesEntitiesThatGrowWithoutBound) {
  std::string declarations = "<!ENTITY e0 \"lol\">";
  for (int i = 1; i < 10; ++i) {
    absl::StrAppend(&declarations, "<!ENTITY e", i, " \"");
    for (int j = 0; j < 10; ++j) absl::StrAppend(&declarations, "&e", i - 1, ";");
    absl::StrAppend(&declarations, "\">");
  }
  EXPECT_THAT(Error(absl::StrCat("<!DOCTYPE a [", declarations, "]><a>&e9;</a>")),
              HasSubstr("a hundred times as long"));
  EXPECT_THAT(Error(absl::StrCat("<!DOCTYPE a [", declarations, "]><a b='&e9;'/>")),
              HasSubstr("a hundred times as long"));
}

TEST(XmlReader, AddsAttributesWithADefaultValueButNotWithoutBound) {
  EXPECT_EQ(*Read("<!DOCTYPE a [<!ATTLIST a b CDATA '1' c CDATA '2'>]><a b='3'/>"), "<a b=3 c=2></a>");
  std::string elements;
  for (int i = 0; i < 2000; ++i) absl::StrAppend(&elements, "<b/>");
  const std::string value(1000, 'x');
  EXPECT_THAT(Error(absl::StrCat("<!DOCTYPE a [<!ATTLIST b c CDATA '", value, "'>]><a>", elements, "</a>")),
              HasSubstr("attributes with a default value make the document more than a hundred times"));
}

TEST(XmlReader, RefusesLongChainsOfEntities) {
  const auto chain = [](int length) {
    std::string document = "<!DOCTYPE a [<!ENTITY e0 \"x\">";
    for (int i = 1; i <= length; ++i) absl::StrAppend(&document, "<!ENTITY e", i, " \"&e", i - 1, ";\">");
    return absl::StrCat(document, "]><a b='&e", length, ";'>&e", length, ";</a>");
  };
  EXPECT_EQ(*Read(chain(100)), "<a b=x>x</a>");
  EXPECT_THAT(Error(chain(101)), HasSubstr("more than 100 entities refer to others"));
  EXPECT_THAT(Error(chain(200'000)), HasSubstr("more than 100 entities refer to others"));
}

// Limits ----------------------------------------------------------------------------------------------------------

TEST(XmlReader, BoundsTheDepthOfElements) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) absl::StrAppend(&text, "<a>");
    for (int i = 0; i < depth; ++i) absl::StrAppend(&text, "</a>");
    return text;
  };
  EXPECT_TRUE(Read(nested(10'000)).ok());
  EXPECT_THAT(Error(nested(10'001)), HasSubstr("elements are nested more than 10000 deep"));
}

TEST(XmlReader, ReadsLongTokensInProportionAndRefusesEndlessOnes) {
  const std::string value(10 << 20, 'x');
  EXPECT_EQ(Read(absl::StrCat("<a b='", value, "'/>"))->size(), value.size() + 10);
  EXPECT_THAT(Error(absl::StrCat("<a><!--", std::string(65 << 20, 'x'))), HasSubstr("has more than 64 MiB"));
}

TEST(XmlReader, ReadsTextsOfManyPieces) {
  const std::string text(300'000, 'x');
  EXPECT_EQ(*Read(absl::StrCat("<a>", text, "</a>")), absl::StrCat("<a>", text, "</a>"));
}

}  // namespace
}  // namespace dossier
