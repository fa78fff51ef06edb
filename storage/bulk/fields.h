// Numbers and texts one after the other in a record of a load's journal.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/varint.h"

namespace dossier::storage {

class FieldWriter {
 public:
  FieldWriter& Add(uint64_t number) {
    AppendVarint(number, &bytes_);
    return *this;
  }
  FieldWriter& Add(absl::string_view text) {
    AppendVarint(text.size(), &bytes_);
    bytes_.append(text.data(), text.size());
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Reads what a FieldWriter wrote, in the same order. What is not there is 0 or empty, and good() false from then on.
class FieldReader {
 public:
  explicit FieldReader(absl::string_view bytes) : rest_(bytes) {}

  uint64_t Number() {
    uint64_t number = 0;
    good_ = good_ && TakeVarint(&rest_, &number);
    return good_ ? number : 0;
  }
  absl::string_view Text() {
    const uint64_t size = Number();
    good_ = good_ && size <= rest_.size();
    if (!good_) return {};
    const absl::string_view text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
  }
  bool good() const { return good_; }

 private:
  absl::string_view rest_;
  bool good_ = true;
};

}  // namespace dossier::storage
