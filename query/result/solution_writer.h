// Writing the result of a SELECT or an ASK while it is computed: a row goes out as soon as it is there, and nothing is
// kept but a small buffer (save in tables, whose columns need some rows to know their width).
//
//   std::unique_ptr<SolutionWriter> writer = MakeSolutionWriter(SolutionFormat::kJson, {}, sink);
//   writer->Begin({"s", "name"});  writer->Row({&subject, nullptr});  ...  writer->End();       SELECT
//   writer->Boolean(true);  writer->End();                                                      ASK
//
// https://www.w3.org/TR/sparql12-results-json/, https://www.w3.org/TR/sparql12-results-xml/ and
// https://www.w3.org/TR/sparql12-results-csv-tsv/ say what is written.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "query/result/solution_format.h"
#include "rdf/term.h"
#include "rdf/writer.h"

namespace dossier {

// For each column the term, or null where the variable is unbound.
using SolutionRow = absl::Span<const Term* const>;

class TextRowWriter;

// Errors are those of the sink; after one, nothing more is to be written.
class SolutionWriter {
 public:
  virtual ~SolutionWriter() = default;

  // The variables' names, without "?". Once, before the rows.
  virtual absl::Status Begin(absl::Span<const std::string> columns) = 0;
  // REQUIRES: as many cells as columns. The terms need to live during the call only.
  virtual absl::Status Row(SolutionRow row) = 0;
  // The result of an ASK, instead of Begin() and Row().
  virtual absl::Status Boolean(bool value) = 0;
  // Writes what is held back and the end of the document. Without it the text is not whole.
  virtual absl::Status End() = 0;

  // Where the rows may also be given as texts of terms (query/result/text_row_writer.h); else nullptr.
  virtual TextRowWriter* AsTextRowWriter() { return nullptr; }
};

struct SolutionWriterOptions {
  // Of tables only.
  std::vector<std::pair<std::string, std::string>> prefixes;  // Prefix (without ":") and namespace: shorten IRIs.
  size_t width = 0;      // Columns of the terminal; long cells are shortened to fit. 0: as wide as needed.
  size_t limit = 0;      // Rows to show, the others are counted; 0: all.
  bool color = false;    // ANSI colours.
  bool elapsed = false;  // Whether the last line tells how much time has passed since the writer was made.
};

// What `sink` refers to outlives the writer.
std::unique_ptr<SolutionWriter> MakeSolutionWriter(SolutionFormat format, SolutionWriterOptions options, TextSink sink);

}  // namespace dossier
