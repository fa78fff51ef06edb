#include "query/ask/row_lookup.h"

#include <algorithm>
#include <memory>

#include "base/status_macros.h"

namespace dossier::ask {
namespace {

// <0, 0, >0: how the first columns of a row compare with the key.
int Compare(const RowBlock& block, size_t row, absl::Span<const TermId> key) {
  for (size_t i = 0; i < key.size(); ++i) {
    const TermId id = block.columns[i][row];
    if (id != key[i]) return id < key[i] ? -1 : 1;
  }
  return 0;
}

}  // namespace

absl::Status LookUpRows(const Snapshot& snapshot, Permutation permutation, absl::Span<const TermId> keys, size_t width,
                        VisitRow visit) {
  if (keys.empty()) return absl::OkStatus();
  ScanSpec spec;
  spec.permutation = permutation;
  spec.wanted_columns = (uint32_t{1} << (GetPermutationInfo(permutation).width - 1)) - 1;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  size_t row = 0;
  for (size_t k = 0; k * width < keys.size(); ++k) {
    const absl::Span<const TermId> key = keys.subspan(k * width, width);
    if (k > 0 && key == keys.subspan((k - 1) * width, width)) continue;
    if (row < block.rows && Compare(block, block.rows - 1, key) >= 0) {
      // In the block at hand.
      size_t end = block.rows;
      while (row < end) {
        const size_t middle = (row + end) / 2;
        if (Compare(block, middle, key) < 0) {
          row = middle + 1;
        } else {
          end = middle;
        }
      }
    } else {
      DOSSIER_RETURN_IF_ERROR(cursor->SeekForward(key));
      row = block.rows = 0;
    }
    while (true) {
      if (row == block.rows) {
        row = 0;
        DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
        if (!more) return absl::OkStatus();
      }
      if (Compare(block, row, key) != 0) break;
      DOSSIER_RETURN_IF_ERROR(visit(k, block, row));
      ++row;
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask
