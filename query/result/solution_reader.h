// Reading results of SELECT and ASK in the W3C's formats, for tests and for programs that were given a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/result/solution_format.h"
#include "rdf/term.h"

namespace dossier {

struct SolutionTable {
  std::vector<std::string> columns;  // Names of the variables, without "?".
  // One cell for each column; nullopt where the variable is unbound.
  std::vector<std::vector<std::optional<Term>>> rows;
  // The answer of an ASK; then there are no columns and no rows.
  std::optional<bool> boolean;
};

// Reads a whole document. An error is an InvalidArgument with a Diagnostic: `source` (the file's name, or empty), line
// and column. Not for kTable: Unimplemented.
//
// CSV keeps lexical forms only: every field is read as an xsd:string, save that `_:x` without quotes is a blank node, a
// triple term is one, and an empty field without quotes is unbound. Whoever compares with it compares lexical forms.
absl::StatusOr<SolutionTable> ReadSolutions(absl::string_view text, SolutionFormat format, std::string source = "");

}  // namespace dossier
