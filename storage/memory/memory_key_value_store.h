// The key-value interface in memory: a persistent tree, whose old versions are the snapshots.
#pragma once

#include <memory>

#include "storage/key_value_store.h"

namespace dossier::storage {

std::unique_ptr<KeyValueStore> NewMemoryKeyValueStore();

}  // namespace dossier::storage
