#include "shell/sparql_query.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "shell/interrupt.h"

namespace dossier {
namespace {

SparqlOutput OutputIn(std::optional<SolutionFormat> solutions, std::optional<RdfFormat> graph) {
  SparqlOutput output;
  output.solutions = solutions;
  output.graph = graph;
  return output;
}

}  // namespace

std::optional<SparqlOutput> ParseSparqlFormat(absl::string_view name) {
  if (name == "table") return SparqlOutput();
  if (const std::optional<SolutionFormat> rows = ParseSolutionFormat(name); rows.has_value()) {
    return OutputIn(rows, std::nullopt);
  }
  if (name == "ntriples" || name == "nt") return OutputIn(std::nullopt, RdfFormat::kNTriples);
  if (name == "turtle" || name == "ttl") return OutputIn(std::nullopt, RdfFormat::kTurtle);
  if (name == "trig") return OutputIn(std::nullopt, RdfFormat::kTriG);
  return std::nullopt;
}

SparqlOutput SparqlOutputOf(AnswerFormat format) {
  switch (format) {
    case AnswerFormat::kJson:
    case AnswerFormat::kJsonLines: return OutputIn(SolutionFormat::kJson, RdfFormat::kTurtle);
    case AnswerFormat::kCsv: return OutputIn(SolutionFormat::kCsv, RdfFormat::kTurtle);
    case AnswerFormat::kTsv: return OutputIn(SolutionFormat::kTsv, RdfFormat::kTurtle);
    case AnswerFormat::kTable:
    case AnswerFormat::kMarkdown:
    case AnswerFormat::kTurtle: break;
  }
  return SparqlOutput();
}

absl::Status RunSparqlQuery(absl::string_view query, SparqlOutput output, StoreAccess* store, Printer* printer) {
  DOSSIER_ASSIGN_OR_RETURN(Session * session, store->ForReading());
  session->cancellation().Reset();
  const InterruptScope interrupt(&session->cancellation());
  // The user may have been quicker than the opening of the store.
  if (TakeInterrupt()) session->Cancel();
  const PrintOptions& options = printer->options();
  output.table.width = options.width;
  output.table.color = options.color;
  output.table.elapsed = options.timer;
  output.table.limit = options.limit;
  const absl::StatusOr<SparqlReport> report =
      session->Query(query, output, [&](absl::string_view piece) { return printer->WritePiece(piece); });
  if (absl::IsAborted(report.status())) return absl::OkStatus();
  DOSSIER_RETURN_IF_ERROR(report.status());
  for (const std::string& note : report->notes) printer->PrintNote(note);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadRequest(const std::string& path) {
  if (path == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  if (!file || std::filesystem::is_directory(path, error)) {
    return absl::NotFoundError(absl::StrCat("cannot read the file ", path));
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

bool IsSparqlFile(absl::string_view path) { return absl::EndsWith(path, ".rq") || absl::EndsWith(path, ".ru"); }

}  // namespace dossier
