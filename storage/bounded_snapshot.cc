#include "storage/bounded_snapshot.h"

#include <utility>
#include <vector>

#include "base/status_macros.h"

namespace dossier {
namespace {

// Units of work. What is done with the rows of a whole block takes several times as long as to find it.
constexpr uint64_t kSeek = 1;
constexpr uint64_t kRowsPerUnit = 128;
constexpr uint64_t kTermsPerUnit = 8;
constexpr uint64_t kEstimate = 2;

class BoundedCursor : public ScanCursor {
 public:
  BoundedCursor(std::unique_ptr<ScanCursor> base, WorkBudget* work) : base_(std::move(base)), work_(work) {}

  absl::StatusOr<bool> Next(RowBlock* block) override {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, base_->Next(block));
    if (!more) return false;
    // The rows after a seek, and those of a block at hand, are there already, however many of them the cache makes come
    // at once; who wants more of them than the first will seek or ask again.
    const bool sought = sought_;
    sought_ = false;
    if (block->continues) return true;
    DOSSIER_RETURN_IF_ERROR(work_->Spend(kSeek + (sought ? 0 : block->rows / kRowsPerUnit)));
    return true;
  }

  absl::Status SeekForward(absl::Span<const TermId> key) override {
    // Spent when the rows are there: a seek in the block at hand costs nothing.
    sought_ = true;
    return base_->SeekForward(key);
  }

 private:
  const std::unique_ptr<ScanCursor> base_;
  WorkBudget* const work_;
  bool sought_ = false;
};

class BoundedSnapshot : public Snapshot {
 public:
  BoundedSnapshot(std::shared_ptr<const Snapshot> base, WorkBudget* work) : base_(std::move(base)), work_(work) {}

  uint64_t commit() const override { return base_->commit(); }

  absl::StatusOr<std::unique_ptr<ScanCursor>> Scan(const ScanSpec& spec) const override {
    DOSSIER_RETURN_IF_ERROR(work_->Spend(kSeek));
    DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<ScanCursor> cursor, base_->Scan(spec));
    return std::unique_ptr<ScanCursor>(std::make_unique<BoundedCursor>(std::move(cursor), work_));
  }

  absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec, bool exact) const override {
    DOSSIER_RETURN_IF_ERROR(work_->Spend(kEstimate));
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, base_->CountRows(spec, exact));
    // An exact count has looked at every block.
    if (exact) DOSSIER_RETURN_IF_ERROR(work_->Spend(rows / (8 * kRowsPerUnit) + 1));
    return rows;
  }

  absl::StatusOr<std::optional<TermId>> FindTerm(const Term& term) const override {
    DOSSIER_RETURN_IF_ERROR(work_->Spend(kSeek));
    return base_->FindTerm(term);
  }

  absl::StatusOr<Term> GetTerm(TermId id) const override {
    if (id.is_dictionary()) DOSSIER_RETURN_IF_ERROR(work_->Spend(kSeek));
    return base_->GetTerm(id);
  }

  absl::Status GetTerms(absl::Span<const TermId> ids, std::vector<Term>* terms) const override {
    DOSSIER_RETURN_IF_ERROR(work_->Spend(kSeek + ids.size() / kTermsPerUnit));
    return base_->GetTerms(ids, terms);
  }

  absl::StatusOr<std::unique_ptr<ScanCursor>> ScanNames(const NameScan& scan) const override {
    DOSSIER_RETURN_IF_ERROR(work_->Spend(kSeek));
    DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<ScanCursor> cursor, base_->ScanNames(scan));
    return std::unique_ptr<ScanCursor>(std::make_unique<BoundedCursor>(std::move(cursor), work_));
  }

  const Statistics& statistics() const override { return base_->statistics(); }
  absl::Status CheckStatistics() const override { return base_->CheckStatistics(); }

 private:
  const std::shared_ptr<const Snapshot> base_;
  WorkBudget* const work_;
};

}  // namespace

std::shared_ptr<const Snapshot> BoundSnapshot(std::shared_ptr<const Snapshot> base, WorkBudget* work) {
  return std::make_shared<BoundedSnapshot>(std::move(base), work);
}

}  // namespace dossier
