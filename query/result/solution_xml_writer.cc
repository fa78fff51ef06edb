#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/status_macros.h"
#include "query/result/solution_writers.h"
#include "query/result/text_row_writer.h"
#include "rdf/quad.h"

namespace dossier::solutions {
namespace {

constexpr absl::string_view kHead =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\" xmlns:its=\"http://www.w3.org/2005/11/its\" "
    "its:version=\"2.0\">\n<head>";

// \xEF may begin U+FFFE or U+FFFF, which are no characters of XML.
constexpr ByteSet kEscapedInXml = MakeByteSet("&<>\"\x7F\xEF", /*controls=*/true);

absl::Status NoCharacter(unsigned code_point) {
  return absl::InvalidArgumentError(
      absl::StrFormat("a value has the character U+%04X, which XML cannot hold; ask for JSON, CSV or TSV", code_point));
}

// As content of an element or of an attribute in double quotes.
absl::Status AppendEscaped(absl::string_view value, std::string* text) {
  while (true) {
    const size_t plain = PlainRun(value, kEscapedInXml);
    text->append(value.data(), plain);
    if (plain == value.size()) return absl::OkStatus();
    const auto c = static_cast<unsigned char>(value[plain]);
    switch (c) {
      case '&': text->append("&amp;"); break;
      case '<': text->append("&lt;"); break;
      case '>': text->append("&gt;"); break;
      case '"': text->append("&quot;"); break;
      // A reader makes a blank of these in attributes, and a line end of a carriage return anywhere.
      case '\t':
      case '\n':
      case '\r':
      case 0x7F: absl::StrAppendFormat(text, "&#x%X;", static_cast<unsigned>(c)); break;
      case 0xEF: {
        const absl::string_view next = value.substr(plain + 1, 2);
        if (next == "\xBF\xBE") return NoCharacter(0xFFFE);
        if (next == "\xBF\xBF") return NoCharacter(0xFFFF);
        text->push_back(static_cast<char>(c));
        break;
      }
      default: return NoCharacter(c);
    }
    value.remove_prefix(plain + 1);
  }
}

absl::Status AppendElement(absl::string_view name, absl::string_view content, std::string* text) {
  absl::StrAppend(text, "<", name, ">");
  DOSSIER_RETURN_IF_ERROR(AppendEscaped(content, text));
  absl::StrAppend(text, "</", name, ">");
  return absl::OkStatus();
}

absl::Status AppendXmlLiteral(const TermView& term, std::string* text) {
  text->append("<literal");
  if (!term.language.empty()) {
    text->append(" xml:lang=\"");
    DOSSIER_RETURN_IF_ERROR(AppendEscaped(term.language, text));
    text->push_back('"');
    if (term.direction == BaseDirection::kLeftToRight) text->append(" its:dir=\"ltr\"");
    if (term.direction == BaseDirection::kRightToLeft) text->append(" its:dir=\"rtl\"");
  } else if (!term.datatype_name.empty()) {
    text->append(" datatype=\"");
    DOSSIER_RETURN_IF_ERROR(AppendEscaped(absl::StrCat(term.datatype_namespace, term.datatype_name), text));
    text->push_back('"');
  }
  text->push_back('>');
  DOSSIER_RETURN_IF_ERROR(AppendEscaped(term.value, text));
  text->append("</literal>");
  return absl::OkStatus();
}

absl::Status AppendXmlTerm(const TermView& term, std::string* text) {
  switch (term.kind) {
    case TermKind::kIri: return AppendElement("uri", term.value, text);
    case TermKind::kBlankNode: return AppendElement("bnode", term.value, text);
    case TermKind::kLiteral: return AppendXmlLiteral(term, text);
    case TermKind::kTripleTerm: break;
  }
  text->append("<triple><subject>");
  DOSSIER_RETURN_IF_ERROR(AppendXmlTerm(TermView(term.triple_term->triple().subject), text));
  text->append("</subject><predicate>");
  DOSSIER_RETURN_IF_ERROR(AppendXmlTerm(TermView(term.triple_term->triple().predicate), text));
  text->append("</predicate><object>");
  DOSSIER_RETURN_IF_ERROR(AppendXmlTerm(TermView(term.triple_term->triple().object), text));
  text->append("</object></triple>");
  return absl::OkStatus();
}

// A line for each solution.
class XmlWriter : public TextRowWriter {
 public:
  explicit XmlWriter(TextSink sink) : pending_(sink) { absl::StrAppend(&pending_.text(), kHead); }

  absl::Status Begin(absl::Span<const std::string> columns) override {
    std::string& text = pending_.text();
    for (const std::string& column : columns) {
      absl::StrAppend(&text, "<variable name=\"", column, "\"/>");
      opening_.push_back(absl::StrCat("<binding name=\"", column, "\">"));
    }
    text.append("</head>\n<results>\n");
    return absl::OkStatus();
  }

  absl::Status AppendCell(const TermView& term, std::string* text) const override { return AppendXmlTerm(term, text); }

  absl::Status TextRow(absl::Span<const absl::string_view> cells) override {
    std::string& text = pending_.text();
    text.append("<result>");
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].data() == nullptr) continue;
      text.append(opening_[i]);
      text.append(cells[i].data(), cells[i].size());
      text.append("</binding>");
    }
    text.append("</result>\n");
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    is_boolean_ = true;
    absl::StrAppend(&pending_.text(), "</head>\n<boolean>", value ? "true" : "false", "</boolean>\n");
    return absl::OkStatus();
  }

  absl::Status End() override {
    if (!is_boolean_) pending_.text().append("</results>\n");
    pending_.text().append("</sparql>\n");
    return pending_.Flush();
  }

 private:
  PendingText pending_;
  std::vector<std::string> opening_;  // `<binding name="...">`
  bool is_boolean_ = false;
};

}  // namespace

std::unique_ptr<SolutionWriter> MakeXmlWriter(TextSink sink) { return std::make_unique<XmlWriter>(sink); }

}  // namespace dossier::solutions
