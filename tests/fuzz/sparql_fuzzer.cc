// SPARQL: any text is completed, and is parsed, as a query and as an update, or refused with a position inside it;
// queries that are understood are bound to algebra or refused; and their spans lie in the text. No text may take long.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "base/utf8.h"
#include "query/sparql/bind.h"
#include "query/sparql/parser.h"
#include "query/sparql/parser_expectation.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::fuzz::Check;

void CheckRefusal(const absl::Status& status, absl::string_view text) {
  Check(status.code() == absl::StatusCode::kInvalidArgument, "what is not understood is the text's fault", text,
        status.ToString());
  const std::optional<dossier::Diagnostic> diagnostic = dossier::GetDiagnostic(status);
  if (dossier::FindInvalidUtf8(text) != absl::string_view::npos) return;
  Check(diagnostic.has_value() && diagnostic->line >= 1, "a refusal has a place", text, status.ToString());
}

void CheckSpans(const dossier::sparql::ast::GroupPattern& group, absl::string_view text) {
  for (const auto& element : group.elements) {
    Check(element.span.begin <= element.span.end && element.span.end <= text.size(), "elements lie in the text", text,
          "");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto query = dossier::sparql::ParseQuery(text, "http://example.org/");
  if (query.ok()) {
    CheckSpans(query->body.where, text);
    const auto bound = dossier::sparql::BindQuery(*query, text);
    if (!bound.ok()) CheckRefusal(bound.status(), text);
  } else {
    CheckRefusal(query.status(), text);
  }
  const auto update = dossier::sparql::ParseUpdate(text, "http://example.org/");
  if (!update.ok()) CheckRefusal(update.status(), text);
  for (const std::string& variable : dossier::sparql::ExpectBehind(text).variables) {
    Check(absl::StrContains(text, variable), "completion knows the variables of the text", text, variable);
  }
  Check(!(query.ok() && update.ok()), "no text is both a query and an update", text, "");
  return 0;
}
