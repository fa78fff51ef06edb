#include "query/sparql/describe.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "query/sparql/stored_term.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using algebra::GraphSelector;

constexpr size_t kBytesPerNode = 32;

class Describer {
 public:
  Describer(TermSpace* terms, const QueryContext& context, QuadSink sink)
      : terms_(terms), context_(context), memory_(context.memory), sink_(sink) {}

  absl::Status SetGraphs(const GraphSelector& graphs) {
    all_graphs_ = graphs.kind == GraphSelector::Kind::kAll;
    for (const Term& graph : graphs.graphs) {
      DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms_->Intern(graph));
      graphs_.insert(id);
    }
    return absl::OkStatus();
  }

  absl::Status Describe(TermId resource) {
    if (!described_.insert(resource).second) return absl::OkStatus();
    DOSSIER_RETURN_IF_ERROR(Visit(resource));
    DOSSIER_RETURN_IF_ERROR(ClaimsAbout(resource));
    while (!open_.empty()) {
      const TermId node = open_.front();
      open_.pop_front();
      DOSSIER_RETURN_IF_ERROR(TriplesOf(node));
      DOSSIER_RETURN_IF_ERROR(ClaimsBy(node));
    }
    return absl::OkStatus();
  }

 private:
  using RowVisitor = absl::FunctionRef<absl::Status(const RowBlock&, size_t)>;

  // The rows that begin with `node`, in the wanted graphs; a row that stands in several graphs once.
  absl::Status ForEachRow(Permutation permutation, TermId node, RowVisitor visit) {
    ScanSpec spec;
    spec.permutation = permutation;
    spec.prefix = {node};
    const size_t graph_at = GetPermutationInfo(permutation).width - 1;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, terms_->snapshot().Scan(spec));
    RowBlock block;
    std::vector<TermId> last;
    while (true) {
      DOSSIER_RETURN_IF_ERROR(context_.cancellation->Check());
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) return absl::OkStatus();
      for (size_t row = 0; row < block.rows; ++row) {
        if (!all_graphs_ && !graphs_.contains(block.columns[graph_at][row])) continue;
        std::vector<TermId> ids;
        for (size_t column = 0; column < graph_at; ++column) ids.push_back(block.columns[column][row]);
        if (ids == last) continue;
        last = std::move(ids);
        DOSSIER_RETURN_IF_ERROR(visit(block, row));
      }
    }
  }

  // To be told of, once.
  absl::Status Visit(TermId node) {
    if (!visited_.insert(node).second) return absl::OkStatus();
    open_.push_back(node);
    return memory_.Resize(visited_.size() * kBytesPerNode);
  }

  absl::Status TriplesOf(TermId node) {
    return ForEachRow(Permutation::kSpo, node, [&](const RowBlock& block, size_t row) -> absl::Status {
      const TermId object = block.columns[2][row];
      DOSSIER_ASSIGN_OR_RETURN(Quad quad, QuadOf(node, block.columns[1][row], object));
      if (quad.object.is_blank_node()) DOSSIER_RETURN_IF_ERROR(Visit(object));
      return sink_(std::move(quad));
    });
  }

  // The claims that `node` makes, should it be a reifier.
  absl::Status ClaimsBy(TermId node) {
    return ForEachRow(Permutation::kClaimReifier, node, [&](const RowBlock& block, size_t row) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(Quad claimed,
                               QuadOf(block.columns[1][row], block.columns[2][row], block.columns[3][row]));
      DOSSIER_ASSIGN_OR_RETURN(Term reifier, StoredTerm(node, terms_));
      return sink_(Quad{std::move(reifier), Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm(claimed.triple()),
                        std::nullopt});
    });
  }

  absl::Status ClaimsAbout(TermId resource) {
    return ForEachRow(Permutation::kClaimSpo, resource,
                      [&](const RowBlock& block, size_t row) { return Visit(block.columns[3][row]); });
  }

  absl::StatusOr<Quad> QuadOf(TermId subject, TermId predicate, TermId object) {
    Quad quad;
    DOSSIER_ASSIGN_OR_RETURN(quad.subject, StoredTerm(subject, terms_));
    DOSSIER_ASSIGN_OR_RETURN(quad.predicate, StoredTerm(predicate, terms_));
    DOSSIER_ASSIGN_OR_RETURN(quad.object, StoredTerm(object, terms_));
    return quad;
  }

  TermSpace* const terms_;
  const QueryContext& context_;
  MemoryReservation memory_;
  const QuadSink sink_;
  bool all_graphs_ = true;
  absl::flat_hash_set<TermId> graphs_;
  absl::flat_hash_set<TermId> described_;
  absl::flat_hash_set<TermId> visited_;
  std::deque<TermId> open_;
};

// Inline values and terms that are not in the store are no subjects of anything.
bool IsStored(TermId id) { return !id.is_undefined() && !id.is_inline() && id.tag() != TermTag::kLocal; }

}  // namespace

absl::Status Describe(const BoundQuery& query, ResultCursor* cursor, const QueryContext& context, QuadSink sink) {
  Describer describer(&cursor->terms(), context, sink);
  DOSSIER_RETURN_IF_ERROR(describer.SetGraphs(query.described_graphs));
  for (const algebra::PatternTerm& term : query.describe) {
    const auto* constant = std::get_if<Term>(&term);
    if (constant == nullptr) continue;
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, cursor->terms().Intern(*constant));
    if (IsStored(id)) DOSSIER_RETURN_IF_ERROR(describer.Describe(id));
  }
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < batch.rows; ++row) {
      for (const std::vector<TermId>& column : batch.columns) {
        if (IsStored(column[row])) DOSSIER_RETURN_IF_ERROR(describer.Describe(column[row]));
      }
    }
  }
}

}  // namespace dossier::sparql
