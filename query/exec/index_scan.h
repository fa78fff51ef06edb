// The rows of one pattern, from one permutation, sorted as the permutation is.
#pragma once

#include <optional>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/scan_reader.h"

namespace dossier::exec {

class IndexScan : public Operator {
 public:
  // `node` holds a plan::IndexScan.
  IndexScan(RunContext* context, plan::PlanNode* node);

  absl::Status SkipTo(TermId id) override;

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  absl::StatusOr<bool> OpenNextRange();
  void Append(const RowBlock& block, RowBatch* batch);

  const plan::ScanPlan& plan_;
  std::vector<size_t> positions_;  // Of the permutation, by output column.
  ScanReader reader_;
  std::vector<plan::IdRange> ranges_;
  size_t next_range_ = 0;
  bool open_ = false;
  std::optional<TermId> last_;  // Sort column of the last row handed out.
  std::vector<uint32_t> selected_;
};

// The position of the permutation whose values each of `columns` takes; columns that the scan does not bind are left
// out.
std::vector<size_t> ScanPositions(const plan::ScanPlan& plan, absl::Span<const Variable> columns);

}  // namespace dossier::exec
