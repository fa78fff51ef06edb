// Counts the blocks that RocksDB reads, and nothing else: its own statistics count a hundred things at each step.
#pragma once

#include <rocksdb/statistics.h>

#include <atomic>
#include <string>

#include "storage/read_counters.h"

namespace dossier::storage {

class RocksReadCounter : public rocksdb::Statistics {
 public:
  RocksReadCounter();

  ReadCounters counters() const;

  const char* Name() const override { return "dossier.read_counter"; }
  uint64_t getTickerCount(uint32_t ticker) const override;
  void recordTick(uint32_t ticker, uint64_t count) override;
  void setTickerCount(uint32_t ticker, uint64_t count) override;
  uint64_t getAndResetTickerCount(uint32_t ticker) override;
  // Distributions are not kept.
  void histogramData(uint32_t histogram, rocksdb::HistogramData* data) const override;
  bool HistEnabledForType(uint32_t histogram) const override;
  void recordInHistogram(uint32_t histogram, uint64_t value) override;

 private:
  std::atomic<uint64_t>* Find(uint32_t ticker);

  std::atomic<uint64_t> hits_{0};
  std::atomic<uint64_t> misses_{0};
  std::atomic<uint64_t> bytes_{0};
};

}  // namespace dossier::storage
