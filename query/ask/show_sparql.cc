// show sparql: the query in SPARQL that a question stands for.
#include "absl/status/status.h"
#include "query/algebra/sparql_printer.h"
#include "query/ask/ask.h"
#include "query/ask/bound_question.h"

namespace dossier::ask {
namespace {

bool HasNamedGraphs(const Snapshot& snapshot) {
  ScanSpec spec;
  spec.permutation = Permutation::kGspo;
  const absl::StatusOr<uint64_t> rows = snapshot.CountRows(spec, false);
  return !rows.ok() || *rows > 0;
}

}  // namespace

absl::StatusOr<std::string> ToSparql(const BoundQuestion& question, const Snapshot& snapshot) {
  switch (question.meaning.kind) {
    case Meaning::Kind::kPath: return absl::InvalidArgumentError("a path of any relations is no single SPARQL query");
    case Meaning::Kind::kDescribe:
      return absl::InvalidArgumentError("a description is several queries; ask for one relation");
    default: break;
  }
  // Views of a name look for it in every place of a claim, as qualifiers too, and gather what they find.
  const Meaning& meaning = question.meaning;
  if (IsView(meaning.kind) && meaning.scope_fact != kNobody &&
      meaning.participants[meaning.facts[meaning.scope_fact].subject].known()) {
    return absl::InvalidArgumentError("a view of all that is told of a name is several queries; ask for one relation");
  }
  algebra::SparqlPrinterOptions options;
  options.has_named_graphs = HasNamedGraphs(snapshot);
  return algebra::ToSparql(question.compiled.query, options);
}

}  // namespace dossier::ask
