#include "storage/overlay_snapshot.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/vocabulary.h"
#include "storage/overlay/overlay_cursor.h"
#include "storage/overlay/overlay_rows.h"
#include "storage/overlay/overlay_statistics.h"
#include "storage/overlay/overlay_terms.h"

namespace dossier {
namespace {

using storage::ChangedRange;
using storage::ChangedRows;
using storage::IsOverlayId;
using storage::OverlayRows;
using storage::Row;
using storage::RowChange;

constexpr uint64_t kStepsBetweenChecks = 1024;

// As OverlayRows takes it: added, removed, or (nullopt) as in the base.
using Recorded = std::pair<Row, std::optional<bool>>;

// The terms of a quad's row, in plain order. The absent graph of a quad in the default graph is null.
std::vector<const Term*> RowTerms(const Quad& quad) {
  const Term* const graph = quad.graph.has_value() ? &*quad.graph : nullptr;
  if (!IsReification(quad)) return {&quad.subject, &quad.predicate, &quad.object, graph};
  const Triple& claim = quad.object.triple();
  return {&claim.subject, &claim.predicate, &claim.object, &quad.subject, graph};
}

size_t WidthOf(Relation relation) { return relation == Relation::kReifications ? 5 : 4; }

bool HasOverlayId(absl::Span<const TermId> ids) { return std::any_of(ids.begin(), ids.end(), IsOverlayId); }

class OverlaySnapshotImplementation : public OverlaySnapshot {
 public:
  OverlaySnapshotImplementation(std::shared_ptr<const Snapshot> base, MemoryBudget* memory,
                                const Cancellation* cancellation)
      : base_(std::move(base)),
        memory_(memory),
        cancellation_(cancellation),
        terms_(base_.get(), memory),
        quads_(Permutation::kSpo, memory),
        reifications_(Permutation::kClaimSpo, memory),
        triple_terms_(Permutation::kTermSpo, memory),
        statistics_(base_.get()),
        change_set_reservation_(memory) {}

  uint64_t commit() const override { return base_->commit(); }

  absl::StatusOr<std::unique_ptr<ScanCursor>> Scan(const ScanSpec& spec) const override {
    DOSSIER_ASSIGN_OR_RETURN(const ChangedRange changes, RangeOf(spec));
    if (changes.empty()) return base_->Scan(spec);
    const size_t width = GetPermutationInfo(spec.permutation).width;
    std::unique_ptr<ScanCursor> base;
    if (!HasOverlayId(spec.prefix)) {
      ScanSpec all_columns = spec;
      all_columns.wanted_columns = ~uint32_t{0};
      DOSSIER_ASSIGN_OR_RETURN(base, base_->Scan(all_columns));
    }
    return storage::NewOverlayCursor(std::move(base), changes, width, spec.wanted_columns);
  }

  absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec, bool exact) const override {
    // More changes than this are not counted for an estimate.
    constexpr ptrdiff_t kChangesToCount = 10'000;
    DOSSIER_ASSIGN_OR_RETURN(const ChangedRange changes, RangeOf(spec));
    uint64_t rows = 0;
    if (!HasOverlayId(spec.prefix)) {
      DOSSIER_ASSIGN_OR_RETURN(rows, base_->CountRows(spec, exact));
    }
    uint64_t added = 0;
    uint64_t removed = 0;
    ptrdiff_t counted = 0;
    for (auto change = changes.begin; change != changes.end; ++change) {
      if (!exact && counted++ == kChangesToCount) {
        // As if all of them were in the range.
        added = RowsOf(spec.permutation).added();
        removed = 0;
        break;
      }
      ++(change->second ? added : removed);
    }
    rows += added;
    // What an estimate says may be less than what was removed; only a count can tell that nothing is left.
    if (!exact && rows <= removed) return CountRows(spec, true);
    return rows - removed;
  }

  absl::StatusOr<std::optional<TermId>> FindTerm(const Term& term) const override { return terms_.Find(term); }

  absl::StatusOr<Term> GetTerm(TermId id) const override {
    std::vector<Term> terms;
    DOSSIER_RETURN_IF_ERROR(terms_.Get({&id, 1}, &terms));
    return std::move(terms[0]);
  }

  absl::Status GetTerms(absl::Span<const TermId> ids, std::vector<Term>* terms) const override {
    return terms_.Get(ids, terms);
  }

