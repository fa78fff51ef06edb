// Bytes that stay where they are until all are dropped together.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier::storage {

class ByteArena {
 public:
  explicit ByteArena(size_t piece_bytes) : piece_bytes_(piece_bytes) {}

  // The copy lives as long as the arena.
  absl::string_view Keep(absl::string_view bytes) {
    if (left_ < bytes.size()) {
      left_ = std::max(piece_bytes_, bytes.size());
      kept_bytes_ += left_;
      pieces_.push_back(std::make_unique<char[]>(left_));
      next_ = pieces_.back().get();
    }
    char* const begin = next_;
    if (!bytes.empty()) std::memcpy(begin, bytes.data(), bytes.size());
    next_ += bytes.size();
    left_ -= bytes.size();
    return {begin, bytes.size()};
  }

  size_t memory_bytes() const { return kept_bytes_; }

 private:
  size_t piece_bytes_;
  std::vector<std::unique_ptr<char[]>> pieces_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t kept_bytes_ = 0;
};

}  // namespace dossier::storage
