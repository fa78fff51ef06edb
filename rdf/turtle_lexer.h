// The tokens of Turtle 1.2 and TriG 1.2.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rdf/sliding_buffer.h"

namespace dossier {

enum class TurtleTokenKind : uint8_t {
  kEnd,
  kIri,             // `<...>`: `text` is what is between, unescaped.
  kPrefixedName,    // `prefix:local`: `text` is the prefix, `local` the rest, unescaped.
  kBlankNodeLabel,  // `_:label`: `text` is the label.
  kString,          // `text` is the value.
  kLanguage,  // `@en`, `@en--ltr`, and the directives `@prefix`, `@base`, `@version`: `text` is what follows the `@`.
  kInteger,   // `text` is the number as written, also for the next two.
  kDecimal,
  kDouble,
  kWord,  // `a`, `true`, `PREFIX` and the like.
  kDot,
  kSemicolon,
  kComma,
  kOpenBracket,       // [
  kCloseBracket,      // ]
  kOpenParenthesis,   // (
  kCloseParenthesis,  // )
  kOpenBrace,         // {
  kCloseBrace,        // }
  kDatatypeMark,      // ^^
  kTilde,             // ~
  kOpenReified,       // <<
  kCloseReified,      // >>
  kOpenTripleTerm,    // <<(
  kCloseTripleTerm,   // )>>
  kOpenAnnotation,    // {|
  kCloseAnnotation,   // |}
};

struct TurtleToken {
  TurtleTokenKind kind = TurtleTokenKind::kEnd;
  bool long_quotes = false;  // Of strings: in three quotes.
  std::string text;
  std::string local;
  DocumentPosition position;
};

// How a token is named in messages: `the prefixed name ex:a`, `"."`.
std::string DescribeToken(const TurtleToken& token);

class TurtleLexer {
 public:
  // `input` outlives the lexer; `source` is the name in diagnostics.
  TurtleLexer(Input* input, std::string source) : buffer_(input), source_(std::move(source)) {}

  // Reads the next token into `token`, whose strings are reused.
  absl::Status Next(TurtleToken* token);

  // An error with the position and the line for the user.
  absl::Status ErrorAt(const DocumentPosition& where, std::string message);

 private:
  absl::Status SkipBlanks();
  absl::Status NextFromAngle(TurtleToken* token);
  absl::Status NextPunctuation(TurtleToken* token, TurtleTokenKind kind, size_t length);
  absl::Status NextIri(TurtleToken* token);
  absl::Status NextString(TurtleToken* token, char quote);
  absl::Status NextLanguage(TurtleToken* token);
  absl::Status NextNumber(TurtleToken* token);
  absl::Status NextBlankNodeLabel(TurtleToken* token);
  absl::Status NextName(TurtleToken* token);
  absl::Status NextLocalName(TurtleToken* token);
  // Appends `\u` and `\U` escapes to `text`; the position is at the backslash.
  absl::Status TakeUnicodeEscape(bool in_iri, std::string* text);
  absl::Status TakeStringEscape(std::string* text);
  // The position is at a name character: appends it.
  void TakeCharacter(size_t length, std::string* text);
  // Appends the characters ahead that are `wanted`, as far as the window shows them; false when there are none.
  template <typename Predicate>
  bool TakeRun(Predicate wanted, std::string* text) {
    const absl::string_view window = buffer_.Window();
    size_t length = 0;
    while (length < window.size() && wanted(window[length])) ++length;
    text->append(window.data(), length);
    buffer_.Advance(length);
    return length > 0;
  }
  size_t CountDigits(size_t ahead);
  // The length of what is left of a prefix before its ":"; 0 when the name ahead is no prefix. The position is at a
  // dot.
  size_t RestOfPrefix();
  // How many dots are ahead, when a character that can go on a name follows them; else 0.
  size_t DotsInside(bool local_name);
  // ErrorAt, save that input which cannot be read looks like an end that comes too early: then that is the error.
  absl::Status Fail(const DocumentPosition& where, std::string message);
  absl::Status FailHere(std::string message) { return Fail(buffer_.position(), std::move(message)); }

  SlidingBuffer buffer_;
  const std::string source_;
};

}  // namespace dossier
