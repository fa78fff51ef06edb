#include "database/load_options.h"

#include <unistd.h>

#include <algorithm>

namespace dossier {

size_t LoadMemory(const LoadOptions& options) {
  if (options.memory_bytes > 0) return options.memory_bytes;
  constexpr size_t kLeast = size_t{256} << 20;
  const long pages = sysconf(_SC_PHYS_PAGES);
  const long page_bytes = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page_bytes <= 0) return kLeast;
  return std::max(kLeast, static_cast<size_t>(pages) / 4 * static_cast<size_t>(page_bytes));
}

}  // namespace dossier
