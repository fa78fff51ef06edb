#include "query/reference/stored_rows.h"

#include <utility>

#include "base/status_macros.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

absl::Status ForEachRow(const Snapshot& snapshot, Permutation permutation,
                        absl::FunctionRef<absl::Status(const RowBlock&, size_t)> visit) {
  ScanSpec spec;
  spec.permutation = permutation;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < block.rows; ++row) {
      DOSSIER_RETURN_IF_ERROR(visit(block, row));
    }
  }
}

absl::StatusOr<TermId> TripleTermId(const StoredTriple& row, TermSpace* terms) {
  DOSSIER_ASSIGN_OR_RETURN(const Term* const subject, terms->Get(row.subject));
  DOSSIER_ASSIGN_OR_RETURN(const Term* const predicate, terms->Get(row.predicate));
  DOSSIER_ASSIGN_OR_RETURN(const Term* const object, terms->Get(row.object));
  return terms->Intern(Term::TripleTerm({*subject, *predicate, *object}));
}

}  // namespace

absl::StatusOr<StoredRows> ReadAllRows(TermSpace* terms) {
  StoredRows rows;
  DOSSIER_ASSIGN_OR_RETURN(const TermId reifies, terms->Intern(Term::Iri(std::string(rdf::kReifies))));
  DOSSIER_RETURN_IF_ERROR(ForEachRow(terms->snapshot(), Permutation::kSpo, [&](const RowBlock& block, size_t i) {
    const auto& columns = block.columns;
    rows.quads.push_back({columns[0][i], columns[1][i], columns[2][i], columns[3][i]});
    return absl::OkStatus();
  }));
  DOSSIER_RETURN_IF_ERROR(ForEachRow(terms->snapshot(), Permutation::kTermSpo, [&](const RowBlock& block, size_t i) {
    const auto& columns = block.columns;
    rows.triple_terms.push_back({columns[0][i], columns[1][i], columns[2][i], columns[3][i], TermId()});
    return absl::OkStatus();
  }));
  DOSSIER_RETURN_IF_ERROR(
      ForEachRow(terms->snapshot(), Permutation::kClaimSpo, [&](const RowBlock& block, size_t i) -> absl::Status {
        const auto& columns = block.columns;
        const StoredTriple row{columns[0][i], columns[1][i], columns[2][i], columns[3][i], columns[4][i]};
        rows.reifications.push_back(row);
        DOSSIER_ASSIGN_OR_RETURN(const TermId triple, TripleTermId(row, terms));
        rows.quads.push_back({row.fourth, reifies, triple, row.graph});
        return absl::OkStatus();
      }));
  return rows;
}

}  // namespace dossier
