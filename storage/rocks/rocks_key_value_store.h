// The key-value interface on RocksDB. The header shows nothing of RocksDB.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/key_value_store.h"

namespace dossier::storage {

struct RocksOptions {
  bool create_if_missing = true;
  bool read_only = false;  // The data as of the moment of opening, beside a process that writes.
  size_t cache_bytes = 256 << 20;
  std::string run_directory;  // Where sorted runs are written before they are ingested; on the same file system.
};

// Errors: FailedPrecondition when another process holds the directory for writing (the message names it); NotFound;
// DataLoss when files are damaged or missing.
absl::StatusOr<std::unique_ptr<KeyValueStore>> OpenRocksStore(const std::string& directory,
                                                              const RocksOptions& options);

}  // namespace dossier::storage
