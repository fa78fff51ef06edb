#include "storage/read_counters.h"

#include "absl/strings/str_cat.h"

namespace dossier {

std::string DescribeReads(const ReadCounters& counters) {
  return absl::StrCat("read ", counters.blocks_from_disk, counters.blocks_from_disk == 1 ? " block" : " blocks",
                      " from disk (", counters.bytes_from_disk, " bytes), ", counters.blocks_from_cache,
                      " from the cache");
}

}  // namespace dossier
