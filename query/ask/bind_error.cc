#include "query/ask/bind_error.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace dossier::ask {

absl::Status UnknownName(const Catalogue& catalogue, absl::string_view text, SourceSpan span, absl::string_view kind) {
  const absl::string_view words = text.substr(span.begin, span.end - span.begin);
  return DiagnosticError(
      MakeDiagnostic(absl::StrCat("unknown ", kind, " \"", words, "\""), text, span, catalogue.Suggest(words, 3)),
      absl::StatusCode::kNotFound);
}

absl::Status UnknownLevel(const Catalogue& catalogue, absl::string_view text, SourceSpan span) {
  std::vector<std::string> levels;
  for (const CertaintyLevel& level : catalogue.certainty_levels()) levels.push_back(level.label);
  const absl::string_view words = text.substr(span.begin, span.end - span.begin);
  return DiagnosticError(
      MakeDiagnostic(absl::StrCat("unknown level of certainty \"", words, "\""), text, span, std::move(levels)),
      absl::StatusCode::kNotFound);
}

}  // namespace dossier::ask
