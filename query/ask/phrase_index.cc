#include "query/ask/phrase_index.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace dossier::ask {
namespace {

// The first eight bytes as a number: of two keys the one with the smaller number comes first.
uint64_t StartOf(absl::string_view key) {
  uint64_t start = 0;
  for (size_t i = 0; i < sizeof(start); ++i) {
    start = start << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0);
  }
  return start;
}

}  // namespace

void PhraseIndex::Add(absl::string_view key, uint32_t meaning) {
  if (key.empty()) return;
  rows_.push_back({StartOf(key), static_cast<uint32_t>(text_.size()), static_cast<uint32_t>(key.size()), meaning});
  absl::StrAppend(&text_, key);
}

void PhraseIndex::Finish() {
  std::sort(rows_.begin(), rows_.end(), [this](const Row& a, const Row& b) {
    if (a.start != b.start) return a.start < b.start;
    const int order = KeyOf(a).compare(KeyOf(b));
    return order != 0 ? order < 0 : a.meaning < b.meaning;
  });
  rows_.erase(
      std::unique(rows_.begin(), rows_.end(),
                  [this](const Row& a, const Row& b) { return a.meaning == b.meaning && KeyOf(a) == KeyOf(b); }),
      rows_.end());
  letters_.clear();
  letters_.reserve(rows_.size());
  for (const Row& row : rows_) letters_.emplace_back(KeyOf(row));
}

size_t PhraseIndex::LowerBound(absl::string_view key) const {
  const uint64_t start = StartOf(key);
  const auto before = [this, start](const Row& row, absl::string_view k) {
    return row.start != start ? row.start < start : KeyOf(row) < k;
  };
  return static_cast<size_t>(std::lower_bound(rows_.begin(), rows_.end(), key, before) - rows_.begin());
}

std::vector<uint32_t> PhraseIndex::Find(absl::string_view key) const {
  std::vector<uint32_t> meanings;
  for (size_t i = LowerBound(key); i < rows_.size() && KeyOf(rows_[i]) == key; ++i)
    meanings.push_back(rows_[i].meaning);
  return meanings;
}

bool PhraseIndex::Contains(absl::string_view key) const {
  const size_t i = LowerBound(key);
  return i < rows_.size() && KeyOf(rows_[i]) == key;
}

bool PhraseIndex::HasLonger(absl::string_view key) const {
  const std::string prefix = absl::StrCat(key, " ");
  const size_t i = LowerBound(prefix);
  return i < rows_.size() && absl::StartsWith(KeyOf(rows_[i]), prefix);
}

void PhraseIndex::ForEach(absl::FunctionRef<void(absl::string_view, uint32_t)> visit) const {
  for (const Row& row : rows_) visit(KeyOf(row), row.meaning);
}

void PhraseIndex::ForEachNear(const Nearness& nearness,
                              absl::FunctionRef<void(absl::string_view, size_t)> visit) const {
  for (size_t i = 0; i < rows_.size(); ++i) {
    const absl::string_view key = KeyOf(rows_[i]);
    const size_t distance = nearness.DistanceOf(key, letters_[i]);
    if (distance > nearness.limit()) continue;
    if (i > 0 && key == KeyOf(rows_[i - 1])) continue;  // Another meaning of it.
    visit(key, distance);
  }
}

void PhraseIndex::ForPrefix(absl::string_view prefix,
                            absl::FunctionRef<bool(absl::string_view, uint32_t)> visit) const {
  for (size_t i = LowerBound(prefix); i < rows_.size() && absl::StartsWith(KeyOf(rows_[i]), prefix); ++i) {
    if (!visit(KeyOf(rows_[i]), rows_[i].meaning)) return;
  }
}

}  // namespace dossier::ask
