#include "query/exec/sorted_lists.h"

#include <algorithm>

namespace dossier::exec {

const uint32_t* Gallop(const uint32_t* begin, const uint32_t* end, uint32_t value) {
  ptrdiff_t step = 1;
  while (step < end - begin && begin[step] < value) {
    begin += step;
    step *= 2;
  }
  return std::lower_bound(begin, std::min(end, begin + step + 1), value);
}

uint64_t CountCommon(absl::Span<const uint32_t> a, absl::Span<const uint32_t> b) {
  if (a.size() > b.size()) std::swap(a, b);
  uint64_t common = 0;
  const uint32_t* next = b.data();
  const uint32_t* const end = b.data() + b.size();
  if (b.size() > kMuchLonger * a.size()) {
    for (const uint32_t value : a) {
      next = Gallop(next, end, value);
      if (next == end) break;
      common += *next == value ? 1 : 0;
    }
    return common;
  }
  const uint32_t* other = a.data();
  const uint32_t* const other_end = a.data() + a.size();
  // Without branches that nobody can foresee.
  while (next < end && other < other_end) {
    const uint32_t left = *next;
    const uint32_t right = *other;
    common += left == right ? 1 : 0;
    next += left <= right ? 1 : 0;
    other += right <= left ? 1 : 0;
  }
  return common;
}

}  // namespace dossier::exec
