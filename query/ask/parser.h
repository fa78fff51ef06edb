// From text to the tree of a statement. ANTLR lives behind this header and nowhere else.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/ask/ast.h"

namespace dossier::ask {

// Texts that are longer are refused, so that the work of parsing is bounded.
inline constexpr size_t kMaximumStatementBytes = 16 << 10;

// One statement. InvalidArgument with a Diagnostic when it has no form of the language, is not UTF-8 or is too long.
absl::StatusOr<Statement> ParseStatement(absl::string_view text);

}  // namespace dossier::ask
