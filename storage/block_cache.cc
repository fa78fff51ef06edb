#include "storage/block_cache.h"

#include <algorithm>
#include <utility>

#include "absl/hash/hash.h"

namespace dossier::storage {
namespace {

// Blocks that may be asked for in between without being taken for asked for again.
constexpr size_t kNotes = 65536;
// Columns of one value that are known, before those that no block has any more are forgotten.
constexpr size_t kMostColumns = 2000;
constexpr size_t kEntryBytes = 300;  // Of a block without columns, with its place.
// Once it is full, one in so many blocks is let in: where more is asked for in turn than there is room for, each one
// let in costs another one its place.
constexpr size_t kOneIn = 4;

bool IsConstant(const TermId* column, size_t rows) {
  return std::all_of(column, column + rows, [value = column[0]](TermId id) { return id == value; });
}

}  // namespace

BlockCache::Place BlockCache::PlaceOf(const Table& table, absl::Span<const TermId> row) {
  Place place;
  place.table = table.prefix;
  std::copy(row.begin(), row.end(), place.row.begin());
  return place;
}

std::shared_ptr<const CachedBlock> BlockCache::Find(uint64_t commit, const Table& table,
                                                    absl::Span<const TermId> row) const {
  const Place place = PlaceOf(table, row);
  const absl::ReaderMutexLock lock(&mutex_);
  auto it = blocks_.upper_bound(place);
  if (it == blocks_.begin()) return nullptr;
  --it;
  if (it->first.table != table.prefix) return nullptr;
  const CachedBlock& block = *it->second;
  if (block.commit > commit) return nullptr;
  if (block.next.has_value() && *block.next <= place.row) return nullptr;
  if (!block.asked_for.load(std::memory_order_relaxed)) block.asked_for.store(true, std::memory_order_relaxed);
  return it->second;
}

Keeping BlockCache::HowToKeep(uint64_t commit, const Table& table, absl::Span<const TermId> first_row, bool sought) {
  const size_t hash = absl::HashOf(table.prefix, first_row);
  const auto note = static_cast<uint32_t>(hash >> 32U);
  const absl::MutexLock lock(&mutex_);
  if (commit != newest_commit_) return Keeping::kNot;
  if (asked_for_.empty()) asked_for_.resize(kNotes);
  const bool again = std::exchange(asked_for_[hash % kNotes], note) == note;
  if (again && HasMuchRoom()) return Keeping::kDecoded;
  if (bytes_ < most_bytes_ - most_bytes_ / 8) return sought || again ? Keeping::kStored : Keeping::kNot;
  return again && ++passed_by_ % kOneIn == 0 ? Keeping::kStored : Keeping::kNot;
}

std::shared_ptr<TermId[]> BlockCache::ColumnOf(TermId value) {
  if (columns_.size() >= kMostColumns) {
    absl::erase_if(columns_, [](const auto& known) { return known.second.expired(); });
  }
  std::weak_ptr<TermId[]>& known = columns_[value];
  std::shared_ptr<TermId[]> column = known.lock();
  if (column == nullptr) {
    column = std::make_shared<TermId[]>(kMaxBlockRows);
    std::fill_n(column.get(), kMaxBlockRows, value);
    known = column;
  }
  return column;
}

void BlockCache::MakeRoom() {
  while (bytes_ > most_bytes_) {
    auto it = blocks_.upper_bound(hand_);
    if (it == blocks_.end()) it = blocks_.begin();
    hand_ = it->first;
    if (it->second->asked_for.exchange(false, std::memory_order_relaxed)) continue;
    bytes_ -= it->second->bytes;
    blocks_.erase(it);
  }
}

void BlockCache::Forget(const WriteBatch::Entry& entry) {
  if (entry.family != Family::kRows && entry.family != Family::kTermIndex) return;
  const Table table{entry.family, static_cast<uint8_t>(entry.key.front()),
                    static_cast<uint8_t>((entry.key.size() - 1) / sizeof(TermId))};
  Place place;
  place.table = table.prefix;
  if (table.width > kMaxColumns || !ParseRowKey(table, entry.key, &place.row)) return;
  auto it = blocks_.upper_bound(place);
  for (int i = 0; i < 2 && it != blocks_.begin(); ++i) {
    --it;
    if (it->first.table != place.table) return;
    const bool is_itself = it->first == place;
    const std::optional<BlockRow>& next = it->second->next;
    if (!is_itself && next.has_value() && *next < place.row) return;  // Others lie between them.
    bytes_ -= it->second->bytes;
    it = blocks_.erase(it);
    if (!is_itself) return;
  }
}

void BlockCache::Advance(uint64_t commit, const WriteBatch& batch) {
  const absl::MutexLock lock(&mutex_);
  newest_commit_ = commit;
  if (blocks_.empty()) return;
  for (const WriteBatch::Entry& entry : batch.entries()) Forget(entry);
}

std::shared_ptr<const CachedBlock> BlockCache::Keep(uint64_t commit, const Table& table, const BlockRow& first,
                                                    std::optional<BlockRow> next, const DecodedBlock& rows,
                                                    size_t stored_bytes) {
  auto block = std::make_shared<CachedBlock>();
  block->first = first;
  block->next = next;
  block->stored_bytes = stored_bytes;
  block->commit = commit;
  block->bytes = kEntryBytes;
  std::array<std::shared_ptr<TermId[]>, kMaxColumns> columns;
  std::array<bool, kMaxColumns> constant{};
  for (size_t i = 0; i < table.width; ++i) {
    constant[i] = IsConstant(rows.column(i), rows.rows());
    if (constant[i]) continue;
    columns[i] = std::make_shared<TermId[]>(rows.rows());
    std::copy_n(rows.column(i), rows.rows(), columns[i].get());
    block->bytes += rows.rows() * sizeof(TermId);
  }
  const absl::MutexLock lock(&mutex_);
  for (size_t i = 0; i < table.width; ++i) {
    if (!constant[i]) continue;
    columns[i] = ColumnOf(rows.column(i)[0]);
    // Whoever else has it may go before this block does.
    if (columns[i].use_count() == 1) block->bytes += kMaxBlockRows * sizeof(TermId);
  }
  block->rows.Assign(rows.rows(), std::move(columns));
  Put(table, block);
  return block;
}

std::shared_ptr<const CachedBlock> BlockCache::KeepStored(uint64_t commit, const Table& table, const BlockRow& first,
                                                          std::optional<BlockRow> next, absl::string_view stored,
                                                          size_t stored_bytes) {
  auto block = std::make_shared<CachedBlock>();
  block->first = first;
  block->next = next;
  block->stored = std::string(stored);
  block->stored_bytes = stored_bytes;
  block->commit = commit;
  // What is wrong with it is told to who decodes it.
  if (absl::StatusOr<BlockGroups> groups = BlockGroups::Of(stored, table.width); groups.ok()) {
    block->groups = *std::move(groups);
  }
  block->bytes = kEntryBytes + stored.size() + block->groups.bytes();
  const absl::MutexLock lock(&mutex_);
  Put(table, block);
  return block;
}

void BlockCache::Put(const Table& table, std::shared_ptr<const CachedBlock> block) {
  if (block->commit != newest_commit_) return;  // It has been changed, perhaps.
  std::shared_ptr<const CachedBlock>& place = blocks_[PlaceOf(table, {block->first.data(), table.width})];
  if (place != nullptr) bytes_ -= place->bytes;
  bytes_ += block->bytes;
  place = std::move(block);
  MakeRoom();
  has_much_room_.store(HasMuchRoom(), std::memory_order_relaxed);
}

}  // namespace dossier::storage
