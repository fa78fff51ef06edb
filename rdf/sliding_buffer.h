// The window of a document that its lexer looks at: filled from an Input as the lexer goes on, checked to be UTF-8,
// with lines counted and the current line kept for messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "rdf/input.h"

namespace dossier {

// A place in the document.
struct DocumentPosition {
  uint64_t offset = 0;      // In bytes from the begin.
  uint64_t line_begin = 0;  // Offset of the line.
  size_t line = 1;          // 1-based.
};

class SlidingBuffer {
 public:
  static constexpr int kEnd = -1;

  // `input` outlives the buffer. Skips a byte order mark.
  explicit SlidingBuffer(Input* input);

  // The byte `ahead` of the position, as 0 to 255, or kEnd at the end of the input and where it cannot be read (see
  // status()).
  int Peek(size_t ahead = 0) {
    if (position_ + ahead < data_.size()) return static_cast<unsigned char>(data_[position_ + ahead]);
    return PeekBeyond(ahead);
  }
  // Goes on by `count` bytes, which Peek has shown already and which are no line ends.
  void Advance(size_t count = 1) { position_ += count; }
  // Goes on behind the "\n" at the position.
  void AdvanceLine() {
    ++position_;
    ++here_line_;
    line_begin_ = base_ + position_;
  }
  // The code point at the position, which is not kEnd, and its length in bytes.
  size_t PeekCodePoint(size_t ahead, char32_t* code_point);

  // What can be seen without reading more: a view that the next call of Peek may invalidate.
  absl::string_view Window() const { return absl::string_view(data_).substr(position_); }

  DocumentPosition position() const { return {base_ + position_, line_begin_, here_line_}; }

  // Why the input ended early: it could not be read, or is not UTF-8 from here on. OK otherwise.
  const absl::Status& status() const { return status_; }

  // The message for the user at `where`, with its line as far as it is still in the window.
  Diagnostic MakeDiagnosticAt(std::string message, const DocumentPosition& where, std::string source);

 private:
  int PeekBeyond(size_t ahead);
  void Fill();

  Input* const input_;
  std::string data_;       // UTF-8 that was checked.
  std::string unchecked_;  // The begin of a character whose end was not read yet.
  size_t position_ = 0;    // In data_.
  uint64_t base_ = 0;      // Offset of data_ in the document.
  uint64_t line_begin_ = 0;
  size_t here_line_ = 1;
  bool at_end_ = false;
  absl::Status status_;
};

}  // namespace dossier
