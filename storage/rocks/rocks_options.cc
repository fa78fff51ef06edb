#include "storage/rocks/rocks_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/table_properties_collectors.h>

#include <memory>
#include <string>

namespace dossier::storage {
namespace {

// RocksDB tells its story to a file beside the data; what matters of it comes back as a status.
class SilentLogger : public rocksdb::Logger {
 public:
  SilentLogger() : Logger(rocksdb::InfoLogLevel::FATAL_LEVEL) {}
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

struct FamilySetup {
  const char* name;
  rocksdb::CompressionType compression;
  size_t block_bytes;         // What is read from disk at once.
  size_t write_buffer_bytes;  // In memory before it becomes a file.
};

// In the order of Family. Blocks of rows and of the term index are coded already.
constexpr FamilySetup kSetups[kFamilyCount] = {
    {"terms", rocksdb::kZSTD, 16 << 10, 8 << 20},
    {"term_index", rocksdb::kNoCompression, 8 << 10, 8 << 20},
    {"rows", rocksdb::kNoCompression, 8 << 10, 16 << 20},
    {"meta", rocksdb::kZSTD, 8 << 10, 2 << 20},
};

}  // namespace

rocksdb::DBOptions MakeDatabaseOptions(const RocksOptions& options) {
  rocksdb::DBOptions result;
  result.create_if_missing = options.create_if_missing && !options.read_only;
  result.create_missing_column_families = result.create_if_missing;
  result.info_log = std::make_shared<SilentLogger>();
  // Every commit is synced, so only the end of the log may be torn by a crash; damage elsewhere is an error.
  result.wal_recovery_mode = options.read_only ? rocksdb::WALRecoveryMode::kPointInTimeRecovery
                                               : rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  result.max_total_wal_size = 64 << 20;
  // The log is short (see ~RocksDatabase): to read it into memory is quicker than to write table files at each opening.
  result.avoid_flush_during_recovery = true;
  result.max_background_jobs = 2;
  // Open files stay readable for a reader when the writer has replaced them.
  result.max_open_files = -1;
  result.max_file_opening_threads = 1;
  result.skip_stats_update_on_db_open = true;
  result.stats_dump_period_sec = 0;
  result.stats_persist_period_sec = 0;
  result.keep_log_file_num = 1;
  return result;
}

std::vector<rocksdb::ColumnFamilyDescriptor> MakeFamilies(const RocksOptions& options) {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(options.cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.format_version = 5;
  table.checksum = rocksdb::kXXH3;
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.write_buffer_size = 1 << 20;
  families.emplace_back(rocksdb::kDefaultColumnFamilyName, family);
  for (const FamilySetup& setup : kSetups) {
    table.block_size = setup.block_bytes;
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    family.compression = setup.compression;
    family.write_buffer_size = setup.write_buffer_bytes;
    // Where blocks come and go, files that are mostly tombstones are compacted soon.
    family.table_properties_collector_factories = {rocksdb::NewCompactOnDeletionCollectorFactory(256, 128)};
    families.emplace_back(setup.name, family);
  }
  return families;
}

}  // namespace dossier::storage
