#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/result/solution_writers.h"
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

class CsvWriter : public SolutionWriter {
 public:
  explicit CsvWriter(TextSink sink) : pending_(sink) {}

  absl::Status Begin(absl::Span<const std::string> columns) override {
    for (size_t i = 0; i < columns.size(); ++i) {
      absl::StrAppend(&pending_.text(), i == 0 ? "" : ",", columns[i]);
    }
    pending_.text().append("\r\n");
    return absl::OkStatus();
  }

  absl::Status Row(SolutionRow row) override {
    std::string& text = pending_.text();
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text.push_back(',');
      if (row[i] != nullptr) Append(*row[i], &text);
    }
    text.append("\r\n");
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    pending_.text().append(value ? "true\r\n" : "false\r\n");
    return absl::OkStatus();
  }

  absl::Status End() override { return pending_.Flush(); }

 private:
  static void Append(const Term& term, std::string* text) {
    switch (term.kind()) {
      case TermKind::kIri:
      case TermKind::kLiteral: AppendCsvField(term.value(), text); return;
      case TermKind::kBlankNode: absl::StrAppend(text, "_:", term.value()); return;
      case TermKind::kTripleTerm: AppendCsvField(term.ToString(), text); return;
    }
  }

  PendingText pending_;
};

// Terms in Turtle's syntax without prefixes: numbers and booleans stand bare where that keeps their form.
class TsvWriter : public SolutionWriter {
 public:
  explicit TsvWriter(TextSink sink) : pending_(sink) {}

  absl::Status Begin(absl::Span<const std::string> columns) override {
    for (size_t i = 0; i < columns.size(); ++i) {
      absl::StrAppend(&pending_.text(), i == 0 ? "?" : "\t?", columns[i]);
    }
    pending_.text().push_back('\n');
    return absl::OkStatus();
  }

  absl::Status Row(SolutionRow row) override {
    std::string& text = pending_.text();
    for (size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text.push_back('\t');
      if (row[i] == nullptr) continue;
      if (row[i]->is_literal()) {
        names_.AppendTerm(*row[i], &text);
      } else {
        AppendNTriples(*row[i], &text);
      }
    }
    text.push_back('\n');
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    pending_.text().append(value ? "true\n" : "false\n");
    return absl::OkStatus();
  }

  absl::Status End() override { return pending_.Flush(); }

 private:
  PendingText pending_;
  TurtleNames names_{{}};
};

}  // namespace

std::unique_ptr<SolutionWriter> MakeCsvWriter(TextSink sink) { return std::make_unique<CsvWriter>(sink); }

std::unique_ptr<SolutionWriter> MakeTsvWriter(TextSink sink) { return std::make_unique<TsvWriter>(sink); }

}  // namespace dossier::solutions
