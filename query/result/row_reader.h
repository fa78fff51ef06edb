// From ids to terms, last of all: turns the rows of a running query into terms for their writer, reading the dictionary
// in the order of its ids, many at once. Holds a bounded number of terms, however many rows pass.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "query/exec/row_batch.h"
#include "query/result/solution_writer.h"
#include "query/term_space.h"
#include "rdf/term.h"
#include "rdf/term_id.h"

namespace dossier {

// Not thread-safe.
class RowReader {
 public:
  // `terms`, of the query that gives the batches, outlives the reader.
  explicit RowReader(TermSpace* terms) : terms_(terms), kept_(kKeptTerms) {}

  // Gives `visit` each row of `batch`, in order; the cells live during the call. An error of `visit` ends it.
  absl::Status ForEachRow(const RowBatch& batch, absl::FunctionRef<absl::Status(SolutionRow)> visit);

 private:
  static constexpr size_t kKeptTerms = size_t{1} << 14;
  static constexpr size_t kLongestKept = 256;  // Bytes of text; longer ones are read anew.
  static constexpr size_t kRowsAtOnce = 512;   // Rows whose terms are held together.

  // A term that was read before, at the place that its id is given; another one there takes the place.
  struct Kept {
    TermId id;
    Term term;
  };

  absl::Status ReadTerms(const RowBatch& batch, size_t begin, size_t end);
  Kept& PlaceOf(TermId id) { return kept_[absl::HashOf(id) % kKeptTerms]; }

  TermSpace* const terms_;
  std::vector<Kept> kept_;
  // Of the rows at hand: their cells row by row, and the terms that had to be read, by ascending ids.
  std::vector<const Term*> cells_;
  std::vector<TermId> wanted_;
  std::vector<Term> read_;
  std::vector<size_t> missing_cells_;
};

}  // namespace dossier
