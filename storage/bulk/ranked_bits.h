// A set of small numbers that knows how many of its members are below a given one.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace dossier::storage {

class RankedBits {
 public:
  // No number in [0, size) is in the set yet.
  explicit RankedBits(size_t size = 0) : words_((size + 63) / 64) {}

  void Add(size_t number) { words_[number / 64] |= uint64_t{1} << (number % 64); }
  void Remove(size_t number) { words_[number / 64] &= ~(uint64_t{1} << (number % 64)); }
  bool Contains(size_t number) const { return (words_[number / 64] >> (number % 64) & 1U) != 0; }

  // Call after the last change and before Rank() and count().
  void BuildRanks() {
    ranks_.resize(words_.size() + 1);
    for (size_t i = 0; i < words_.size(); ++i) ranks_[i + 1] = ranks_[i] + std::popcount(words_[i]);
  }
  // Members less than `number`.
  uint64_t Rank(size_t number) const {
    const uint64_t below = words_[number / 64] & ((uint64_t{1} << (number % 64)) - 1);
    return ranks_[number / 64] + std::popcount(below);
  }
  uint64_t count() const { return ranks_.back(); }

 private:
  std::vector<uint64_t> words_;
  std::vector<uint32_t> ranks_{0};
};

}  // namespace dossier::storage
