#include "storage/rocks/rocks_read_counter.h"

namespace dossier::storage {

RocksReadCounter::RocksReadCounter() { set_stats_level(rocksdb::StatsLevel::kExceptHistogramOrTimers); }

ReadCounters RocksReadCounter::counters() const {
  ReadCounters counters;
  counters.blocks_from_disk = misses_.load(std::memory_order_relaxed);
  counters.bytes_from_disk = bytes_.load(std::memory_order_relaxed);
  counters.blocks_from_cache = hits_.load(std::memory_order_relaxed);
  return counters;
}

std::atomic<uint64_t>* RocksReadCounter::Find(uint32_t ticker) {
  switch (ticker) {
    case rocksdb::BLOCK_CACHE_HIT: return &hits_;
    case rocksdb::BLOCK_CACHE_MISS: return &misses_;
    case rocksdb::BLOCK_CACHE_BYTES_WRITE: return &bytes_;
    default: return nullptr;
  }
}

uint64_t RocksReadCounter::getTickerCount(uint32_t ticker) const {
  std::atomic<uint64_t>* const counter = const_cast<RocksReadCounter*>(this)->Find(ticker);
  return counter == nullptr ? 0 : counter->load(std::memory_order_relaxed);
}

void RocksReadCounter::recordTick(uint32_t ticker, uint64_t count) {
  if (std::atomic<uint64_t>* const counter = Find(ticker)) counter->fetch_add(count, std::memory_order_relaxed);
}

void RocksReadCounter::setTickerCount(uint32_t ticker, uint64_t count) {
  if (std::atomic<uint64_t>* const counter = Find(ticker)) counter->store(count, std::memory_order_relaxed);
}

uint64_t RocksReadCounter::getAndResetTickerCount(uint32_t ticker) {
  std::atomic<uint64_t>* const counter = Find(ticker);
  return counter == nullptr ? 0 : counter->exchange(0, std::memory_order_relaxed);
}

void RocksReadCounter::histogramData(uint32_t /*histogram*/, rocksdb::HistogramData* data) const { *data = {}; }

bool RocksReadCounter::HistEnabledForType(uint32_t /*histogram*/) const { return false; }

void RocksReadCounter::recordInHistogram(uint32_t /*histogram*/, uint64_t /*value*/) {}

}  // namespace dossier::storage
