#include "rdf/sliding_buffer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "base/utf8.h"
#include "rdf/characters.h"

namespace dossier {
namespace {

constexpr size_t kChunk = 64 * 1024;
// How much is kept behind the position for messages.
constexpr size_t kKept = 4 * 1024;
// How much of a line is shown before the error, and how much after it.
constexpr size_t kShown = 400;

// The length of the character at the end of `text` that was cut off: 0 to 3.
size_t CutOffTail(absl::string_view text) {
  for (size_t length = 1; length <= 3 && length <= text.size(); ++length) {
    const auto byte = static_cast<unsigned char>(text[text.size() - length]);
    if (byte < 0x80) return 0;
    if (byte >= 0xC0) {
      const size_t needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
      return needed > length ? length : 0;
    }
  }
  return 0;
}

}  // namespace

SlidingBuffer::SlidingBuffer(Input* input) : input_(input) {
  Peek(2);
  if (absl::StartsWith(data_, "\xEF\xBB\xBF")) {
    position_ = 3;
    line_begin_ = 3;
  }
}

int SlidingBuffer::PeekBeyond(size_t ahead) {
  while (position_ + ahead >= data_.size()) {
    if (at_end_) return kEnd;
    Fill();
  }
  return static_cast<unsigned char>(data_[position_ + ahead]);
}

void SlidingBuffer::Fill() {
  const size_t gone = position_ - std::min(position_, kKept);
  data_.erase(0, gone);
  base_ += gone;
  position_ -= gone;

  const size_t checked = data_.size();
  data_.append(unchecked_);
  const size_t before = data_.size();
  data_.resize(before + kChunk);
  const absl::StatusOr<size_t> count = input_->Read(absl::MakeSpan(data_.data() + before, kChunk));
  data_.resize(before + count.value_or(0));
  if (!count.ok()) status_ = count.status();
  at_end_ = count.value_or(0) == 0;

  const size_t tail = at_end_ ? 0 : CutOffTail(absl::string_view(data_).substr(checked));
  unchecked_ = data_.substr(data_.size() - tail);
  data_.resize(data_.size() - tail);
  const size_t invalid = FindInvalidUtf8(absl::string_view(data_).substr(checked));
  if (invalid != absl::string_view::npos) {
    data_.resize(checked + invalid);
    at_end_ = true;
    status_ = absl::InvalidArgumentError("this is not UTF-8");
  }
}

size_t SlidingBuffer::PeekCodePoint(size_t ahead, char32_t* code_point) {
  Peek(ahead + 3);  // Characters are never cut, but make sure that this one is there.
  const char* const begin = data_.data() + position_ + ahead;
  return DecodeUtf8(begin, data_.data() + data_.size(), code_point);
}

Diagnostic SlidingBuffer::MakeDiagnosticAt(std::string message, const DocumentPosition& where, std::string source) {
  Diagnostic diagnostic;
  diagnostic.message = std::move(message);
  diagnostic.source = std::move(source);
  diagnostic.line = where.line;
  const auto column_bytes = static_cast<size_t>(where.offset - where.line_begin);
  diagnostic.column = 1 + column_bytes;
  // The same answer whether older text is still there or not.
  if (column_bytes > kShown || where.line_begin + kKept < base_ + position_) return diagnostic;
  Peek(kShown + static_cast<size_t>(where.offset - std::min(where.offset, base_ + position_)));
  const absl::string_view text = absl::string_view(data_).substr(static_cast<size_t>(where.line_begin - base_));
  absl::string_view line = text.substr(0, std::min(text.find('\n'), column_bytes + kShown));
  line.remove_suffix(CutOffTail(line));
  if (absl::EndsWith(line, "\r")) line.remove_suffix(1);
  diagnostic.column = 1 + CountCodePoints(text.substr(0, column_bytes));
  diagnostic.line_text = std::string(line);
  return diagnostic;
}

}  // namespace dossier
