// What the writers of solutions share: text that goes to the sink in large pieces, and looking for what needs escapes.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "query/result/solution_writer.h"

namespace dossier::solutions {

std::unique_ptr<SolutionWriter> MakeJsonWriter(TextSink sink);
std::unique_ptr<SolutionWriter> MakeXmlWriter(TextSink sink);
std::unique_ptr<SolutionWriter> MakeCsvWriter(TextSink sink);
std::unique_ptr<SolutionWriter> MakeTsvWriter(TextSink sink);
std::unique_ptr<SolutionWriter> MakeTableWriter(SolutionWriterOptions options, TextSink sink);

// Text on its way to the sink.
class PendingText {
 public:
  explicit PendingText(TextSink sink) : sink_(sink) { text_.reserve(kPieceBytes + kPieceBytes / 4); }

  std::string& text() { return text_; }

  // To be called after each row.
  absl::Status FlushIfLarge() { return text_.size() < kPieceBytes ? absl::OkStatus() : Flush(); }
  absl::Status Flush() {
    if (text_.empty()) return absl::OkStatus();
    absl::Status status = sink_(text_);
    text_.clear();
    return status;
  }

 private:
  static constexpr size_t kPieceBytes = size_t{64} << 10;

  const TextSink sink_;
  std::string text_;
};

// Bytes that cannot stand as they are.
using ByteSet = std::array<bool, 256>;

constexpr ByteSet MakeByteSet(absl::string_view bytes, bool controls) {
  ByteSet set{};
  for (const char byte : bytes) set[static_cast<unsigned char>(byte)] = true;
  for (size_t byte = 0; controls && byte < 0x20; ++byte) set[byte] = true;
  return set;
}

// How many bytes at the front of `text` are not in `set`.
inline size_t PlainRun(absl::string_view text, const ByteSet& set) {
  size_t length = 0;
  while (length < text.size() && !set[static_cast<unsigned char>(text[length])]) ++length;
  return length;
}

}  // namespace dossier::solutions
