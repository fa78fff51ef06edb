// The tokens of TurtleLexer that are names: prefixed names, words, blank node labels.
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/characters.h"
#include "rdf/turtle_lexer.h"

namespace dossier {
namespace {

constexpr absl::string_view kLocalNameEscapes = "_~.-!$&'()*+,;=/?#@%";

bool IsAsciiNameCharacter(char c) {
  return static_cast<unsigned char>(c) < 0x80 && IsNameCharacter(static_cast<char32_t>(c));
}

}  // namespace

void TurtleLexer::TakeCharacter(size_t length, std::string* text) {
  absl::StrAppend(text, buffer_.Window().substr(0, length));
  buffer_.Advance(length);
}

size_t TurtleLexer::DotsInside(bool local_name) {
  size_t dots = 0;
  while (buffer_.Peek(dots) == '.') ++dots;
  const int next = buffer_.Peek(dots);
  if (next == SlidingBuffer::kEnd) return 0;
  if (local_name && (next == ':' || next == '%' || next == '\\')) return dots;
  char32_t c = 0;
  return buffer_.PeekCodePoint(dots, &c) > 0 && IsNameCharacter(c) ? dots : 0;
}

size_t TurtleLexer::RestOfPrefix() {
  size_t ahead = 0;
  char32_t before = 0;
  while (buffer_.Peek(ahead) != SlidingBuffer::kEnd) {
    char32_t c = 0;
    const size_t length = buffer_.PeekCodePoint(ahead, &c);
    if (c == ':') return before == '.' ? 0 : ahead;
    if (length == 0 || !(IsNameCharacter(c) || c == '.')) return 0;
    before = c;
    ahead += length;
  }
  return 0;
}

absl::Status TurtleLexer::NextBlankNodeLabel(TurtleToken* token) {
  token->kind = TurtleTokenKind::kBlankNodeLabel;
  buffer_.Advance(2);
  while (buffer_.Peek() != SlidingBuffer::kEnd) {
    if (buffer_.Peek() == '.' && !token->text.empty()) {
      const size_t dots = DotsInside(/*local_name=*/false);
      if (dots == 0) break;
      TakeCharacter(dots, &token->text);
      continue;
    }
    char32_t c = 0;
    const size_t length = buffer_.PeekCodePoint(0, &c);
    const bool allowed = token->text.empty() ? IsNameStart(c) || (c >= '0' && c <= '9') : IsNameCharacter(c);
    if (length == 0 || !allowed) break;
    TakeCharacter(length, &token->text);
  }
  return token->text.empty() ? FailHere("the blank node has no label") : absl::OkStatus();
}

absl::Status TurtleLexer::NextName(TurtleToken* token) {
  token->kind = TurtleTokenKind::kWord;
  while (buffer_.Peek() != SlidingBuffer::kEnd) {
    if (buffer_.Peek() == '.' && !token->text.empty()) {
      // Inside a prefix only; a word ends here.
      TakeCharacter(RestOfPrefix(), &token->text);
      break;
    }
    if (!token->text.empty()) TakeRun(IsAsciiNameCharacter, &token->text);
    if (buffer_.Peek() == '.') continue;
    char32_t c = 0;
    const size_t length = buffer_.Peek() == SlidingBuffer::kEnd ? 0 : buffer_.PeekCodePoint(0, &c);
    if (length == 0 || !(token->text.empty() ? IsNameStart(c) && c != '_' : IsNameCharacter(c))) break;
    TakeCharacter(length, &token->text);
  }
  if (buffer_.Peek() == ':') {
    buffer_.Advance();
    token->kind = TurtleTokenKind::kPrefixedName;
    return NextLocalName(token);
  }
  return token->text.empty() ? FailHere("this character is not expected here") : absl::OkStatus();
}

absl::Status TurtleLexer::NextLocalName(TurtleToken* token) {
  std::string* const local = &token->local;
  while (true) {
    const int byte = buffer_.Peek();
    if (byte == SlidingBuffer::kEnd) break;
    if (byte == '\\') {
      const int escaped = buffer_.Peek(1);
      if (escaped <= 0 || kLocalNameEscapes.find(static_cast<char>(escaped)) == absl::string_view::npos) {
        return FailHere("unknown escape in a name");
      }
      local->push_back(static_cast<char>(escaped));
      buffer_.Advance(2);
    } else if (byte == '%') {
      if (HexValue(AsChar(buffer_.Peek(1))) < 0 || HexValue(AsChar(buffer_.Peek(2))) < 0) {
        return FailHere("`%` needs two hexadecimal digits");
      }
      TakeCharacter(3, local);
    } else if (byte == '.') {
      const size_t dots = local->empty() ? 0 : DotsInside(/*local_name=*/true);
      if (dots == 0) break;
      TakeCharacter(dots, local);
    } else if (byte == ':') {
      TakeCharacter(1, local);
    } else {
      if (!local->empty() && TakeRun(IsAsciiNameCharacter, local)) continue;
      char32_t c = 0;
      const size_t length = buffer_.PeekCodePoint(0, &c);
      const bool allowed = local->empty() ? IsNameStart(c) || (c >= '0' && c <= '9') : IsNameCharacter(c);
      if (length == 0 || !allowed) break;
      TakeCharacter(length, local);
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
