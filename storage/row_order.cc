#include "storage/row_order.h"

namespace dossier::storage {
namespace {

// Doubles the step from `from` until the answer is passed, then halves.
template <typename Before>
const TermId* Gallop(const TermId* from, const TermId* end, Before before) {
  size_t step = 1;
  while (from < end && before(*from)) {
    if (static_cast<size_t>(end - from) <= step) return std::partition_point(from + 1, end, before);
    if (!before(from[step])) return std::partition_point(from + 1, from + step, before);
    from += step;
    step *= 2;
  }
  return from;
}

size_t Bound(const DecodedBlock& block, absl::Span<const TermId> key, size_t from, bool upper) {
  size_t begin = from;
  size_t end = block.rows();
  for (size_t i = 0; i < key.size() && begin < end; ++i) {
    const TermId* const column = block.column(i);
    const TermId value = key[i];
    begin =
        static_cast<size_t>(Gallop(column + begin, column + end, [value](TermId id) { return id < value; }) - column);
    if (begin == end || column[begin] != value) return begin;
    if (column[end - 1] == value) continue;  // As often in the first column of a table.
    end =
        static_cast<size_t>(Gallop(column + begin, column + end, [value](TermId id) { return id == value; }) - column);
  }
  return upper ? end : begin;
}

}  // namespace

size_t LowerBound(const DecodedBlock& block, absl::Span<const TermId> key, size_t from) {
  return Bound(block, key, from, false);
}

size_t UpperBound(const DecodedBlock& block, absl::Span<const TermId> key, size_t from) {
  return Bound(block, key, from, true);
}

}  // namespace dossier::storage
