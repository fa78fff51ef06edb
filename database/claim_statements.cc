#include "database/claim_statements.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "base/status_macros.h"
#include "rdf/vocabulary.h"
#include "storage/scan.h"

namespace dossier {
namespace {

class StatementCollector {
 public:
  explicit StatementCollector(const Snapshot& snapshot) : snapshot_(snapshot) {}

  absl::Status AddClaim(const AnswerClaim& claim) {
    if (claim.id.empty()) return AddTriple(claim.subject.value, claim.relation.value, claim.object.value);
    for (const Term& term : {Term::Iri(claim.id), Term::BlankNode(claim.id)}) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot_.FindTerm(term));
      if (!id.has_value() || !seen_.insert(*id).second) continue;
      DOSSIER_RETURN_IF_ERROR(AddReified(*id));
      DOSSIER_RETURN_IF_ERROR(AddAbout(*id));
    }
    return absl::OkStatus();
  }

  std::vector<Quad> Take() { return std::move(statements_); }

 private:
  absl::StatusOr<std::optional<Term>> GraphOf(TermId id) {
    if (id.is_undefined()) return std::optional<Term>();
    DOSSIER_ASSIGN_OR_RETURN(Term graph, snapshot_.GetTerm(id));
    return std::optional<Term>(std::move(graph));
  }

  void Add(Quad quad) {
    if (known_.insert(quad).second) statements_.push_back(std::move(quad));
  }

  // The triples that a claim reifies, and those of them that are asserted.
  absl::Status AddReified(TermId claim) {
    const PermutationInfo& info = GetPermutationInfo(Permutation::kClaimReifier);
    ScanSpec spec;
    spec.permutation = Permutation::kClaimReifier;
    spec.prefix = {claim};
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
    DOSSIER_ASSIGN_OR_RETURN(const Term reifier, snapshot_.GetTerm(claim));
    RowBlock block;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) return absl::OkStatus();
      for (size_t row = 0; row < block.rows; ++row) {
        Quad quad;
        std::optional<Term> graph;
        for (size_t i = 0; i < info.width; ++i) {
          const TermId id = block.columns[i][row];
          if (info.columns[i] == Column::kGraph) {
            DOSSIER_ASSIGN_OR_RETURN(graph, GraphOf(id));
            continue;
          }
          DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot_.GetTerm(id));
          if (info.columns[i] == Column::kSubject) quad.subject = term;
          if (info.columns[i] == Column::kPredicate) quad.predicate = term;
          if (info.columns[i] == Column::kObject) quad.object = term;
        }
        DOSSIER_RETURN_IF_ERROR(AddTriple(quad.subject, quad.predicate, quad.object));
        Add({reifier, Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm(quad.triple()), graph});
      }
    }
  }

  // A triple in each graph that asserts it.
  absl::Status AddTriple(const Term& subject, const Term& predicate, const Term& object) {
    ScanSpec spec;
    for (const Term* term : {&subject, &predicate, &object}) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot_.FindTerm(*term));
      if (!id.has_value()) return absl::OkStatus();
      spec.prefix.push_back(*id);
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
    RowBlock block;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) return absl::OkStatus();
      for (size_t row = 0; row < block.rows; ++row) {
        DOSSIER_ASSIGN_OR_RETURN(std::optional<Term> graph, GraphOf(block.columns[3][row]));
        Add({subject, predicate, object, std::move(graph)});
      }
    }
  }

  // All that is said about a node, and about blank nodes from there on.
  absl::Status AddAbout(TermId node) {
    std::vector<TermId> open = {node};
    while (!open.empty()) {
      ScanSpec spec;
      spec.prefix = {open.back()};
      open.pop_back();
      DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
      RowBlock block;
      while (true) {
        DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
        if (!more) break;
        for (size_t row = 0; row < block.rows; ++row) {
          Quad quad;
          DOSSIER_ASSIGN_OR_RETURN(quad.subject, snapshot_.GetTerm(block.columns[0][row]));
          DOSSIER_ASSIGN_OR_RETURN(quad.predicate, snapshot_.GetTerm(block.columns[1][row]));
          DOSSIER_ASSIGN_OR_RETURN(quad.object, snapshot_.GetTerm(block.columns[2][row]));
          DOSSIER_ASSIGN_OR_RETURN(quad.graph, GraphOf(block.columns[3][row]));
          if (quad.object.is_blank_node() && seen_.insert(block.columns[2][row]).second) {
            open.push_back(block.columns[2][row]);
          }
          Add(std::move(quad));
        }
      }
    }
    return absl::OkStatus();
  }

  const Snapshot& snapshot_;
  absl::flat_hash_set<TermId> seen_;
  absl::flat_hash_set<Quad> known_;
  std::vector<Quad> statements_;
};

}  // namespace

absl::StatusOr<std::vector<Quad>> ClaimStatements(const Answer& answer, const Snapshot& snapshot) {
  StatementCollector collector(snapshot);
  for (const AnswerRow& row : answer.rows) {
    for (const AnswerClaim& claim : row.claims) DOSSIER_RETURN_IF_ERROR(collector.AddClaim(claim));
  }
  return collector.Take();
}

}  // namespace dossier
