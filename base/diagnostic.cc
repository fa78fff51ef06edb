#include "base/diagnostic.h"

#include <algorithm>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/utf8.h"

namespace dossier {
namespace {

constexpr absl::string_view kPayloadUrl = "dossier/diagnostic";

// The payload is a list of length-prefixed fields: statuses carry bytes, and nothing outside reads these.
void AppendField(absl::string_view field, std::string* bytes) { absl::StrAppend(bytes, field.size(), ":", field); }

bool TakeField(absl::string_view* bytes, std::string* field) {
  const size_t colon = bytes->find(':');
  size_t size = 0;
  if (colon == absl::string_view::npos || !absl::SimpleAtoi(bytes->substr(0, colon), &size)) return false;
  bytes->remove_prefix(colon + 1);
  if (bytes->size() < size) return false;
  *field = std::string(bytes->substr(0, size));
  bytes->remove_prefix(size);
  return true;
}

bool TakeNumber(absl::string_view* bytes, size_t* number) {
  std::string field;
  return TakeField(bytes, &field) && absl::SimpleAtoi(field, number);
}

std::string Position(const Diagnostic& diagnostic) {
  std::string position = diagnostic.source;
  if (diagnostic.line == 0) return position.empty() ? std::string() : absl::StrCat(position, ": ");
  if (position.empty()) return absl::StrCat("line ", diagnostic.line, ", column ", diagnostic.column, ": ");
  return absl::StrCat(position, ":", diagnostic.line, ":", diagnostic.column, ": ");
}

// The line with the caret under it; of a long line, what stands around the caret.
void AppendExcerpt(const Diagnostic& diagnostic, std::string* text) {
  constexpr size_t kBefore = 60;  // Code points shown before the caret of a long line.
  constexpr size_t kShown = 140;  // Code points shown in all.
  const size_t column = diagnostic.column == 0 ? 0 : diagnostic.column - 1;
  absl::string_view line = diagnostic.line_text;
  const size_t skipped = CountCodePoints(line) > kShown && column > kBefore ? column - kBefore : 0;
  line.remove_prefix(CodePointPrefix(line, skipped).size());
  const absl::string_view shown = CodePointPrefix(line, kShown);
  const absl::string_view before = CodePointPrefix(shown, column - skipped);
  const size_t marked =
      std::clamp<size_t>(diagnostic.length, 1, std::max<size_t>(1, CountCodePoints(shown) - CountCodePoints(before)));
  const absl::string_view cut_before = skipped > 0 ? "…" : "";
  const absl::string_view cut_after = shown.size() < line.size() ? "…" : "";
  absl::StrAppend(text, "  ", cut_before, shown, cut_after, "\n  ",
                  std::string(DisplayWidth(cut_before) + DisplayWidth(before), ' '), std::string(marked, '^'), "\n");
}

}  // namespace

Diagnostic MakeDiagnostic(std::string message, absl::string_view text, SourceSpan span,
                          std::vector<std::string> suggestions, std::string source) {
  const size_t begin = std::min(span.begin, text.size());
  const size_t end = std::clamp(span.end, begin, text.size());
  const size_t previous_newline = begin == 0 ? absl::string_view::npos : text.rfind('\n', begin - 1);
  const size_t line_begin = previous_newline == absl::string_view::npos ? 0 : previous_newline + 1;
  const size_t line_end = std::min(text.find('\n', begin), text.size());
  Diagnostic diagnostic;
  diagnostic.message = std::move(message);
  diagnostic.source = std::move(source);
  diagnostic.line = 1 + static_cast<size_t>(std::count(text.begin(), text.begin() + line_begin, '\n'));
  diagnostic.column = 1 + CountCodePoints(text.substr(line_begin, begin - line_begin));
  diagnostic.length =
      std::max<size_t>(1, CountCodePoints(text.substr(begin, std::min(end, line_end) - std::min(begin, line_end))));
  diagnostic.line_text = std::string(text.substr(line_begin, line_end - line_begin));
  diagnostic.suggestions = std::move(suggestions);
  return diagnostic;
}

absl::Status DiagnosticError(const Diagnostic& diagnostic, absl::StatusCode code) {
  absl::Status status(code, absl::StrCat(Position(diagnostic), diagnostic.message));
  std::string bytes;
  AppendField(diagnostic.message, &bytes);
  AppendField(diagnostic.source, &bytes);
  AppendField(absl::StrCat(diagnostic.line), &bytes);
  AppendField(absl::StrCat(diagnostic.column), &bytes);
  AppendField(absl::StrCat(diagnostic.length), &bytes);
  AppendField(diagnostic.line_text, &bytes);
  for (const std::string& suggestion : diagnostic.suggestions) AppendField(suggestion, &bytes);
  status.SetPayload(kPayloadUrl, absl::Cord(bytes));
  return status;
}

std::optional<Diagnostic> GetDiagnostic(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayloadUrl);
  if (!payload.has_value()) return std::nullopt;
  const std::string bytes(*payload);
  absl::string_view rest = bytes;
  Diagnostic diagnostic;
  if (!TakeField(&rest, &diagnostic.message) || !TakeField(&rest, &diagnostic.source) ||
      !TakeNumber(&rest, &diagnostic.line) || !TakeNumber(&rest, &diagnostic.column) ||
      !TakeNumber(&rest, &diagnostic.length) || !TakeField(&rest, &diagnostic.line_text)) {
    return std::nullopt;
  }
  std::string suggestion;
  while (!rest.empty() && TakeField(&rest, &suggestion)) diagnostic.suggestions.push_back(suggestion);
  return diagnostic;
}

std::string RenderDiagnostic(const Diagnostic& diagnostic) {
  std::string text = absl::StrCat(Position(diagnostic), diagnostic.message, "\n");
  if (diagnostic.line > 0 && !diagnostic.line_text.empty()) AppendExcerpt(diagnostic, &text);
  if (!diagnostic.suggestions.empty()) {
    absl::StrAppend(&text, "did you mean ", absl::StrJoin(diagnostic.suggestions, ", "), "?\n");
  }
  text.pop_back();
  return text;
}

std::string RenderError(const absl::Status& status) {
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(status);
  return diagnostic.has_value() ? RenderDiagnostic(*diagnostic) : std::string(status.message());
}

}  // namespace dossier
