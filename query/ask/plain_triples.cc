#include "query/ask/plain_triples.h"

#include <memory>
#include <utility>

#include "base/status_macros.h"

namespace dossier::ask {
namespace {

// The subjects and objects of a predicate's rows, by subject, then object.
class PairCursor {
 public:
  // `permutation` begins with the predicate, the subject and the object.
  static absl::StatusOr<PairCursor> Open(const Snapshot& snapshot, Permutation permutation, TermId predicate) {
    PairCursor cursor;
    ScanSpec spec;
    spec.permutation = permutation;
    spec.prefix = {predicate};
    spec.wanted_columns = 0b110;
    DOSSIER_ASSIGN_OR_RETURN(cursor.scan_, snapshot.Scan(spec));
    DOSSIER_RETURN_IF_ERROR(cursor.Load());
    return cursor;
  }

  bool at_end() const { return block_.rows == 0; }
  TermId subject() const { return block_.columns[1][row_]; }
  TermId object() const { return block_.columns[2][row_]; }

  absl::Status Advance() { return ++row_ < block_.rows ? absl::OkStatus() : Load(); }

  bool IsBefore(const PairCursor& other) const {
    return subject() != other.subject() ? subject() < other.subject() : object() < other.object();
  }
  bool IsAt(const PairCursor& other) const { return subject() == other.subject() && object() == other.object(); }

 private:
  absl::Status Load() {
    row_ = 0;
    DOSSIER_ASSIGN_OR_RETURN(const bool more, scan_->Next(&block_));
    if (!more) block_.rows = 0;
    return absl::OkStatus();
  }

  std::unique_ptr<ScanCursor> scan_;
  RowBlock block_;
  size_t row_ = 0;
};

uint64_t RowsOf(const RelationStatistics& statistics, TermId predicate) {
  const auto it = statistics.predicates.find(predicate);
  return it == statistics.predicates.end() ? 0 : it->second.rows;
}

}  // namespace

absl::StatusOr<bool> HasPlainTriples(const Snapshot& snapshot, TermId predicate) {
  if (RowsOf(snapshot.statistics().quads, predicate) == 0) return false;
  if (RowsOf(snapshot.statistics().reifications, predicate) == 0) return true;
  // Walks the asserted triples along with those that claims state; both come in the same order.
  DOSSIER_ASSIGN_OR_RETURN(PairCursor asserted, PairCursor::Open(snapshot, Permutation::kPso, predicate));
  DOSSIER_ASSIGN_OR_RETURN(PairCursor stated, PairCursor::Open(snapshot, Permutation::kClaimPso, predicate));
  while (!asserted.at_end()) {
    while (!stated.at_end() && stated.IsBefore(asserted)) DOSSIER_RETURN_IF_ERROR(stated.Advance());
    if (stated.at_end() || !stated.IsAt(asserted)) return true;
    DOSSIER_RETURN_IF_ERROR(asserted.Advance());
  }
  return false;
}

}  // namespace dossier::ask
