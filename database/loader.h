// Loads RDF files and dataset folders into a store as one commit: whole or not at all, and a second time as if once.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/load_options.h"
#include "storage/store.h"

namespace dossier {

// Files (.nt .nq .ttl .trig .rdf .owl .xml, also with .gz or .zst) and folders; of a folder every such file is taken,
// recursively and in the order of their names. A syntax error of a document format is an InvalidArgument with a
// Diagnostic, and nothing has changed. Bad lines of line formats are skipped and reported unless `options.strict`.
//
// The blank nodes of a file are named after a digest of its content, so that the same file always gives the same nodes.
absl::StatusOr<LoadReport> LoadRdf(Store* store, const std::vector<std::string>& paths, const LoadOptions& options);

// The files that LoadRdf would read. NotFound when a path does not exist, InvalidArgument when the format of a file
// that was named is unknown or a folder has none to load.
absl::StatusOr<std::vector<std::string>> FindRdfFiles(const std::vector<std::string>& paths);

}  // namespace dossier
