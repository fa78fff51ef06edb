// The lines of an input, one after the other.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "rdf/input.h"

namespace dossier {

// Not thread-safe; the input must outlive it.
class LineReader {
 public:
  explicit LineReader(Input* input) : input_(input), buffer_(size_t{1} << 16) {}

  // The next line without its end ("\n" or "\r\n"); false at the end of the input.
  absl::StatusOr<bool> Next(std::string* line);

  size_t line_number() const { return line_number_; }  // Of the last line, from 1.

 private:
  Input* const input_;
  std::vector<char> buffer_;
  size_t begin_ = 0;  // What is left of the buffer.
  size_t end_ = 0;
  size_t line_number_ = 0;
};

// All of an input's bytes.
absl::StatusOr<std::string> ReadAll(Input* input);

}  // namespace dossier
