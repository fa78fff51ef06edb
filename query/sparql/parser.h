// From text to the tree of a SPARQL request. ANTLR lives behind this header and nowhere else.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/sparql/ast.h"
#include "query/sparql/parser_limits.h"

namespace dossier::sparql {

// All of these: relative IRIs are resolved against `base` (an absolute IRI) until the text has a BASE of its own; with
// an empty `base` they are errors. Text that is no SPARQL is InvalidArgument with a Diagnostic that says what was
// expected.

// One query, with EXPLAIN or EXPLAIN ANALYZE before it or not.
absl::StatusOr<ast::Query> ParseQuery(absl::string_view text, absl::string_view base);

// A sequence of update operations, separated by semicolons; possibly none.
absl::StatusOr<ast::Update> ParseUpdate(absl::string_view text, absl::string_view base);

// Either: what it is is told by the first word behind the prologue. Text with a prologue only is an update of no
// operations.
absl::StatusOr<ast::Request> ParseRequest(absl::string_view text, absl::string_view base);

// Whether the text is to be read as an update: so says its first word that is neither of the prologue nor in a comment.
// For text that is neither query nor update: false.
bool IsUpdate(absl::string_view text);

}  // namespace dossier::sparql
