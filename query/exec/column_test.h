// A condition that one column decides, over the rows of a batch: each distinct id is judged once, terms are read from
// the dictionary in the order of their ids.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "query/exec/row_batch.h"
#include "query/exec/run_context.h"
#include "query/expr/expression.h"
#include "query/expr/text_test.h"

namespace dossier::exec {

// Not thread-safe. The context outlives it.
class ColumnTest {
 public:
  // nullopt when the condition is not of that kind, or is better decided on ids, row by row.
  static std::optional<ColumnTest> Of(const Expression& condition, const std::vector<algebra::Variable>& columns,
                                      RunContext* context);

  // Whether the condition is true, for the rows from `begin` to `end`.
  absl::Status Judge(const RowBatch& batch, size_t begin, size_t end, std::vector<bool>* verdicts);

 private:
  struct Known {
    TermId id;
    bool holds = false;
  };

  ColumnTest(TextTest test, size_t column, RunContext* context);
  Known& PlaceOf(TermId id);
  absl::Status JudgeWanted();

  TextTest test_;
  size_t column_;
  RunContext* context_;
  std::vector<Known> known_;  // Judged before, each at the place that its id is given; others there take the place.
  std::vector<std::pair<TermId, uint32_t>> wanted_;  // With the row.
  std::vector<TermId> ids_;                          // The distinct ones of them, ascending.
  std::vector<bool> holds_;
};

}  // namespace dossier::exec
