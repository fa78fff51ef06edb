#include "storage/committer.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <vector>

#include "base/status_macros.h"
#include "storage/dictionary_writer.h"
#include "storage/key_layout.h"
#include "storage/metadata.h"
#include "storage/permutation_cursor.h"
#include "storage/permutation_writer.h"
#include "storage/row_permuter.h"
#include "storage/statistics_updater.h"

namespace dossier::storage {
namespace {

// What commits do to the rows of a relation.
class RelationChanges {
 public:
  RelationChanges(Permutation plain, const KeyValueSnapshot& before) : table_(TableOf(plain)), before_(before) {}

  // For the commit at hand. Retractions come before assertions.
  void Add(const RowChange& change) { pending_.push_back(change); }

  // Ends the commit at hand: counts the rows that it added and removed.
  absl::Status EndCommit(CommitSummary* summary) {
    DOSSIER_RETURN_IF_ERROR(KeepEffective());
    for (const RowChange& change : pending_) ++(change.insert ? summary->added : summary->removed);
    if (net_.empty()) {
      net_.swap(pending_);
    } else {
      AddToNet();
    }
    pending_.clear();
    return absl::OkStatus();
  }

  // Of all commits together, sorted; each changes the rows before the first of them.
  const std::vector<RowChange>& net() const { return net_; }

 private:
  static bool IsBefore(const RowChange& a, const RowChange& b) { return a.row < b.row; }

  // Sorts the changes, lets assertions win over retractions of the same row, and drops those that change nothing.
  absl::Status KeepEffective() {
    std::sort(pending_.begin(), pending_.end(), [](const RowChange& a, const RowChange& b) {
      return a.row != b.row ? a.row < b.row : a.insert > b.insert;
    });
    const auto same_row = [](const RowChange& a, const RowChange& b) { return a.row == b.row; };
    pending_.erase(std::unique(pending_.begin(), pending_.end(), same_row), pending_.end());

    TableRange range;
    range.table = table_;
    const std::unique_ptr<ScanCursor> cursor = NewTableCursor(&before_, range);
    size_t kept = 0;
    for (const RowChange& change : pending_) {
      DOSSIER_ASSIGN_OR_RETURN(const bool present, IsPresent(change, cursor.get()));
      if (present != change.insert) pending_[kept++] = change;
    }
    pending_.resize(kept);
    return absl::OkStatus();
  }

  // Whether the row is there after the earlier commits.
  absl::StatusOr<bool> IsPresent(const RowChange& change, ScanCursor* cursor) const {
    const auto earlier = std::lower_bound(net_.begin(), net_.end(), change, IsBefore);
    if (earlier != net_.end() && earlier->row == change.row) return earlier->insert;
    const absl::Span<const TermId> row(change.row.data(), table_.width);
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward(row));
    RowBlock block;
    DOSSIER_ASSIGN_OR_RETURN(bool present, cursor->Next(&block));
    for (size_t i = 0; present && i < row.size(); ++i) present = block.columns[i][0] == row[i];
    return present;
  }

  // A row that is in both is as it was.
  void AddToNet() {
    std::vector<RowChange> merged;
    merged.reserve(net_.size() + pending_.size());
    std::set_symmetric_difference(net_.begin(), net_.end(), pending_.begin(), pending_.end(),
                                  std::back_inserter(merged), IsBefore);
    net_.swap(merged);
  }

  const Table table_;
  const KeyValueSnapshot& before_;
  std::vector<RowChange> pending_;
  std::vector<RowChange> net_;
};

class Committer {
 public:
  Committer(const KeyValueSnapshot& before, const StoreState& state, WriteBatch* batch)
      : before_(before),
        state_(state),
        dictionary_(&before, &state_),
        batch_(batch),
        quads_(Permutation::kSpo, before),
        reifications_(Permutation::kClaimSpo, before) {}

  absl::StatusOr<std::vector<CommitSummary>> Run(absl::Span<const ChangeSet* const> commits) {
    const uint64_t commit_before = state_.commit;
    std::vector<CommitSummary> summaries;
    for (const ChangeSet* const changes : commits) {
      CommitSummary& summary = summaries.emplace_back();
      for (const Quad& quad : changes->retractions) DOSSIER_RETURN_IF_ERROR(Add(quad, false));
      for (const Quad& quad : changes->assertions) DOSSIER_RETURN_IF_ERROR(Add(quad, true));
      DOSSIER_RETURN_IF_ERROR(quads_.EndCommit(&summary));
      DOSSIER_RETURN_IF_ERROR(reifications_.EndCommit(&summary));
      if (summary.added + summary.removed > 0) ++state_.commit;
      summary.commit = state_.commit;
    }
    if (state_.commit != commit_before) DOSSIER_RETURN_IF_ERROR(FillBatch());
    return summaries;
  }

 private:
  // The terms of a row, in plain order. Absent ones (the default graph) are null.
  struct RowTerms {
    std::vector<const Term*> terms;
    RelationChanges* rows;
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
    source.rows->Add(change);
    return absl::OkStatus();
  }

  absl::Status FillBatch() {
    DOSSIER_RETURN_IF_ERROR(dictionary_.Finish(batch_));
    for (const PermutationInfo& info : AllPermutations()) {
      if (info.relation == Relation::kTripleTerms) continue;
      const std::vector<RowChange>& rows =
          info.relation == Relation::kReifications ? reifications_.net() : quads_.net();
      if (rows.empty()) continue;
      DOSSIER_RETURN_IF_ERROR(ApplyRowChanges(TableOf(info.permutation), PermuteChanges(rows, info), before_, batch_));
    }
    DOSSIER_RETURN_IF_ERROR(UpdateStatistics(CountedRelation::kQuads, quads_.net(), before_, batch_));
    DOSSIER_RETURN_IF_ERROR(UpdateStatistics(CountedRelation::kReifications, reifications_.net(), before_, batch_));
    batch_->Put(Family::kMeta, std::string(kStateKey), EncodeState(state_));
    return absl::OkStatus();
  }

  const KeyValueSnapshot& before_;
  StoreState state_;
  DictionaryWriter dictionary_;
  WriteBatch* const batch_;
  RelationChanges quads_;
  RelationChanges reifications_;
};

}  // namespace

absl::StatusOr<std::vector<CommitSummary>> PrepareCommits(absl::Span<const ChangeSet* const> commits,
                                                          const KeyValueSnapshot& before, WriteBatch* batch) {
  DOSSIER_ASSIGN_OR_RETURN(const StoreState state, ReadState(before));
  return Committer(before, state, batch).Run(commits);
}

}  // namespace dossier::storage
