// How RocksDB is set up for a store: many small embedded ones as well as a few large ones.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <vector>

#include "storage/rocks/rocks_key_value_store.h"

namespace dossier::storage {

rocksdb::DBOptions MakeDatabaseOptions(const RocksOptions& options);

// One for each Family, in the order of the enumeration, after the default family (which stays empty: RocksDB insists).
std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const RocksOptions& options);

}  // namespace dossier::storage
