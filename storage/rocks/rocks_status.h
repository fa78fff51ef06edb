// Errors of RocksDB as errors of the store.
#pragma once

#include <rocksdb/status.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace dossier::storage {

// `doing` begins the message: "cannot read the store in /data/x".
absl::Status FromRocks(const rocksdb::Status& status, absl::string_view doing);

}  // namespace dossier::storage
