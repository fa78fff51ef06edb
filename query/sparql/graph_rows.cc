#include "query/sparql/graph_rows.h"

#include <memory>

#include "base/status_macros.h"

namespace dossier::sparql {
namespace {

bool IsIn(const GraphSet& graphs, TermId graph) {
  switch (graphs.kind) {
    case GraphSet::Kind::kOne: return graph == graphs.graph;
    case GraphSet::Kind::kAllNamed: return !graph.is_undefined();
    case GraphSet::Kind::kAll: break;
  }
  return true;
}

// Rows of one relation, read in the order of `permutation`.
absl::Status ForEachRowOf(const Snapshot& snapshot, const ScanSpec& spec, Relation relation, const GraphSet& graphs,
                          const Cancellation& cancellation, absl::FunctionRef<absl::Status(const StoredRow&)> visit) {
  const PermutationInfo& info = GetPermutationInfo(spec.permutation);
  // Where the columns of the permutation stand in a plain row.
  std::array<size_t, kMaxColumns> place{};
  for (size_t i = 0; i < info.width; ++i) {
    switch (info.columns[i]) {
      case Column::kSubject: place[i] = 0; break;
      case Column::kPredicate: place[i] = 1; break;
      case Column::kObject: place[i] = 2; break;
      case Column::kReifier: place[i] = 3; break;
      default: place[i] = info.width - size_t{1}; break;
    }
  }
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  StoredRow row;
  row.relation = relation;
  while (true) {
    DOSSIER_RETURN_IF_ERROR(cancellation.Check());
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t i = 0; i < block.rows; ++i) {
      for (size_t column = 0; column < info.width; ++column) row.ids[place[column]] = block.columns[column][i];
      if (IsIn(graphs, row.ids[info.width - size_t{1}])) DOSSIER_RETURN_IF_ERROR(visit(row));
    }
  }
}

}  // namespace

absl::Status ForEachRow(const Snapshot& snapshot, const GraphSet& graphs, const Cancellation& cancellation,
                        absl::FunctionRef<absl::Status(const StoredRow&)> visit) {
  ScanSpec quads;
  if (graphs.kind == GraphSet::Kind::kAllNamed) {
    quads.permutation = Permutation::kGspo;
  } else if (graphs.kind == GraphSet::Kind::kOne && !graphs.graph.is_undefined()) {
    quads.permutation = Permutation::kGspo;
    quads.prefix = {graphs.graph};
  }
  DOSSIER_RETURN_IF_ERROR(ForEachRowOf(snapshot, quads, Relation::kQuads, graphs, cancellation, visit));
  if (snapshot.statistics().reifications.rows == 0) return absl::OkStatus();
  return ForEachRowOf(snapshot, {.permutation = Permutation::kClaimSpo}, Relation::kReifications, graphs, cancellation,
                      visit);
}

absl::StatusOr<bool> HasRows(const Snapshot& snapshot, TermId graph, const Cancellation& cancellation) {
  bool found = false;
  const absl::Status status = ForEachRow(snapshot, {GraphSet::Kind::kOne, graph}, cancellation, [&](const StoredRow&) {
    found = true;
    return absl::OutOfRangeError("one is enough");
  });
  if (found) return true;
  DOSSIER_RETURN_IF_ERROR(status);
  return false;
}

}  // namespace dossier::sparql
