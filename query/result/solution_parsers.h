// The readers behind ReadSolutions, one for each family of formats. The text is well-formed UTF-8.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/result/solution_reader.h"

namespace dossier::solutions {

// How deep triple terms may be nested in each other: a bound for the stack.
inline constexpr int kDeepestTripleTerm = 100;

absl::StatusOr<SolutionTable> ReadJson(absl::string_view text, const std::string& source);
absl::StatusOr<SolutionTable> ReadXml(absl::string_view text, const std::string& source);
absl::StatusOr<SolutionTable> ReadCsv(absl::string_view text, const std::string& source);
absl::StatusOr<SolutionTable> ReadTsv(absl::string_view text, const std::string& source);

// An error at the byte `offset` of `text`.
absl::Status ErrorAt(absl::string_view text, size_t offset, std::string message, const std::string& source);

// A triple term, if the components are such as RDF allows; else the reason.
absl::StatusOr<Term> MakeTripleTerm(Term subject, Term predicate, Term object);

}  // namespace dossier::solutions
