#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/result/solution_writers.h"
#include "query/result/text_row_writer.h"
#include "rdf/ntriples_format.h"
#include "rdf/turtle_names.h"

namespace dossier::solutions {
namespace {

constexpr ByteSet kQuoted = MakeByteSet(",\"\r\n", /*controls=*/false);

// RFC 4180: fields with separators, quotes or line ends stand in quotes, quotes are doubled. So does a value that
// would look like no value, or like a blank node.
void AppendCsvField(absl::string_view value, std::string* text) {
  if (!value.empty() && PlainRun(value, kQuoted) == value.size() && !absl::StartsWith(value, "_:")) {
    text->append(value.data(), value.size());
    return;
  }
  text->push_back('"');
  for (const char c : value) {
    if (c == '"') text->push_back('"');
    text->push_back(c);
  }
  text->push_back('"');
}

void AppendCells(absl::Span<const absl::string_view> cells, char separator, std::string* text) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text->push_back(separator);
    text->append(cells[i].data(), cells[i].size());
  }
}

class CsvWriter : public TextRowWriter {
 public:
  explicit CsvWriter(TextSink sink) : pending_(sink) {}

  absl::Status Begin(absl::Span<const std::string> columns) override {
    for (size_t i = 0; i < columns.size(); ++i) {
      absl::StrAppend(&pending_.text(), i == 0 ? "" : ",", columns[i]);
    }
    pending_.text().append("\r\n");
    return absl::OkStatus();
  }

  absl::Status AppendCell(const TermView& term, std::string* text) const override {
    switch (term.kind) {
      case TermKind::kIri:
      case TermKind::kLiteral: AppendCsvField(term.value, text); break;
      case TermKind::kBlankNode: absl::StrAppend(text, "_:", term.value); break;
      case TermKind::kTripleTerm: AppendCsvField(term.triple_term->ToString(), text); break;
    }
    return absl::OkStatus();
  }

  absl::Status TextRow(absl::Span<const absl::string_view> cells) override {
    AppendCells(cells, ',', &pending_.text());
    pending_.text().append("\r\n");
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    pending_.text().append(value ? "true\r\n" : "false\r\n");
    return absl::OkStatus();
  }

  absl::Status End() override { return pending_.Flush(); }

 private:
  PendingText pending_;
};

// Terms in Turtle's syntax without prefixes: numbers and booleans stand bare where that keeps their form.
class TsvWriter : public TextRowWriter {
 public:
  explicit TsvWriter(TextSink sink) : pending_(sink) {}

  absl::Status Begin(absl::Span<const std::string> columns) override {
    for (size_t i = 0; i < columns.size(); ++i) {
      absl::StrAppend(&pending_.text(), i == 0 ? "?" : "\t?", columns[i]);
    }
    pending_.text().push_back('\n');
    return absl::OkStatus();
  }

  absl::Status AppendCell(const TermView& term, std::string* text) const override {
    if (term.kind == TermKind::kIri) {
      absl::StrAppend(text, "<", term.value, ">");
    } else if (term.is_string() && term.language.empty()) {
      text->push_back('"');
      AppendEscapedLiteral(term.value, text);
      text->push_back('"');
    } else if (term.kind == TermKind::kLiteral) {
      TurtleNames({}).AppendTerm(term.ToTerm(), text);
    } else {
      AppendNTriples(term.ToTerm(), text);
    }
    return absl::OkStatus();
  }

  absl::Status TextRow(absl::Span<const absl::string_view> cells) override {
    AppendCells(cells, '\t', &pending_.text());
    pending_.text().push_back('\n');
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    pending_.text().append(value ? "true\n" : "false\n");
    return absl::OkStatus();
  }

  absl::Status End() override { return pending_.Flush(); }

 private:
  PendingText pending_;
};

}  // namespace

std::unique_ptr<SolutionWriter> MakeCsvWriter(TextSink sink) { return std::make_unique<CsvWriter>(sink); }

std::unique_ptr<SolutionWriter> MakeTsvWriter(TextSink sink) { return std::make_unique<TsvWriter>(sink); }

}  // namespace dossier::solutions
