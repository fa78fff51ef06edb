// Where a SPARQL statement ends that is written over several lines, so that it can be typed without a mark at its end.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier::sparql {

enum class StatementExtent : uint8_t {
  kOpen,     // More has to follow: brackets or a long string are open, or its WHERE is missing, or it ends with ";".
  kMayGoOn,  // It can end here, and it can go on: with ORDER BY, say.
  kEnded,    // Declarations on their own, or a query that ends with ";".
};

// Of `statement`, which is SPARQL by its first words (query/sparql/statement_form.h) and ends with a line.
StatementExtent ExtentOf(absl::string_view statement);

// Whether `line` can be the next line of a statement that may go on: solution modifiers, `;`, comments.
bool GoesOnWith(absl::string_view line);

// The same statement in one line, without its comments: for a history of lines.
std::string AsOneLine(absl::string_view statement);

}  // namespace dossier::sparql
