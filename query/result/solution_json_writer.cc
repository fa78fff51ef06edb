#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "query/result/solution_writers.h"
#include "query/result/text_row_writer.h"
#include "rdf/quad.h"

namespace dossier::solutions {
namespace {

constexpr ByteSet kEscapedInJson = MakeByteSet("\"\\\x7F", /*controls=*/true);

void AppendJsonString(absl::string_view value, std::string* text) {
  text->push_back('"');
  while (true) {
    const size_t plain = PlainRun(value, kEscapedInJson);
    text->append(value.data(), plain);
    if (plain == value.size()) break;
    switch (const char c = value[plain]) {
      case '"': text->append("\\\""); break;
      case '\\': text->append("\\\\"); break;
      case '\n': text->append("\\n"); break;
      case '\r': text->append("\\r"); break;
      case '\t': text->append("\\t"); break;
      default: absl::StrAppendFormat(text, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
    value.remove_prefix(plain + 1);
  }
  text->push_back('"');
}

void AppendJsonTerm(const TermView& term, std::string* text);

void AppendJsonLiteral(const TermView& term, std::string* text) {
  text->append(R"({"type":"literal","value":)");
  AppendJsonString(term.value, text);
  if (!term.language.empty()) {
    text->append(R"(,"xml:lang":)");
    AppendJsonString(term.language, text);
    if (term.direction == BaseDirection::kLeftToRight) text->append(R"(,"its:dir":"ltr")");
    if (term.direction == BaseDirection::kRightToLeft) text->append(R"(,"its:dir":"rtl")");
  } else if (!term.datatype_name.empty()) {
    text->append(R"(,"datatype":)");
    AppendJsonString(absl::StrCat(term.datatype_namespace, term.datatype_name), text);
  }
  text->push_back('}');
}

void AppendJsonTerm(const TermView& term, std::string* text) {
  switch (term.kind) {
    case TermKind::kLiteral: AppendJsonLiteral(term, text); return;
    case TermKind::kTripleTerm:
      text->append(R"({"type":"triple","value":{"subject":)");
      AppendJsonTerm(TermView(term.triple_term->triple().subject), text);
      text->append(R"(,"predicate":)");
      AppendJsonTerm(TermView(term.triple_term->triple().predicate), text);
      text->append(R"(,"object":)");
      AppendJsonTerm(TermView(term.triple_term->triple().object), text);
      text->append("}}");
      return;
    case TermKind::kIri: text->append(R"({"type":"uri","value":)"); break;
    case TermKind::kBlankNode: text->append(R"({"type":"bnode","value":)"); break;
  }
  AppendJsonString(term.value, text);
  text->push_back('}');
}

// A line for each solution.
class JsonWriter : public TextRowWriter {
 public:
  explicit JsonWriter(TextSink sink) : pending_(sink) {}

  absl::Status Begin(absl::Span<const std::string> columns) override {
    pending_.text().append(R"({"head":{"vars":[)");
    for (const std::string& column : columns) {
      std::string key;
      AppendJsonString(column, &key);
      absl::StrAppend(&pending_.text(), keys_.empty() ? "" : ",", key);
      keys_.push_back(absl::StrCat(key, ":"));
    }
    pending_.text().append("]},\n\"results\":{\"bindings\":[");
    return absl::OkStatus();
  }

  absl::Status AppendCell(const TermView& term, std::string* text) const override {
    AppendJsonTerm(term, text);
    return absl::OkStatus();
  }

  absl::Status TextRow(absl::Span<const absl::string_view> cells) override {
    std::string& text = pending_.text();
    text.append(first_row_ ? "\n{" : ",\n{");
    first_row_ = false;
    bool first = true;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].data() == nullptr) continue;
      if (!first) text.push_back(',');
      first = false;
      text.append(keys_[i]);
      text.append(cells[i].data(), cells[i].size());
    }
    text.push_back('}');
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    is_boolean_ = true;
    absl::StrAppend(&pending_.text(), R"({"head":{},"boolean":)", value ? "true" : "false", "}\n");
    return absl::OkStatus();
  }

  absl::Status End() override {
    if (!is_boolean_) pending_.text().append("\n]}}\n");
    return pending_.Flush();
  }

 private:
  PendingText pending_;
  std::vector<std::string> keys_;  // `"name":`
  bool first_row_ = true;
  bool is_boolean_ = false;
};

}  // namespace

std::unique_ptr<SolutionWriter> MakeJsonWriter(TextSink sink) { return std::make_unique<JsonWriter>(sink); }

}  // namespace dossier::solutions
