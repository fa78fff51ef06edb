// ORDER BY: sorts runs of rows and merges them. With a limit only so many of the first rows are kept, and rows
// that come after them by a number that stands for their first key (query/expr/order_key.h) are passed over at once.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "query/exec/operator.h"
#include "query/exec/order_keys.h"
#include "query/exec/row_expression.h"

namespace dossier::exec {

class Sort : public Operator {
 public:
  // `node` holds a plan::Sort; the columns are some of the child's.
  Sort(RunContext* context, plan::PlanNode* node, OperatorPtr child);

 protected:
  absl::StatusOr<bool> Produce(RowBatch* batch) override;

 private:
  // Short enough for a run to be sorted in a few milliseconds.
  static constexpr size_t kRowsPerRun = 8192;

  // Whether rows that are not wanted are thrown away while others come.
  bool FewAreWanted() const { return limit_ <= kRowsPerRun / 2; }
  // Indexes of rows in order.
  using Run = std::vector<uint32_t>;

  absl::Status ReadSome();
  // Adds the rows of `input_` that may be among those wanted.
  absl::Status AddInput();
  // The values of a key in these rows of `input_`.
  absl::Status ReadKey(size_t key, const std::vector<uint32_t>& rows);
  absl::StatusOr<bool> Precedes(uint32_t a, uint32_t b);
  absl::Status SortRun(Run* run);
  // Whether a row with this first key comes after `last`.
  bool ComesAfter(OrderKey key, OrderKey last) const { return plan_.keys[0].descending ? key < last : key > last; }
  // Given the first keys of more rows than the limit: that of the last row wanted.
  OrderKey LastWanted(std::vector<OrderKey> keys) const;
  // Leaves out those of the rows at hand, of `input_`, that are not wanted by their first key.
  void DropUnwanted(std::vector<uint32_t>* rows);
  // Keeps the first rows only, when there are many more than the limit.
  absl::Status CutToLimit();
  // Merges neighbouring runs, two by two; a little of it in each call.
  absl::Status MergeSome();

  const plan::Sort& plan_;
  const OperatorPtr child_;
  std::vector<RowExpression> keys_;
  std::vector<std::optional<size_t>> key_columns_;  // Of the child, by key: where the key is a column as it is.
  std::vector<size_t> kept_columns_;                // Of the child, by output column.
  const uint64_t limit_;

  RowBatch rows_;                                  // Output columns, then keys.
  std::vector<std::vector<OrderKey>> order_keys_;  // By key: of each row.
  OrderKeyReader key_reader_;
  std::optional<OrderKey> last_wanted_;  // Of the first key: rows that come after it will not be among the first ones.
  Run current_run_;                      // Rows not sorted yet.
  std::vector<Run> runs_;
  MemoryReservation memory_;

  Run merged_;
  size_t merge_left_ = 0;
  size_t merge_right_ = 0;

  enum class Phase : uint8_t { kRead, kMerge, kGive };
  Phase phase_ = Phase::kRead;
  size_t next_ = 0;
  RowBatch input_;
  std::vector<std::vector<TermId>> input_keys_;
  std::vector<OrderKey> input_order_keys_;
};

}  // namespace dossier::exec
