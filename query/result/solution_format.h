// The forms in which solutions are written and read: those of the W3C, and a table for people.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/strings/string_view.h"

namespace dossier {

enum class SolutionFormat : uint8_t {
  kTable,  // For terminals; written only.
  kJson,   // SPARQL 1.2 Query Results JSON Format.
  kXml,    // SPARQL 1.2 Query Results XML Format.
  kCsv,    // SPARQL 1.2 Query Results CSV and TSV Formats.
  kTsv,
};

// "table", "json", "xml", "csv", "tsv"; nullopt for others.
std::optional<SolutionFormat> ParseSolutionFormat(absl::string_view name);

}  // namespace dossier
