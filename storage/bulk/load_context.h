// What all parts of one bulk load need to know.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "base/cancellation.h"
#include "storage/key_value_store.h"
#include "storage/metadata.h"

namespace dossier::storage {

// The pointers outlive the load.
struct LoadContext {
  KeyValueStore* store = nullptr;
  const KeyValueSnapshot* before = nullptr;  // The data that the load adds to.
  StoreState state;                          // The state of `before`.
  std::string spill_directory;
  size_t memory_bytes = 0;
  size_t threads = 1;
  bool resumable = false;                      // The rows that end a stage are to be kept by name.
  const Cancellation* cancellation = nullptr;  // May be null.

  absl::Status CheckCancelled() const { return cancellation == nullptr ? absl::OkStatus() : cancellation->Check(); }
};

}  // namespace dossier::storage
