#include "storage/committer.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "rdf/vocabulary.h"
#include "storage/dictionary_writer.h"
#include "storage/key_layout.h"
#include "storage/metadata.h"
#include "storage/permutation_cursor.h"
#include "storage/permutation_writer.h"
#include "storage/row_permuter.h"
#include "storage/statistics_updater.h"

namespace dossier::storage {
namespace {

bool IsReification(const Quad& quad) {
  return quad.object.is_triple_term() && quad.predicate.is_iri() && quad.predicate.value() == rdf::kReifies;
}

class Committer {
 public:
  Committer(const KeyValueSnapshot& before, const StoreState& state, WriteBatch* batch)
      : before_(before), state_(state), dictionary_(&before, &state_), batch_(batch) {}

  absl::StatusOr<CommitSummary> Run(const ChangeSet& changes) {
    CommitSummary summary;
    for (const Quad& quad : changes.retractions) DOSSIER_RETURN_IF_ERROR(Add(quad, false));
    for (const Quad& quad : changes.assertions) DOSSIER_RETURN_IF_ERROR(Add(quad, true));
    DOSSIER_RETURN_IF_ERROR(KeepEffective(Permutation::kSpo, &quads_));
    DOSSIER_RETURN_IF_ERROR(KeepEffective(Permutation::kClaimSpo, &reifications_));
    summary.commit = state_.commit;
    if (quads_.empty() && reifications_.empty()) return summary;

    for (const std::vector<RowChange>* rows : {&quads_, &reifications_}) {
      for (const RowChange& change : *rows) ++(change.insert ? summary.added : summary.removed);
    }
    DOSSIER_RETURN_IF_ERROR(dictionary_.Finish(batch_));
    for (const PermutationInfo& info : AllPermutations()) {
      if (info.relation == Relation::kTripleTerms) continue;
      const std::vector<RowChange>& rows = info.relation == Relation::kReifications ? reifications_ : quads_;
      if (rows.empty()) continue;
      DOSSIER_RETURN_IF_ERROR(ApplyRowChanges(TableOf(info.permutation), PermuteChanges(rows, info), before_, batch_));
    }
    DOSSIER_RETURN_IF_ERROR(UpdateStatistics(CountedRelation::kQuads, quads_, before_, batch_));
    DOSSIER_RETURN_IF_ERROR(UpdateStatistics(CountedRelation::kReifications, reifications_, before_, batch_));
    summary.commit = ++state_.commit;
    batch_->Put(Family::kMeta, std::string(kStateKey), EncodeState(state_));
    return summary;
  }

 private:
  // The terms of a row, in plain order. Absent ones (the default graph) are null.
  struct RowTerms {
    std::vector<const Term*> terms;
    std::vector<RowChange>* rows;
  };

  RowTerms Terms(const Quad& quad) {
    const Term* const graph = quad.graph.has_value() ? &*quad.graph : nullptr;
    if (!IsReification(quad)) return {{&quad.subject, &quad.predicate, &quad.object, graph}, &quads_};
    const Triple& claim = quad.object.triple();
    return {{&claim.subject, &claim.predicate, &claim.object, &quad.subject, graph}, &reifications_};
  }

  absl::Status Add(const Quad& quad, bool insert) {
    const RowTerms source = Terms(quad);
    RowChange change{Row{}, insert};
    for (size_t i = 0; i < source.terms.size(); ++i) {
      if (source.terms[i] == nullptr) continue;
      if (insert) {
        DOSSIER_ASSIGN_OR_RETURN(change.row[i], dictionary_.Intern(*source.terms[i]));
      } else {
        DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, dictionary_.Find(*source.terms[i]));
        if (!id.has_value()) return absl::OkStatus();  // A quad with an unknown term is not there.
        change.row[i] = *id;
      }
    }
    source.rows->push_back(change);
    return absl::OkStatus();
  }

  // Sorts the changes, lets assertions win over retractions of the same row, and drops those that change nothing.
  absl::Status KeepEffective(Permutation plain, std::vector<RowChange>* rows) const {
    std::sort(rows->begin(), rows->end(), [](const RowChange& a, const RowChange& b) {
      return a.row != b.row ? a.row < b.row : a.insert > b.insert;
    });
    const auto same_row = [](const RowChange& a, const RowChange& b) { return a.row == b.row; };
    rows->erase(std::unique(rows->begin(), rows->end(), same_row), rows->end());

    TableRange range;
    range.table = TableOf(plain);
    const std::unique_ptr<ScanCursor> cursor = NewTableCursor(&before_, range);
    size_t kept = 0;
    for (const RowChange& change : *rows) {
      const absl::Span<const TermId> row(change.row.data(), range.table.width);
      DOSSIER_RETURN_IF_ERROR(cursor->SeekForward(row));
      RowBlock block;
      DOSSIER_ASSIGN_OR_RETURN(bool present, cursor->Next(&block));
      for (size_t i = 0; present && i < row.size(); ++i) present = block.columns[i][0] == row[i];
      if (present != change.insert) (*rows)[kept++] = change;
    }
    rows->resize(kept);
    return absl::OkStatus();
  }

  const KeyValueSnapshot& before_;
  StoreState state_;
  DictionaryWriter dictionary_;
  WriteBatch* const batch_;
  std::vector<RowChange> quads_;
  std::vector<RowChange> reifications_;
};

}  // namespace

absl::StatusOr<CommitSummary> PrepareCommit(const ChangeSet& changes, const KeyValueSnapshot& before,
                                            WriteBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const StoreState state, ReadState(before));
  return Committer(before, state, batch).Run(changes);
}

}  // namespace dossier::storage
