#include "storage/memory/memory_key_value_store.h"

#include <array>
#include <mutex>

#include "storage/memory/persistent_map.h"

namespace dossier::storage {
namespace {

using Families = std::array<PersistentMap, kFamilyCount>;

class MemoryIterator : public KeyValueIterator {
 public:
  explicit MemoryIterator(PersistentMap map) : map_(std::move(map)) {}

  void Seek(absl::string_view key) override { entry_ = map_.AtOrAfter(key); }
  void SeekForPrev(absl::string_view key) override { entry_ = map_.AtOrBefore(key); }
  void Next() override { entry_ = map_.After(entry_->key); }
  void Prev() override { entry_ = map_.Before(entry_->key); }
  bool valid() const override { return entry_ != nullptr; }
  absl::string_view key() const override { return entry_->key; }
  absl::string_view value() const override { return *entry_->value; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  const PersistentMap map_;
  const PersistentMap::Entry* entry_ = nullptr;
};

class MemorySnapshot : public KeyValueSnapshot {
 public:
  explicit MemorySnapshot(Families families) : families_(std::move(families)) {}

  absl::StatusOr<bool> Get(Family family, absl::string_view key, std::string* value) const override {
    const PersistentMap::Entry* const entry = map(family).AtOrAfter(key);
    if (entry == nullptr || entry->key != key) return false;
    *value = *entry->value;
    return true;
  }

  absl::Status MultiGet(Family family, absl::Span<const std::string> keys,
                        std::vector<std::optional<std::string>>* values) const override {
    values->assign(keys.size(), std::nullopt);
    for (size_t i = 0; i < keys.size(); ++i) {
      const PersistentMap::Entry* const entry = map(family).AtOrAfter(keys[i]);
      if (entry != nullptr && entry->key == keys[i]) (*values)[i] = *entry->value;
    }
    return absl::OkStatus();
  }

  std::unique_ptr<KeyValueIterator> NewIterator(Family family) const override {
    return std::make_unique<MemoryIterator>(map(family));
  }

  uint64_t ApproximateSize(Family family, absl::string_view begin, absl::string_view end) const override {
    const PersistentMap& map = this->map(family);
    uint64_t bytes = 0;
    for (const auto* entry = map.AtOrAfter(begin); entry != nullptr && entry->key < end;
         entry = map.After(entry->key)) {
      bytes += entry->key.size() + entry->value->size();
    }
    return bytes;
  }

 private:
  const PersistentMap& map(Family family) const { return families_[static_cast<size_t>(family)]; }

  const Families families_;
};

class MemoryRun : public SortedRun {
 public:
  explicit MemoryRun(Family family) : family_(family) {}

  absl::Status Put(absl::string_view key, absl::string_view value) override {
    bytes_ += key.size() + value.size();
    batch_.Put(family_, std::string(key), std::string(value));
    return absl::OkStatus();
  }
  absl::Status Finish() override { return absl::OkStatus(); }
  std::string name() const override { return {}; }
  Family family() const override { return family_; }

  absl::Status Delete(absl::string_view key) override {
    bytes_ += key.size();
    batch_.Delete(family_, std::string(key));
    return absl::OkStatus();
  }
  uint64_t bytes() const override { return bytes_; }
  const WriteBatch& batch() const { return batch_; }

 private:
  const Family family_;
  WriteBatch batch_;
  uint64_t bytes_ = 0;
};

class MemoryStore : public KeyValueStore {
 public:
  std::shared_ptr<const KeyValueSnapshot> GetSnapshot() const override {
    return std::make_shared<MemorySnapshot>(families());
  }

  absl::Status Write(const WriteBatch& batch) override {
    Families families = this->families();
    Apply(batch, &families);
    Publish(std::move(families));
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<SortedRun>> NewRun(Family family) override {
    return std::make_unique<MemoryRun>(family);
  }

  absl::StatusOr<std::unique_ptr<SortedRun>> AdoptRun(Family, absl::string_view) override {
    return absl::NotFoundError("runs in memory do not outlive their process");
  }

  absl::Status Ingest(std::vector<std::unique_ptr<SortedRun>> runs) override {
    Families families = this->families();
    for (const std::unique_ptr<SortedRun>& run : runs) Apply(static_cast<const MemoryRun&>(*run).batch(), &families);
    Publish(std::move(families));
    return absl::OkStatus();
  }

  absl::Status CopyTo(const std::string&) const override {
    return absl::FailedPreconditionError("a store in memory has no files to copy");
  }

 private:
  Families families() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return families_;
  }

  void Publish(Families families) {
    const std::lock_guard<std::mutex> lock(mutex_);
    families_.swap(families);
  }

  static void Apply(const WriteBatch& batch, Families* families) {
    for (const WriteBatch::Entry& entry : batch.entries()) {
      PersistentMap& map = (*families)[static_cast<size_t>(entry.family)];
      if (entry.value.has_value()) {
        map.Put(entry.key, *entry.value);
      } else {
        map.Erase(entry.key);
      }
    }
  }

  mutable std::mutex mutex_;
  Families families_;  // Guarded by mutex_.
};

}  // namespace

std::unique_ptr<KeyValueStore> NewMemoryKeyValueStore() { return std::make_unique<MemoryStore>(); }

}  // namespace dossier::storage
