#include "rdf/turtle_lexer.h"

#include <cstring>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "rdf/characters.h"

namespace dossier {
namespace {

bool IsStringPlain(char c) { return c != '"' && c != '\'' && c != '\\' && c != '\n' && c != '\r'; }

absl::string_view PunctuationText(TurtleTokenKind kind) {
  switch (kind) {
    case TurtleTokenKind::kDot: return ".";
    case TurtleTokenKind::kSemicolon: return ";";
    case TurtleTokenKind::kComma: return ",";
    case TurtleTokenKind::kOpenBracket: return "[";
    case TurtleTokenKind::kCloseBracket: return "]";
    case TurtleTokenKind::kOpenParenthesis: return "(";
    case TurtleTokenKind::kCloseParenthesis: return ")";
    case TurtleTokenKind::kOpenBrace: return "{";
    case TurtleTokenKind::kCloseBrace: return "}";
    case TurtleTokenKind::kDatatypeMark: return "^^";
    case TurtleTokenKind::kTilde: return "~";
    case TurtleTokenKind::kOpenReified: return "<<";
    case TurtleTokenKind::kCloseReified: return ">>";
    case TurtleTokenKind::kOpenTripleTerm: return "<<(";
    case TurtleTokenKind::kCloseTripleTerm: return ")>>";
    case TurtleTokenKind::kOpenAnnotation: return "{|";
    case TurtleTokenKind::kCloseAnnotation: return "|}";
    default: return "";
  }
}

}  // namespace

std::string DescribeToken(const TurtleToken& token) {
  switch (token.kind) {
    case TurtleTokenKind::kEnd: return "the end of the file";
    case TurtleTokenKind::kIri: return absl::StrCat("<", token.text, ">");
    case TurtleTokenKind::kPrefixedName: return absl::StrCat("`", token.text, ":", token.local, "`");
    case TurtleTokenKind::kBlankNodeLabel: return absl::StrCat("`_:", token.text, "`");
    case TurtleTokenKind::kString: return "a string";
    case TurtleTokenKind::kLanguage: return absl::StrCat("`@", token.text, "`");
    case TurtleTokenKind::kInteger:
    case TurtleTokenKind::kDecimal:
    case TurtleTokenKind::kDouble: return absl::StrCat("the number ", token.text);
    case TurtleTokenKind::kWord: return absl::StrCat("`", token.text, "`");
    default: return absl::StrCat("`", PunctuationText(token.kind), "`");
  }
}

absl::Status TurtleLexer::ErrorAt(const DocumentPosition& where, std::string message) {
  return DiagnosticError(buffer_.MakeDiagnosticAt(std::move(message), where, source_));
}

absl::Status TurtleLexer::Fail(const DocumentPosition& where, std::string message) {
  if (buffer_.Peek() != SlidingBuffer::kEnd || buffer_.status().ok()) return ErrorAt(where, std::move(message));
  if (buffer_.status().code() != absl::StatusCode::kInvalidArgument) return buffer_.status();
  return ErrorAt(buffer_.position(), std::string(buffer_.status().message()));
}

absl::Status TurtleLexer::SkipBlanks() {
  while (true) {
    switch (buffer_.Peek()) {
      case ' ':
      case '\t':
      case '\r': buffer_.Advance(); break;
      case '\n': buffer_.AdvanceLine(); break;
      case '#':
        for (int c = buffer_.Peek(); c != '\n' && c != '\r' && c != SlidingBuffer::kEnd; c = buffer_.Peek()) {
          buffer_.Advance();
        }
        break;
      default: return absl::OkStatus();
    }
  }
}

absl::Status TurtleLexer::Next(TurtleToken* token) {
  DOSSIER_RETURN_IF_ERROR(SkipBlanks());
  token->text.clear();
  token->local.clear();
  token->position = buffer_.position();
  const int c = buffer_.Peek();
  switch (c) {
    case SlidingBuffer::kEnd:
      if (!buffer_.status().ok()) return FailHere("");
      token->kind = TurtleTokenKind::kEnd;
      return absl::OkStatus();
    case '<': return NextFromAngle(token);
    case '>':
      if (buffer_.Peek(1) == '>') return NextPunctuation(token, TurtleTokenKind::kCloseReified, 2);
      return FailHere("unexpected `>`");
    case '"':
    case '\'': return NextString(token, static_cast<char>(c));
    case '@': return NextLanguage(token);
    case '.':
      if (IsDigit(AsChar(buffer_.Peek(1)))) return NextNumber(token);
      return NextPunctuation(token, TurtleTokenKind::kDot, 1);
    case ';': return NextPunctuation(token, TurtleTokenKind::kSemicolon, 1);
    case ',': return NextPunctuation(token, TurtleTokenKind::kComma, 1);
    case '[': return NextPunctuation(token, TurtleTokenKind::kOpenBracket, 1);
    case ']': return NextPunctuation(token, TurtleTokenKind::kCloseBracket, 1);
    case '(': return NextPunctuation(token, TurtleTokenKind::kOpenParenthesis, 1);
    case ')':
      if (buffer_.Peek(1) == '>' && buffer_.Peek(2) == '>') {
        return NextPunctuation(token, TurtleTokenKind::kCloseTripleTerm, 3);
      }
      return NextPunctuation(token, TurtleTokenKind::kCloseParenthesis, 1);
    case '{':
      if (buffer_.Peek(1) == '|') return NextPunctuation(token, TurtleTokenKind::kOpenAnnotation, 2);
      return NextPunctuation(token, TurtleTokenKind::kOpenBrace, 1);
    case '}': return NextPunctuation(token, TurtleTokenKind::kCloseBrace, 1);
    case '|':
      if (buffer_.Peek(1) == '}') return NextPunctuation(token, TurtleTokenKind::kCloseAnnotation, 2);
      return FailHere("unexpected `|`");
    case '^':
      if (buffer_.Peek(1) == '^') return NextPunctuation(token, TurtleTokenKind::kDatatypeMark, 2);
      return FailHere("unexpected `^`");
    case '~': return NextPunctuation(token, TurtleTokenKind::kTilde, 1);
    case '_':
      if (buffer_.Peek(1) == ':') return NextBlankNodeLabel(token);
      return FailHere("expected `:` after `_`");
    default: break;
  }
  if (IsDigit(AsChar(c)) || c == '+' || c == '-') return NextNumber(token);
  return NextName(token);
}

absl::Status TurtleLexer::NextPunctuation(TurtleToken* token, TurtleTokenKind kind, size_t length) {
  token->kind = kind;
  buffer_.Advance(length);
  return absl::OkStatus();
}

absl::Status TurtleLexer::NextFromAngle(TurtleToken* token) {
  if (buffer_.Peek(1) != '<') return NextIri(token);
  if (buffer_.Peek(2) == '(') return NextPunctuation(token, TurtleTokenKind::kOpenTripleTerm, 3);
  return NextPunctuation(token, TurtleTokenKind::kOpenReified, 2);
}

absl::Status TurtleLexer::NextIri(TurtleToken* token) {
  token->kind = TurtleTokenKind::kIri;
  buffer_.Advance();
  while (true) {
    TakeRun([](char c) { return IsIriPlain(c) || static_cast<unsigned char>(c) >= 0x80; }, &token->text);
    const int c = buffer_.Peek();
    if (IsIriPlain(AsChar(c)) || c >= 0x80) continue;  // At the end of the window; there is more now.
    if (c == '>') {
      buffer_.Advance();
      return absl::OkStatus();
    } else if (c == '\\') {
      DOSSIER_RETURN_IF_ERROR(TakeUnicodeEscape(/*in_iri=*/true, &token->text));
    } else if (c == SlidingBuffer::kEnd || c == '\n' || c == '\r') {
      return Fail(token->position, "the IRI is not closed by `>`");
    } else {
      return FailHere("this character is not allowed in an IRI");
    }
  }
}

absl::Status TurtleLexer::NextString(TurtleToken* token, char quote) {
  token->kind = TurtleTokenKind::kString;
  token->long_quotes = buffer_.Peek(1) == quote && buffer_.Peek(2) == quote;
  if (!token->long_quotes && buffer_.Peek(1) == quote) {
    buffer_.Advance(2);
    return absl::OkStatus();
  }
  buffer_.Advance(token->long_quotes ? 3 : 1);
  while (true) {
    const int c = buffer_.Peek();
    if (c == quote && (!token->long_quotes || (buffer_.Peek(1) == quote && buffer_.Peek(2) == quote))) {
      buffer_.Advance(token->long_quotes ? 3 : 1);
      return absl::OkStatus();
    }
    if (c == SlidingBuffer::kEnd) return Fail(token->position, "the string is not closed");
    if (TakeRun(IsStringPlain, &token->text)) continue;
    if (c == '\\') {
      DOSSIER_RETURN_IF_ERROR(TakeStringEscape(&token->text));
      continue;
    }
    if ((c == '\n' || c == '\r') && !token->long_quotes) {
      return Fail(token->position, "the string is not closed on its line; longer ones go in three quotes");
    }
    token->text.push_back(static_cast<char>(c));
    if (c == '\n') {
      buffer_.AdvanceLine();
    } else {
      buffer_.Advance();
    }
  }
}

absl::Status TurtleLexer::TakeStringEscape(std::string* text) {
  const int kind = buffer_.Peek(1);
  if (kind == 'u' || kind == 'U') return TakeUnicodeEscape(/*in_iri=*/false, text);
  switch (kind) {
    case 't': text->push_back('\t'); break;
    case 'b': text->push_back('\b'); break;
    case 'n': text->push_back('\n'); break;
    case 'r': text->push_back('\r'); break;
    case 'f': text->push_back('\f'); break;
    case '"':
    case '\'':
    case '\\': text->push_back(static_cast<char>(kind)); break;
    default: return FailHere("unknown escape");
  }
  buffer_.Advance(2);
  return absl::OkStatus();
}

absl::Status TurtleLexer::TakeUnicodeEscape(bool in_iri, std::string* text) {
  const int kind = buffer_.Peek(1);
  if (kind != 'u' && kind != 'U') return FailHere("unknown escape");
  const size_t digits = kind == 'u' ? 4 : 8;
  uint32_t code_point = 0;
  for (size_t i = 0; i < digits; ++i) {
    const int value = HexValue(AsChar(buffer_.Peek(2 + i)));
    if (value < 0) return FailHere("`\\u` needs four hexadecimal digits, `\\U` eight");
    code_point = code_point << 4U | static_cast<uint32_t>(value);
  }
  if (!IsScalarValue(code_point)) return FailHere("the escape is no Unicode character");
  if (in_iri && code_point < 0x80 && !IsIriPlain(static_cast<char>(code_point))) {
    return FailHere("this character is not allowed in an IRI");
  }
  AppendUtf8(code_point, text);
  buffer_.Advance(2 + digits);
  return absl::OkStatus();
}

absl::Status TurtleLexer::NextLanguage(TurtleToken* token) {
  token->kind = TurtleTokenKind::kLanguage;
  buffer_.Advance();
  const auto take_part = [&](bool digits) {
    size_t length = 0;
    for (char c = AsChar(buffer_.Peek()); IsLetter(c) || (digits && IsDigit(c)); c = AsChar(buffer_.Peek())) {
      token->text.push_back(c);
      buffer_.Advance();
      ++length;
    }
    return length;
  };
  bool valid = take_part(/*digits=*/false) > 0;
  while (valid && buffer_.Peek() == '-') {
    const bool direction = buffer_.Peek(1) == '-';
    token->text.append(direction ? "--" : "-");
    buffer_.Advance(direction ? 2 : 1);
    valid = take_part(/*digits=*/!direction) > 0;
  }
  return valid ? absl::OkStatus() : Fail(token->position, "expected a language tag such as `@en` after `@`");
}

size_t TurtleLexer::CountDigits(size_t ahead) {
  size_t count = 0;
  while (IsDigit(AsChar(buffer_.Peek(ahead + count)))) ++count;
  return count;
}

absl::Status TurtleLexer::NextNumber(TurtleToken* token) {
  token->kind = TurtleTokenKind::kInteger;
  const int first = buffer_.Peek();
  size_t length = first == '+' || first == '-' ? 1 : 0;
  const size_t whole = CountDigits(length);
  length += whole;
  size_t fraction = 0;
  const auto exponent_at = [this](size_t ahead) -> size_t {
    const int e = buffer_.Peek(ahead);
    if (e != 'e' && e != 'E') return 0;
    const int sign = buffer_.Peek(ahead + 1);
    const size_t before = sign == '+' || sign == '-' ? 2 : 1;
    const size_t digits = CountDigits(ahead + before);
    return digits == 0 ? 0 : before + digits;
  };
  if (buffer_.Peek(length) == '.') {
    fraction = CountDigits(length + 1);
    // "1." is an integer and the end of a statement, unless an exponent follows: "1.e5".
    if (fraction > 0 || (whole > 0 && exponent_at(length + 1) > 0)) {
      length += 1 + fraction;
      token->kind = TurtleTokenKind::kDecimal;
    }
  }
  if (whole == 0 && fraction == 0) return FailHere("expected a number");
  if (const size_t exponent = exponent_at(length); exponent > 0) {
    length += exponent;
    token->kind = TurtleTokenKind::kDouble;
  }
  buffer_.Peek(length);
  absl::StrAppend(&token->text, buffer_.Window().substr(0, length));
  buffer_.Advance(length);
  return absl::OkStatus();
}

}  // namespace dossier
