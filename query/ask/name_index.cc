#include "query/ask/name_index.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier::ask {
namespace {

constexpr char kEnd = '\n';           // Of a key; smaller than all that stands in keys.
constexpr size_t kTop = 1000;         // So many entities are kept in order of prominence.
constexpr size_t kMaximumStarts = 6;  // Words of a long headline after these find nothing.

// Beyond so many triples only claims tell who is spoken of: most triples are then what is written beside claims.
constexpr uint64_t kMaximumQuads = 4'000'000;

// A place in a key where a name may be begun to be typed, with its first bytes for quick comparison.
struct Start {
  uint64_t first_bytes;
  uint32_t offset;
  uint32_t entity;
};

uint64_t FirstBytes(absl::string_view key) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < 8; ++i) bytes = bytes << 8U | (i < key.size() ? static_cast<uint8_t>(key[i]) : 0);
  return bytes;
}

bool IsSmallWord(absl::string_view word) {
  static constexpr std::array<absl::string_view, 8> kSmall = {"of", "the", "and", "in", "for", "to", "on", "a"};
  return std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end();
}

// Where in `key` a name may be begun: at its words, but not at small ones inside it.
std::vector<size_t> WordStarts(absl::string_view key) {
  std::vector<size_t> starts = {0};
  for (size_t i = key.find(' '); i != absl::string_view::npos && starts.size() < kMaximumStarts;
       i = key.find(' ', i + 1)) {
    const size_t end = std::min(key.find(' ', i + 1), key.size());
    if (!IsSmallWord(key.substr(i + 1, end - i - 1))) starts.push_back(i + 1);
  }
  return starts;
}

}  // namespace

absl::string_view NameIndex::KeyOf(const Row& row) const {
  return absl::string_view(text_).substr(row.offset, text_.find(kEnd, row.offset) - row.offset);
}

absl::StatusOr<std::shared_ptr<const NameIndex>> NameIndex::Build(const Catalogue& catalogue, const Snapshot& snapshot,
                                                                  const Cancellation* cancellation) {
  auto index = std::make_shared<NameIndex>();
  index->commit_ = snapshot.commit();
  std::vector<std::pair<TermId, uint32_t>> named;  // Entity of each key, by the order of the keys.
  std::vector<size_t> offsets;
  catalogue.names().ForEach([&](absl::string_view key, uint32_t meaning) {
    named.emplace_back(catalogue.entity_id(meaning), static_cast<uint32_t>(index->text_.size()));
    absl::StrAppend(&index->text_, key, absl::string_view(&kEnd, 1));
  });
  for (const auto& [id, offset] : named) index->entities_.push_back({id});
  auto& entities = index->entities_;
  const auto by_id = [](const Entity& a, const Entity& b) { return a.id < b.id; };
  std::sort(entities.begin(), entities.end(), by_id);
  entities.erase(
      std::unique(entities.begin(), entities.end(), [](const Entity& a, const Entity& b) { return a.id == b.id; }),
      entities.end());
  DOSSIER_RETURN_IF_ERROR(index->CountRows(snapshot, cancellation));

  std::vector<Start> starts;
  const absl::string_view text = index->text_;
  for (const auto& [id, offset] : named) {
    const absl::string_view key = text.substr(offset, text.find(kEnd, offset) - offset);
    const auto entity =
        static_cast<uint32_t>(std::lower_bound(entities.begin(), entities.end(), Entity{id}, by_id) - entities.begin());
    for (const size_t start : WordStarts(key)) {
      starts.push_back({FirstBytes(key.substr(start)), static_cast<uint32_t>(offset + start), entity});
    }
  }
  if (cancellation != nullptr) DOSSIER_RETURN_IF_ERROR(cancellation->Check());
  std::sort(starts.begin(), starts.end(), [&](const Start& a, const Start& b) {
    if (a.first_bytes != b.first_bytes) return a.first_bytes < b.first_bytes;
    return index->KeyOf({a.offset, 0}) < index->KeyOf({b.offset, 0});
  });
  index->rows_.reserve(starts.size());
  for (const Start& start : starts) index->rows_.push_back({start.offset, start.entity});
  return std::shared_ptr<const NameIndex>(std::move(index));
}

