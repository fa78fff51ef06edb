// Database::Export.
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "base/status_macros.h"
#include "database/database.h"
#include "rdf/vocabulary.h"
#include "storage/permutation.h"
#include "storage/scan.h"

namespace dossier {
namespace {

constexpr size_t kPieceBytes = size_t{1} << 16;

// Terms by id, the last ones kept: neighbouring rows share theirs.
class TermReader {
 public:
  explicit TermReader(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::StatusOr<Term> Get(TermId id) {
    if (kept_.size() > kMaximumKept) kept_.clear();
    const auto [it, is_new] = kept_.try_emplace(id);
    if (is_new) {
      DOSSIER_ASSIGN_OR_RETURN(it->second, snapshot_.GetTerm(id));
    }
    return it->second;
  }

 private:
  static constexpr size_t kMaximumKept = 100'000;
  const Snapshot& snapshot_;
  absl::flat_hash_map<TermId, Term> kept_;
};

using QuadVisitor = absl::FunctionRef<absl::Status(Quad)>;

// Calls `visit` for every row of `permutation`, whose columns are subject, predicate, object and, at `graph_column`,
// the graph; a row of a reification has its reifier in the column before.
absl::Status VisitRows(const Snapshot& snapshot, Permutation permutation, const Cancellation& cancellation,
                       QuadVisitor visit) {
  const bool claims = permutation == Permutation::kClaimSpo;
  const size_t graph_column = claims ? 4 : 3;
  TermReader terms(snapshot);
  ScanSpec spec;
  spec.permutation = permutation;
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_RETURN_IF_ERROR(cancellation.Check());
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t i = 0; i < block.rows; ++i) {
      Quad quad;
      DOSSIER_ASSIGN_OR_RETURN(quad.subject, terms.Get(block.columns[0][i]));
      DOSSIER_ASSIGN_OR_RETURN(quad.predicate, terms.Get(block.columns[1][i]));
      DOSSIER_ASSIGN_OR_RETURN(quad.object, terms.Get(block.columns[2][i]));
      if (const TermId graph = block.columns[graph_column][i]; !graph.is_undefined()) {
        DOSSIER_ASSIGN_OR_RETURN(quad.graph, terms.Get(graph));
      }
      if (claims) {
        quad.object = Term::TripleTerm(quad.triple());
        quad.predicate = Term::Iri(std::string(rdf::kReifies));
        DOSSIER_ASSIGN_OR_RETURN(quad.subject, terms.Get(block.columns[3][i]));
      }
      DOSSIER_RETURN_IF_ERROR(visit(std::move(quad)));
    }
  }
}

absl::Status VisitAll(const Snapshot& snapshot, const Cancellation& cancellation, QuadVisitor visit) {
  DOSSIER_RETURN_IF_ERROR(VisitRows(snapshot, Permutation::kSpo, cancellation, visit));
  return VisitRows(snapshot, Permutation::kClaimSpo, cancellation, visit);
}

}  // namespace

absl::Status Database::Export(RdfFormat format, const Cancellation& cancellation, TextSink sink) {
  const std::shared_ptr<const Snapshot> snapshot = store_->GetSnapshot();
  if (!IsLineFormat(format)) {
    std::vector<Quad> quads;
    DOSSIER_RETURN_IF_ERROR(VisitAll(*snapshot, cancellation, [&quads](Quad quad) {
      quads.push_back(std::move(quad));
      return absl::OkStatus();
    }));
    return WriteRdf(quads, format, {CommonPrefixes()}, sink);
  }
  std::string piece;
  DOSSIER_RETURN_IF_ERROR(VisitAll(*snapshot, cancellation, [&](const Quad& quad) -> absl::Status {
    if (format == RdfFormat::kNTriples && quad.graph.has_value()) {
      return absl::InvalidArgumentError("the store has named graphs, which N-Triples cannot hold; export N-Quads");
    }
    AppendStatement(quad, &piece);
    if (piece.size() < kPieceBytes) return absl::OkStatus();
    DOSSIER_RETURN_IF_ERROR(sink(piece));
    piece.clear();
    return absl::OkStatus();
  }));
  return piece.empty() ? absl::OkStatus() : sink(piece);
}

}  // namespace dossier
