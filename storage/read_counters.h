// What has been read from a store's files since it was opened, by all threads that read it.
#pragma once

#include <cstdint>
#include <string>

namespace dossier {

// A block is what is read from the disk at once: some kilobytes of neighbouring keys with their values.
struct ReadCounters {
  uint64_t blocks_from_disk = 0;  // Among them those that the system's page cache had.
  uint64_t bytes_from_disk = 0;   // Of these blocks, unpacked.
  uint64_t blocks_from_cache = 0;

  // What has been read since `before`.
  ReadCounters Since(const ReadCounters& before) const {
    return {blocks_from_disk - before.blocks_from_disk, bytes_from_disk - before.bytes_from_disk,
            blocks_from_cache - before.blocks_from_cache};
  }
};

// "read 3 blocks from disk (24576 bytes), 12 from the cache", without a line end.
std::string DescribeReads(const ReadCounters& counters);

}  // namespace dossier
