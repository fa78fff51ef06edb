// Cuts an input into chunks of whole lines, so that lines can be parsed in place and by several threads.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "rdf/input.h"

namespace dossier {

class LineChunks {
 public:
  // `input` outlives this object; `chunk_size` in bytes is what chunks are about as large as, longer lines aside.
  LineChunks(Input* input, size_t chunk_size) : input_(input), chunk_size_(chunk_size) {}

  // Replaces `chunk` by the next whole lines; false at the end of the input. The last line may lack its line end. A
  // line of more than 256 MiB is a ResourceExhausted error. Lines that end in "\r\n" are never cut in between.
  absl::StatusOr<bool> Next(std::string* chunk);

 private:
  Input* const input_;
  const size_t chunk_size_;
  std::string rest_;  // The begin of a line whose end was not read yet.
  bool at_end_ = false;
};

}  // namespace dossier
