#include "storage/rocks/rocks_snapshot.h"

#include "absl/strings/str_cat.h"
#include "storage/rocks/rocks_status.h"

namespace dossier::storage {
namespace {

// What is kept for later: iterators keep the files and blocks that they stand on.
constexpr size_t kMostIdleIterators = 16;

class RocksIterator : public KeyValueIterator {
 public:
  RocksIterator(Family family, std::unique_ptr<rocksdb::Iterator> iterator, IteratorPool* pool)
      : family_(family), iterator_(std::move(iterator)), pool_(pool) {}
  ~RocksIterator() override {
    if (iterator_->status().ok()) pool_->Return(family_, std::move(iterator_));
  }
  RocksIterator(const RocksIterator&) = delete;
  RocksIterator& operator=(const RocksIterator&) = delete;

  void Seek(absl::string_view key) override {
    iterator_->Seek(ToSlice(key));
    sought_ = true;
  }
  void SeekForPrev(absl::string_view key) override {
    iterator_->SeekForPrev(ToSlice(key));
    sought_ = true;
  }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }
  bool valid() const override { return sought_ && iterator_->Valid(); }
  absl::string_view key() const override { return ToView(iterator_->key()); }
  absl::string_view value() const override { return ToView(iterator_->value()); }
  absl::Status status() const override { return FromRocks(iterator_->status(), "cannot read the store"); }

 private:
  const Family family_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  IteratorPool* const pool_;
  bool sought_ = false;  // Else it stands where its last user left it.
};

}  // namespace

std::unique_ptr<rocksdb::Iterator> IteratorPool::Take(Family family) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& idle = idle_[static_cast<size_t>(family)];
  if (idle.empty()) return nullptr;
  std::unique_ptr<rocksdb::Iterator> iterator = std::move(idle.back());
  idle.pop_back();
  return iterator;
}

void IteratorPool::Return(Family family, std::unique_ptr<rocksdb::Iterator> iterator) {
  const std::lock_guard<std::mutex> lock(mutex_);
  auto& idle = idle_[static_cast<size_t>(family)];
  if (idle.size() < kMostIdleIterators) idle.push_back(std::move(iterator));
}

void IteratorPool::Clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  for (auto& idle : idle_) idle.clear();
}

RocksSnapshot::RocksSnapshot(std::shared_ptr<RocksDatabase> database)
    : database_(std::move(database)), snapshot_(database_->db()->GetSnapshot()) {}

RocksSnapshot::~RocksSnapshot() {
  iterators_.Clear();
  if (snapshot_ != nullptr) database_->db()->ReleaseSnapshot(snapshot_);
}

rocksdb::ReadOptions RocksSnapshot::read_options() const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  return options;
}

absl::StatusOr<bool> RocksSnapshot::Get(Family family, absl::string_view key, std::string* value) const {
  const rocksdb::Status status = database_->db()->Get(read_options(), database_->family(family), ToSlice(key), value);
  if (status.IsNotFound()) return false;
  if (!status.ok()) return FromRocks(status, "cannot read the store");
  return true;
}

absl::Status RocksSnapshot::MultiGet(Family family, absl::Span<const std::string> keys,
                                     std::vector<std::optional<std::string>>* values) const {
  std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> pinned(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  database_->db()->MultiGet(read_options(), database_->family(family), keys.size(), slices.data(), pinned.data(),
                            statuses.data());
  values->assign(keys.size(), std::nullopt);
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].ok()) {
      (*values)[i] = pinned[i].ToString();
    } else if (!statuses[i].IsNotFound()) {
      return FromRocks(statuses[i], "cannot read the store");
    }
  }
  return absl::OkStatus();
}

std::unique_ptr<KeyValueIterator> RocksSnapshot::NewIterator(Family family) const {
  std::unique_ptr<rocksdb::Iterator> iterator = iterators_.Take(family);
  if (iterator == nullptr) iterator.reset(database_->db()->NewIterator(read_options(), database_->family(family)));
  return std::make_unique<RocksIterator>(family, std::move(iterator), &iterators_);
}

uint64_t RocksSnapshot::ApproximateSize(Family family, absl::string_view begin, absl::string_view end) const {
  const rocksdb::Range range(ToSlice(begin), ToSlice(end));
  rocksdb::SizeApproximationOptions options;
  options.include_memtables = true;
  options.include_files = true;
  uint64_t bytes = 0;
  const rocksdb::Status status =
      database_->db()->GetApproximateSizes(options, database_->family(family), &range, 1, &bytes);
  return status.ok() ? bytes : 0;
}

}  // namespace dossier::storage
