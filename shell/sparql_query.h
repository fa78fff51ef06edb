// SPARQL queries in the program: the formats of their results by name, and running one with its result written as it
// comes. (Updates and declarations are statements like others.)
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/sparql_output.h"
#include "shell/exit_code.h"
#include "shell/printer.h"
#include "shell/store_access.h"

namespace dossier {

// Of `dossier query --format`: table (rows as a table, triples as Turtle), json, xml, csv, tsv for rows; ntriples,
// turtle, trig (also nt, ttl) for triples. nullopt for other names.
std::optional<SparqlOutput> ParseSparqlFormat(absl::string_view name);
inline constexpr char kSparqlFormats[] = "table, json, xml, csv, tsv; for triples turtle, trig, ntriples";

// In the shell, where `set format` is for answers of every kind.
SparqlOutput SparqlOutputOf(AnswerFormat format);

// Runs the query and prints what it gives; an error is left to the caller. OK when nobody reads the result any more.
absl::Status RunSparqlQuery(absl::string_view query, SparqlOutput output, StoreAccess* store, Printer* printer);

// The request in a file, or from standard input for "-". NotFound names the path.
absl::StatusOr<std::string> ReadRequest(const std::string& path);

// Whether scripts of this name hold one SPARQL request as a whole: `.rq`, `.ru`.
bool IsSparqlFile(absl::string_view path);

}  // namespace dossier