absl::Status NameIndex::CountRows(const Snapshot& snapshot, const Cancellation* cancellation) {
  std::vector<Permutation> permutations = {Permutation::kClaimSpo, Permutation::kClaimOsp};
  if (snapshot.statistics().quads.rows <= kMaximumQuads) {
    permutations.insert(permutations.end(), {Permutation::kSpo, Permutation::kOsp});
  }
  for (const Permutation permutation : permutations) {
    ScanSpec spec;
    spec.permutation = permutation;
    spec.wanted_columns = 1;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
    auto entity = entities_.begin();  // Both come by id.
    RowBlock block;
    while (true) {
      if (cancellation != nullptr) DOSSIER_RETURN_IF_ERROR(cancellation->Check());
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) break;
      for (size_t row = 0; row < block.rows; ++row) {
        const TermId id = block.columns[0][row];
        while (entity != entities_.end() && entity->id < id) ++entity;
        if (entity == entities_.end()) break;
        if (entity->id == id) ++entity->prominence;
      }
    }
  }
  top_.resize(entities_.size());
  for (uint32_t i = 0; i < top_.size(); ++i) top_[i] = i;
  const size_t kept = std::min(kTop, top_.size());
  std::partial_sort(top_.begin(), top_.begin() + static_cast<ptrdiff_t>(kept), top_.end(), [&](uint32_t a, uint32_t b) {
    return entities_[a].prominence != entities_[b].prominence ? entities_[a].prominence > entities_[b].prominence
                                                              : a < b;
  });
  top_.resize(kept);
  top_.shrink_to_fit();
  return absl::OkStatus();
}

std::pair<size_t, size_t> NameIndex::RangeOf(absl::string_view prefix) const {
  const auto begin =
      std::partition_point(rows_.begin(), rows_.end(), [&](const Row& row) { return KeyOf(row) < prefix; });
  const auto end =
      std::partition_point(begin, rows_.end(), [&](const Row& row) { return absl::StartsWith(KeyOf(row), prefix); });
  return {begin - rows_.begin(), end - rows_.begin()};
}

bool NameIndex::HasBeginning(absl::string_view prefix) const {
  const auto [begin, end] = RangeOf(prefix);
  return begin < end;
}

std::vector<TermId> NameIndex::Find(absl::string_view prefix, size_t maximum) const {
  std::vector<TermId> found;
  if (prefix.empty()) {
    for (size_t i = 0; i < std::min(maximum, top_.size()); ++i) found.push_back(entities_[top_[i]].id);
    return found;
  }
  const auto [begin, end] = RangeOf(prefix);
  std::vector<uint32_t> ranked;
  ranked.reserve(end - begin);
  for (size_t i = begin; i < end; ++i) ranked.push_back(rows_[i].entity);
  std::sort(ranked.begin(), ranked.end());
  ranked.erase(std::unique(ranked.begin(), ranked.end()), ranked.end());
  const size_t kept = std::min(maximum, ranked.size());
  std::partial_sort(
      ranked.begin(), ranked.begin() + static_cast<ptrdiff_t>(kept), ranked.end(), [&](uint32_t a, uint32_t b) {
        return entities_[a].prominence != entities_[b].prominence ? entities_[a].prominence > entities_[b].prominence
                                                                  : a < b;
      });
  for (size_t i = 0; i < kept; ++i) found.push_back(entities_[ranked[i]].id);
  return found;
}

uint32_t NameIndex::Prominence(TermId entity) const {
  const auto it =
      std::partition_point(entities_.begin(), entities_.end(), [&](const Entity& known) { return known.id < entity; });
  return it == entities_.end() || it->id != entity ? 0 : it->prominence;
}

}  // namespace dossier::ask
