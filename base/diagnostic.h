// What a user is told when text of theirs is wrong: the message, where (name, line, column, a caret under the span)
// and what to try next. A Diagnostic travels inside an absl::Status as a payload, so that every room can return
// plain Status and the border (shell, JSON writer) can still show the position.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace dossier {

// Half-open range of bytes in a source text.
struct SourceSpan {
  size_t begin = 0;
  size_t end = 0;

  friend bool operator==(const SourceSpan&, const SourceSpan&) = default;
};

struct Diagnostic {
  std::string message;                   // One sentence, without position and without a final dot.
  std::string source;                    // File path, or empty for text typed by the user.
  size_t line = 0;                       // 1-based; 0 when there is no position.
  size_t column = 0;                     // 1-based, in code points.
  size_t length = 1;                     // Code points to underline.
  std::string line_text;                 // The line itself, for the caret; may be empty.
  std::vector<std::string> suggestions;  // What would work, nearest first.
};

// Computes line, column and line text of `span` in `text`.
Diagnostic MakeDiagnostic(std::string message, absl::string_view text, SourceSpan span,
                          std::vector<std::string> suggestions = {}, std::string source = "");

// An InvalidArgument status (or `code`) that carries the diagnostic; its plain message has the position too.
absl::Status DiagnosticError(const Diagnostic& diagnostic, absl::StatusCode code = absl::StatusCode::kInvalidArgument);

// The diagnostic inside `status`, if one was attached.
std::optional<Diagnostic> GetDiagnostic(const absl::Status& status);

// Several lines for a person: "file:line:column: message", the line, the caret, "did you mean ...?".
std::string RenderDiagnostic(const Diagnostic& diagnostic);

// RenderDiagnostic of the attached diagnostic, or the plain message of a status without one.
std::string RenderError(const absl::Status& status);

}  // namespace dossier
