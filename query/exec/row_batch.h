// What flows between operators: about two thousand rows, a column of term ids for each variable.
#pragma once

#include <cstddef>
#include <vector>

#include "query/expr/variable.h"
#include "rdf/term_id.h"

namespace dossier {

inline constexpr size_t kBatchRows = 2048;

// The undefined TermId stands for "unbound". All columns have `rows` entries.
struct RowBatch {
  size_t rows = 0;
  std::vector<std::vector<TermId>> columns;

  void Clear() {
    rows = 0;
    for (auto& column : columns) column.clear();
  }
};

}  // namespace dossier
