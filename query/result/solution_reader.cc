#include "query/result/solution_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "base/utf8.h"
#include "query/result/solution_parsers.h"
#include "rdf/quad.h"

namespace dossier {

std::optional<SolutionFormat> ParseSolutionFormat(absl::string_view name) {
  if (name == "table") return SolutionFormat::kTable;
  if (name == "json") return SolutionFormat::kJson;
  if (name == "xml") return SolutionFormat::kXml;
  if (name == "csv") return SolutionFormat::kCsv;
  if (name == "tsv") return SolutionFormat::kTsv;
  return std::nullopt;
}

absl::StatusOr<SolutionTable> ReadSolutions(absl::string_view text, SolutionFormat format, std::string source) {
  absl::ConsumePrefix(&text, "\xEF\xBB\xBF");  // A byte order mark.
  if (const size_t invalid = FindInvalidUtf8(text); invalid != absl::string_view::npos) {
    const absl::string_view before = text.substr(0, invalid);
    return DiagnosticError(MakeDiagnostic("this is not UTF-8", before, {invalid, invalid}, {}, std::move(source)));
  }
  switch (format) {
    case SolutionFormat::kJson: return solutions::ReadJson(text, source);
    case SolutionFormat::kXml: return solutions::ReadXml(text, source);
    case SolutionFormat::kCsv: return solutions::ReadCsv(text, source);
    case SolutionFormat::kTsv: return solutions::ReadTsv(text, source);
    case SolutionFormat::kTable: break;
  }
  return absl::UnimplementedError("tables are for people; they cannot be read back");
}

namespace solutions {

absl::Status ErrorAt(absl::string_view text, size_t offset, std::string message, const std::string& source) {
  offset = std::min(offset, text.size());
  return DiagnosticError(MakeDiagnostic(std::move(message), text, {offset, offset}, {}, source));
}

absl::StatusOr<Term> MakeTripleTerm(Term subject, Term predicate, Term object) {
  if (!subject.is_iri() && !subject.is_blank_node()) {
    return absl::InvalidArgumentError("the subject of a triple term is an IRI or a blank node");
  }
  if (!predicate.is_iri()) return absl::InvalidArgumentError("the predicate of a triple term is an IRI");
  return Term::TripleTerm({std::move(subject), std::move(predicate), std::move(object)});
}

}  // namespace solutions
}  // namespace dossier
