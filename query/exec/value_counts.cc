#include "query/exec/value_counts.h"

#include <algorithm>

#include "base/status_macros.h"

namespace dossier::exec {
namespace {

// The array may be so many times as long as there were ids, and so long in any case.
constexpr uint64_t kPlacesPerAdd = 16;
constexpr uint64_t kCountsAnyway = uint64_t{1} << 16U;
constexpr size_t kBytesPerSparse = 40;

absl::Status TooLarge() { return absl::OutOfRangeError("there are more solutions than can be counted"); }

}  // namespace

bool ValueCounts::GrowTo(uint64_t id) {
  const uint64_t last = first_ + dense_.size();
  const uint64_t begin = dense_.empty() ? id : std::min(first_, id);
  const uint64_t end = dense_.empty() ? id + 1 : std::max(last, id + 1);
  const uint64_t limit = kCountsAnyway + adds_ * kPlacesPerAdd;
  if (end <= begin || end - begin > limit) return false;
  // Some more than needed, on the side where it grows.
  const uint64_t spare = std::min(limit - (end - begin), (end - begin) / 2 + 1024);
  const uint64_t new_begin = begin < first_ || dense_.empty() ? begin - std::min(begin, spare / 2) : begin;
  const uint64_t new_size = end - new_begin + (end > last || dense_.empty() ? spare : 0);
  if (const absl::Status taken = memory_.Resize(new_size * sizeof(uint64_t) + sparse_.size() * kBytesPerSparse);
      !taken.ok()) {
    SetStatus(taken);
    return true;
  }
  if (!dense_.empty() && new_begin < first_) {
    dense_.insert(dense_.begin(), first_ - new_begin, 0);
  }
  dense_.resize(new_size);
  first_ = new_begin;
  // Those that lay outside until now.
  if (!sparse_.empty()) {
    absl::erase_if(sparse_, [this](const auto& entry) {
      const uint64_t place = entry.first.bits() - first_;
      if (place >= dense_.size()) return false;
      dense_[place] += entry.second;
      return true;
    });
  }
  return true;
}

void ValueCounts::AddElsewhere(TermId id, uint64_t count) {
  if (!status_.ok()) return;
  if (const auto known = sparse_.find(id); known != sparse_.end()) {
    overflowed_ |= __builtin_add_overflow(known->second, count, &known->second);
    return;
  }
  if (GrowTo(id.bits())) {
    const uint64_t place = id.bits() - first_;
    if (place < dense_.size()) overflowed_ |= __builtin_add_overflow(dense_[place], count, &dense_[place]);
    return;
  }
  sparse_.emplace(id, count);
  if (sparse_.size() % 1024 == 0) {
    SetStatus(memory_.Resize(dense_.size() * sizeof(uint64_t) + sparse_.size() * kBytesPerSparse));
  }
}

void ValueCounts::MultiplyBy(const ValueCounts& other) {
  for (size_t i = 0; i < dense_.size(); ++i) {
    if (dense_[i] == 0) continue;
    overflowed_ |= __builtin_mul_overflow(dense_[i], other.Of(TermId::FromBits(first_ + i)), &dense_[i]);
  }
  for (auto& [id, count] : sparse_) overflowed_ |= __builtin_mul_overflow(count, other.Of(id), &count);
}

absl::Status ValueCounts::ForEach(absl::FunctionRef<absl::Status(TermId, uint64_t)> visit) const {
  std::vector<std::pair<TermId, uint64_t>> outside(sparse_.begin(), sparse_.end());
  std::sort(outside.begin(), outside.end());
  auto next = outside.begin();
  const auto visit_outside = [&](uint64_t before) -> absl::Status {
    for (; next != outside.end() && next->first.bits() < before; ++next) {
      if (next->second > 0) DOSSIER_RETURN_IF_ERROR(visit(next->first, next->second));
    }
    return absl::OkStatus();
  };
  DOSSIER_RETURN_IF_ERROR(visit_outside(first_));
  for (size_t i = 0; i < dense_.size(); ++i) {
    if (dense_[i] > 0) DOSSIER_RETURN_IF_ERROR(visit(TermId::FromBits(first_ + i), dense_[i]));
  }
  return visit_outside(~uint64_t{0});
}

absl::Status ValueCounts::status() const { return !status_.ok() || !overflowed_ ? status_ : TooLarge(); }

absl::StatusOr<uint64_t> MultiplyCounts(uint64_t a, uint64_t b) {
  uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product) || product > static_cast<uint64_t>(INT64_MAX)) return TooLarge();
  return product;
}

absl::StatusOr<uint64_t> AddCounts(uint64_t a, uint64_t b) {
  uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum) || sum > static_cast<uint64_t>(INT64_MAX)) return TooLarge();
  return sum;
}

}  // namespace dossier::exec