  absl::StatusOr<std::unique_ptr<ScanCursor>> ScanNames(const NameScan& scan) const override {
    const size_t width = scan.table == NameTable::kWhole ? 2 : 3;
    if (scan.prefix.size() > width) return absl::InvalidArgumentError("a prefix of too many columns");
    const ChangedRange added = terms_.Names(scan);
    if (added.empty()) return base_->ScanNames(scan);
    std::unique_ptr<ScanCursor> base;
    if (!HasOverlayId(scan.prefix)) {
      DOSSIER_ASSIGN_OR_RETURN(base, base_->ScanNames(scan));
    }
    return storage::NewOverlayCursor(std::move(base), added, width, ~uint32_t{0});
  }

  const Statistics& statistics() const override { return statistics_.Get(quads_.changes()); }
  absl::Status CheckStatistics() const override { return base_->CheckStatistics(); }

  absl::StatusOr<TermId> Intern(const Term& term) override { return terms_.Intern(term); }

  absl::StatusOr<StoredRow> InternQuad(const Quad& quad) override {
    StoredRow row;
    if (IsReification(quad)) row.relation = Relation::kReifications;
    const std::vector<const Term*> terms = RowTerms(quad);
    for (size_t i = 0; i < terms.size(); ++i) {
      if (terms[i] == nullptr) continue;
      DOSSIER_ASSIGN_OR_RETURN(row.ids[i], terms_.Intern(*terms[i]));
    }
    return row;
  }

  absl::StatusOr<std::optional<StoredRow>> FindQuad(const Quad& quad) const override {
    StoredRow row;
    if (IsReification(quad)) row.relation = Relation::kReifications;
    const std::vector<const Term*> terms = RowTerms(quad);
    for (size_t i = 0; i < terms.size(); ++i) {
      if (terms[i] == nullptr) continue;
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, terms_.Find(*terms[i]));
      if (!id.has_value()) return std::optional<StoredRow>();
      row.ids[i] = *id;
    }
    return std::make_optional(row);
  }

  absl::Status Apply(std::vector<StoredRow> removed, std::vector<StoredRow> added) override {
    for (const Relation relation : {Relation::kQuads, Relation::kReifications}) {
      std::vector<RowChange> changes;
      for (const StoredRow& row : removed) {
        if (row.relation == relation) changes.push_back({row.ids, false});
      }
      for (const StoredRow& row : added) {
        if (row.relation == relation) changes.push_back({row.ids, true});
      }
      DOSSIER_RETURN_IF_ERROR(ApplyTo(relation, std::move(changes)));
    }
    std::vector<Recorded> triple_terms;
    for (const RowChange& change : terms_.TakeTripleTerms()) triple_terms.emplace_back(change.row, true);
    return triple_terms_.Record(triple_terms);
  }

  uint64_t added() const override { return quads_.added() + reifications_.added(); }
  uint64_t removed() const override { return quads_.removed() + reifications_.removed(); }

  absl::StatusOr<ChangeSet> Changes() override {
    ChangeSet changes;
    size_t bytes = 0;
    DOSSIER_RETURN_IF_ERROR(AppendQuads(Relation::kQuads, &bytes, &changes));
    DOSSIER_RETURN_IF_ERROR(AppendQuads(Relation::kReifications, &bytes, &changes));
    return changes;
  }

 private:
  const OverlayRows& RowsOf(Permutation permutation) const {
    switch (GetPermutationInfo(permutation).relation) {
      case Relation::kReifications: return reifications_;
      case Relation::kTripleTerms: return triple_terms_;
      default: return quads_;
    }
  }

  absl::StatusOr<ChangedRange> RangeOf(const ScanSpec& spec) const {
    const PermutationInfo& info = GetPermutationInfo(spec.permutation);
    if (spec.prefix.size() > info.width) {
      return absl::InvalidArgumentError(
          absl::StrCat("a prefix of ", spec.prefix.size(), " columns for permutation ", info.name));
    }
    return RowsOf(spec.permutation).Range(spec);
  }

  absl::Status CheckCancellation() const {
    return cancellation_ == nullptr ? absl::OkStatus() : cancellation_->Check();
  }

