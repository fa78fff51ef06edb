#include "query/exec/trie.h"

#include <algorithm>

#include "base/status_macros.h"

namespace dossier::exec {

void Trie::AppendPairs(size_t rows, const uint32_t* keys, const uint32_t* values) {
  std::vector<uint32_t>& leaves = values_[1];
  for (size_t row = 0; row < rows; ++row) {
    if (values_[0].empty() || values_[0].back() != keys[row]) {
      values_[0].push_back(keys[row]);
      begins_[0].push_back(static_cast<uint32_t>(leaves.size()));
    } else if (leaves.back() == values[row]) {
      continue;
    }
    leaves.push_back(values[row]);
  }
}

void Trie::Append(size_t rows, absl::Span<const uint32_t* const> columns) {
  if (levels_ == 2) return AppendPairs(rows, columns[0], columns[1]);
  for (size_t row = 0; row < rows; ++row) {
    // The first level where the row differs from the one before.
    size_t level = 0;
    while (level < levels_ && !values_[level].empty() && values_[level].back() == columns[level][row]) ++level;
    for (; level < levels_; ++level) {
      if (level + 1 < levels_) begins_[level].push_back(static_cast<uint32_t>(values_[level + 1].size()));
      values_[level].push_back(columns[level][row]);
      // What is last in the levels below belongs to the row before.
      if (level + 1 < levels_) {
        for (size_t below = level + 1; below < levels_; ++below) {
          if (below + 1 < levels_) begins_[below].push_back(static_cast<uint32_t>(values_[below + 1].size()));
          values_[below].push_back(columns[below][row]);
        }
        break;
      }
    }
  }
}

void Trie::Append(const Trie& other) {
  for (size_t level = 0; level < levels_; ++level) {
    if (level + 1 < levels_) {
      const auto shift = static_cast<uint32_t>(values_[level + 1].size());
      for (const uint32_t begin : other.begins_[level]) begins_[level].push_back(begin + shift);
    }
    values_[level].insert(values_[level].end(), other.values_[level].begin(), other.values_[level].end());
  }
}

absl::Status Trie::Charge(size_t more_bytes) {
  size_t bytes = more_bytes + begins_by_value_.capacity() * sizeof(uint32_t);
  for (size_t level = 0; level < levels_; ++level) {
    bytes += (values_[level].capacity() + begins_[level].capacity()) * sizeof(uint32_t);
    if (values_[level].size() >= ~uint32_t{0}) return absl::ResourceExhaustedError("a relation is too large to join");
  }
  return memory_.Resize(bytes);
}

absl::Status Trie::Finish() {
  const std::vector<uint32_t>& keys = values_[0];
  for (size_t level = 0; level + 1 < levels_; ++level) {
    begins_[level].push_back(static_cast<uint32_t>(values_[level + 1].size()));
  }
  first_ = keys.empty() ? 0 : keys.front();
  const size_t places = keys.empty() ? 0 : size_t{keys.back()} - first_ + 1;
  DOSSIER_RETURN_IF_ERROR(Charge((places + 1) * sizeof(uint32_t)));
  begins_by_value_.resize(places + 1);
  uint32_t place = 0;
  for (uint32_t i = 0; i < keys.size(); ++i) {
    const uint32_t begin = levels_ > 1 ? begins_[0][i] : i;
    for (; place <= keys[i] - first_; ++place) begins_by_value_[place] = begin;
  }
  begins_by_value_[places] = levels_ > 1 ? begins_[0].back() : static_cast<uint32_t>(keys.size());
  return absl::OkStatus();
}

}  // namespace dossier::exec
