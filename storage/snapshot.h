// A consistent view of the store as of one commit. Everything that reads, reads through a snapshot: the evaluator sees
// these few calls and nothing else of the storage.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "rdf/term_view.h"
#include "storage/name_scan.h"
#include "storage/scan.h"
#include "storage/statistics.h"

namespace dossier {

// Thread-safe. Cheap to hold; later commits do not show.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // Sequence number of the commit that this snapshot reflects; 0 for an empty store.
  virtual uint64_t commit() const = 0;

  virtual absl::StatusOr<std::unique_ptr<ScanCursor>> Scan(const ScanSpec& spec) const = 0;

  // How many rows a scan would give, without reading them all: exact when `exact` (counts the blocks' headers and
  // decodes only the edges), else an estimate from block positions that is never 0 when there are rows.
  virtual absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec, bool exact) const = 0;

  // The id of a term, or nullopt when the store does not have it. Inline terms always have one.
  virtual absl::StatusOr<std::optional<TermId>> FindTerm(const Term& term) const = 0;

  // The term of an inline or dictionary id. DataLoss when the dictionary does not have it.
  virtual absl::StatusOr<Term> GetTerm(TermId id) const = 0;

  // GetTerm for many at once, in the order given; faster when ids ascend.
  virtual absl::Status GetTerms(absl::Span<const TermId> ids, std::vector<Term>* terms) const = 0;

  // GetTerms without making terms: `visit` gets each in turn. REQUIRES: `ids` ascend.
  virtual absl::Status VisitTerms(absl::Span<const TermId> ids, TermVisitor visit) const;

  // The rows of a name table: which terms are called so. Every term that is in a quad of the snapshot is found, and
  // some that no quad has any more.
  virtual absl::StatusOr<std::unique_ptr<ScanCursor>> ScanNames(const NameScan& scan) const = 0;

  // Valid as long as the snapshot. Empty when they cannot be read: see CheckStatistics.
  virtual const Statistics& statistics() const = 0;

  // DataLoss when the statistics cannot be read. To be asked before anything is concluded from them: that a predicate
  // has no rows, say, which would make an empty answer of a damaged store.
  virtual absl::Status CheckStatistics() const { return absl::OkStatus(); }
};

}  // namespace dossier