  absl::Status ApplyTo(Relation relation, std::vector<RowChange> changes) {
    if (changes.empty()) return absl::OkStatus();
    // What is added last stays.
    std::sort(changes.begin(), changes.end(), [](const RowChange& a, const RowChange& b) {
      return a.row != b.row ? a.row < b.row : a.insert > b.insert;
    });
    const auto same_row = [](const RowChange& a, const RowChange& b) { return a.row == b.row; };
    changes.erase(std::unique(changes.begin(), changes.end(), same_row), changes.end());

    MemoryReservation scratch(memory_);
    DOSSIER_RETURN_IF_ERROR(scratch.Resize(changes.size() * sizeof(Recorded)));
    OverlayRows& rows = relation == Relation::kReifications ? reifications_ : quads_;
    const size_t width = WidthOf(relation);
    const Permutation plain = relation == Relation::kReifications ? Permutation::kClaimSpo : Permutation::kSpo;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, base_->Scan({.permutation = plain}));
    std::vector<Recorded> recorded;
    for (const RowChange& change : changes) {
      if (++steps_ % kStepsBetweenChecks == 0) DOSSIER_RETURN_IF_ERROR(CheckCancellation());
      const auto known = rows.changes().find(change.row);
      bool in_base = false;
      bool was_there = false;
      if (known != rows.changes().end()) {
        in_base = !known->second;
        was_there = known->second;
      } else {
        DOSSIER_ASSIGN_OR_RETURN(in_base, HasRow(cursor.get(), {change.row.data(), width}));
        was_there = in_base;
      }
      if (change.insert == was_there) continue;
      recorded.emplace_back(change.row, in_base == change.insert ? std::nullopt : std::make_optional(change.insert));
      statistics_.Count(relation, change.row[1], change.insert);
    }
    return rows.Record(recorded);
  }

  // Whether the base has the row. Rows are asked for in ascending order.
  static absl::StatusOr<bool> HasRow(ScanCursor* cursor, absl::Span<const TermId> row) {
    if (HasOverlayId(row)) return false;
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward(row));
    RowBlock block;
    DOSSIER_ASSIGN_OR_RETURN(bool present, cursor->Next(&block));
    for (size_t i = 0; present && i < row.size(); ++i) present = block.columns[i][0] == row[i];
    return present;
  }

  absl::Status AppendQuads(Relation relation, size_t* bytes, ChangeSet* changes) {
    constexpr size_t kRowsAtOnce = 1024;
    const ChangedRows& rows = (relation == Relation::kReifications ? reifications_ : quads_).changes();
    const size_t width = WidthOf(relation);
    std::vector<TermId> ids;
    std::vector<Term> terms;
    for (auto row = rows.begin(); row != rows.end();) {
      DOSSIER_RETURN_IF_ERROR(CheckCancellation());
      ids.clear();
      const auto first = row;
      for (size_t count = 0; count < kRowsAtOnce && row != rows.end(); ++count, ++row) {
        for (size_t i = 0; i < width; ++i) {
          if (!row->first[i].is_undefined()) ids.push_back(row->first[i]);
        }
      }
      DOSSIER_RETURN_IF_ERROR(terms_.Get(ids, &terms));
      for (const Term& term : terms) *bytes += sizeof(Term) + term.value().size();
      DOSSIER_RETURN_IF_ERROR(change_set_reservation_.Resize(*bytes));
      auto next = terms.begin();
      for (auto changed = first; changed != row; ++changed) {
        const bool named = !changed->first[width - 1].is_undefined();
        (changed->second ? changes->assertions : changes->retractions).push_back(TakeQuad(relation, named, &next));
      }
    }
    return absl::OkStatus();
  }

  // The quad of a row whose terms begin at `next`.
  static Quad TakeQuad(Relation relation, bool named, std::vector<Term>::iterator* next) {
    const auto take = [next] { return std::move(*(*next)++); };
    Quad quad;
    quad.subject = take();
    quad.predicate = take();
    quad.object = take();
    if (relation == Relation::kReifications) {
      Triple claim{std::move(quad.subject), std::move(quad.predicate), std::move(quad.object)};
      quad.subject = take();
      quad.predicate = Term::Iri(std::string(rdf::kReifies));
      quad.object = Term::TripleTerm(std::move(claim));
    }
    if (named) quad.graph = take();
    return quad;
  }

  const std::shared_ptr<const Snapshot> base_;
  MemoryBudget* const memory_;
  const Cancellation* const cancellation_;
  uint64_t steps_ = 0;
  storage::OverlayTerms terms_;
  OverlayRows quads_;
  OverlayRows reifications_;
  OverlayRows triple_terms_;
  storage::OverlayStatistics statistics_;
  MemoryReservation change_set_reservation_;
};

}  // namespace

std::shared_ptr<OverlaySnapshot> OverlaySnapshot::Create(std::shared_ptr<const Snapshot> base, MemoryBudget* memory,
                                                         const Cancellation* cancellation) {
  return std::make_shared<OverlaySnapshotImplementation>(std::move(base), memory, cancellation);
}

}  // namespace dossier
