#include "rdf/line_parser.h"

#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "rdf/characters.h"
#include "rdf/iri.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// Triple terms in triple terms; a bound for the stack.
constexpr int kDeepestTripleTerm = 100;

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// What stands for itself inside the quotes of a canonical literal.
constexpr std::array<bool, 256> MakeLiteralTable() {
  std::array<bool, 256> table{};
  for (unsigned c = 0x20; c < 0x7F; ++c) table[c] = c != '"' && c != '\\';
  return table;
}
constexpr std::array<bool, 256> kLiteralPlain = MakeLiteralTable();

absl::string_view Between(const char* begin, const char* end) { return {begin, static_cast<size_t>(end - begin)}; }

// U+FFFE and U+FFFF, which canonical text escapes.
bool HasNonCharacter(absl::string_view text) {
  return absl::StrContains(text, "\xEF\xBF\xBE") || absl::StrContains(text, "\xEF\xBF\xBF");
}

}  // namespace

LineParser::LineParser(absl::string_view chunk, bool with_graphs, size_t first_line)
    : with_graphs_(with_graphs),
      position_(chunk.data()),
      end_(chunk.data() + chunk.size()),
      line_begin_(position_),
      failure_(position_),
      line_(first_line),
      next_line_(first_line) {
  if (first_line == 1 && absl::StartsWith(chunk, "\xEF\xBB\xBF")) position_ += 3;  // A byte order mark.
}

LineParser::Result LineParser::Next(RawQuad* quad) {
  while (position_ != end_) {
    line_begin_ = position_;
    line_ = next_line_;
    SkipBlanks();
    const bool statement = !AtLineEnd() && *position_ != '#' && *position_ != 'V';
    const bool version = !AtLineEnd() && *position_ == 'V';
    const bool well_formed = (!version || ParseVersion()) && (!statement || ParseStatement(quad)) && ParseComment();
    SkipLine();
    if (!well_formed) return Result::kError;
    if (statement) return Result::kQuad;
  }
  line_ = next_line_;
  return Result::kEnd;
}

size_t LineParser::column() const { return 1 + CountCodePoints(Between(line_begin_, failure_)); }

absl::string_view LineParser::line_text() const {
  const char* end = line_begin_;
  while (end != end_ && *end != '\n' && *end != '\r') ++end;
  return Between(line_begin_, end);
}

bool LineParser::FailAt(const char* position, absl::string_view reason) {
  failure_ = position;
  reason_ = std::string(reason);
  return false;
}

void LineParser::SkipBlanks() {
  while (position_ != end_ && (*position_ == ' ' || *position_ == '\t')) ++position_;
}

// What may follow on a line.
bool LineParser::ParseComment() {
  SkipBlanks();
  if (AtLineEnd()) return true;
  if (*position_ != '#') return Fail("there is more on the line after the statement");
  const char* const begin = position_;
  while (!AtLineEnd()) ++position_;
  return CheckUtf8(Between(begin, position_));
}

void LineParser::SkipLine() {
  while (!AtLineEnd()) ++position_;
  if (position_ == end_) return;
  const bool carriage_return = *position_++ == '\r';
  if (carriage_return && At('\n')) ++position_;
  ++next_line_;
}

bool LineParser::Accept(absl::string_view text) {
  if (static_cast<size_t>(end_ - position_) < text.size() || std::memcmp(position_, text.data(), text.size()) != 0) {
    return false;
  }
  position_ += text.size();
  return true;
}

bool LineParser::ParseVersion() {
  if (!Accept("VERSION")) return Fail("expected a statement");
  SkipBlanks();
  if (AtLineEnd() || (*position_ != '"' && *position_ != '\'')) return Fail("expected the version in quotes");
  const char quote = *position_++;
  const char* const begin = position_;
  while (!AtLineEnd() && *position_ != quote) {
    if (*position_ == '\\') {
      bool canonical = true;
      if (!ParseEscape(/*in_iri=*/false, &canonical)) return false;
    } else {
      ++position_;
    }
  }
  if (!CheckUtf8(Between(begin, position_))) return false;
  if (AtLineEnd()) return Fail("the version is not closed by a quote");
  ++position_;
  return true;
}

bool LineParser::ParseStatement(RawQuad* quad) {
  if (!ParseTriple(quad, 0)) return false;
  quad->has_graph = false;
  SkipBlanks();
  if (!At('.') && with_graphs_ && !AtLineEnd()) {
    if (!At('<') && !At('_')) return Fail("expected a graph name or `.`");
    if (!ParseSubject(&quad->graph)) return false;
    quad->has_graph = true;
    SkipBlanks();
  }
  if (!At('.')) return Fail("expected `.` at the end of the statement");
  ++position_;
  return true;
}

bool LineParser::ParseTriple(RawQuad* triple, int depth) {
  if (!ParseSubject(&triple->subject)) return false;
  SkipBlanks();
  if (!ParsePredicate(&triple->predicate)) return false;
  SkipBlanks();
  return ParseObject(&triple->object, depth);
}

bool LineParser::ParseSubject(RawTerm* term) {
  if (At('<') && !(position_ + 1 != end_ && position_[1] == '<')) return ParseIri(term);
  if (At('_')) return ParseBlankNode(term);
  if (At('<')) return Fail("a triple term can only be an object");
  return Fail(At('"') ? "a literal can only be an object" : "expected an IRI in <> or a blank node");
}

bool LineParser::ParsePredicate(RawTerm* term) {
  if (At('<') && !(position_ + 1 != end_ && position_[1] == '<')) return ParseIri(term);
  return Fail("expected the predicate, an IRI in <>");
}

bool LineParser::ParseObject(RawTerm* term, int depth) {
  if (At('"')) return ParseLiteral(term);
  if (At('_')) return ParseBlankNode(term);
  if (!At('<')) return Fail("expected an IRI in <>, a blank node, a literal or a triple term");
  if (position_ + 1 != end_ && position_[1] == '<') return ParseTripleTerm(term, depth);
  return ParseIri(term);
}

bool LineParser::ParseIri(RawTerm* term) {
  const char* const begin = position_++;
  bool canonical = true;
  bool ascii = true;
  while (true) {
    while (position_ != end_ && IsIriPlain(*position_)) ++position_;
    if (position_ == end_) return FailAt(begin, "the IRI is not closed by `>`");
    if (*position_ == '>') break;
    if (*position_ == '\\') {
      canonical = false;
      if (!ParseEscape(/*in_iri=*/true, &canonical)) return false;
    } else if (!IsAscii(*position_)) {
      ascii = false;
      ++position_;
    } else {
      return Fail(AtLineEnd() ? "the IRI is not closed by `>`" : "this character is not allowed in an IRI");
    }
  }
  ++position_;
  term->kind = TermKind::kIri;
  term->canonical = canonical;
  term->text = Between(begin, position_);
  if (!ascii && !CheckUtf8(term->text)) return false;
  const bool absolute =
      canonical ? IsAbsoluteIri(Between(begin + 1, position_ - 1)) : IsAbsoluteIri(MakeTerm(*term, "").value());
  return absolute || FailAt(begin, "the IRI is relative: it has no scheme such as `http:`");
}

bool LineParser::ParseBlankNode(RawTerm* term) {
  const char* const begin = position_;
  if (!Accept("_:")) return Fail("expected a blank node such as `_:b1`");
  const char* label_end = position_;
  while (position_ != end_) {
    char32_t c = 0;
    const size_t length = DecodeUtf8(position_, end_, &c);
    if (length == 0) return Fail("this is not UTF-8");
    const bool first = position_ == begin + 2;
    const bool allowed = first ? IsNameStart(c) || (c >= '0' && c <= '9') : IsNameCharacter(c) || c == '.';
    if (!allowed) break;
    position_ += length;
    if (c != '.') label_end = position_;
  }
  position_ = label_end;  // Dots at the end belong to the statement.
  if (label_end == begin + 2) return Fail("the blank node has no label");
  term->kind = TermKind::kBlankNode;
  term->canonical = true;
  term->text = Between(begin, position_);
  return true;
}

bool LineParser::ParseLiteral(RawTerm* term) {
  const char* const begin = position_;
  bool canonical = true;
  if (!ParseQuotedString(&canonical)) return false;
  const char* const string_end = position_;
  SkipBlanks();
  if (At('@') || At('^')) {
    if (position_ != string_end) canonical = false;
    if (At('@') ? !ParseLanguage(&canonical) : !ParseDatatype(&canonical)) return false;
  } else {
    position_ = string_end;
  }
  term->kind = TermKind::kLiteral;
  term->canonical = canonical;
  term->text = Between(begin, position_);
  return true;
}

bool LineParser::ParseQuotedString(bool* canonical) {
  const char* const begin = position_++;
  bool ascii = true;
  while (true) {
    while (position_ != end_ && kLiteralPlain[static_cast<unsigned char>(*position_)]) ++position_;
    if (AtLineEnd()) return FailAt(begin, "the literal is not closed by a quote on its line");
    const char c = *position_;
    if (c == '"') break;
    if (c == '\\') {
      if (!ParseEscape(/*in_iri=*/false, canonical)) return false;
      continue;
    }
    if (IsAscii(c)) {
      *canonical = false;  // A control character, which canonical text escapes.
    } else {
      ascii = false;
    }
    ++position_;
  }
  ++position_;
  if (ascii) return true;
  const absl::string_view text = Between(begin, position_);
  if (HasNonCharacter(text)) *canonical = false;
  return CheckUtf8(text);
}

bool LineParser::ParseLanguage(bool* canonical) {
  const char* const begin = position_++;
  size_t subtag = 0;
  for (bool first = true;; first = false) {
    subtag = 0;
    while (position_ != end_ && (IsLetter(*position_) || (!first && IsDigit(*position_)))) {
      if (absl::ascii_isupper(*position_)) *canonical = false;
      ++position_;
      ++subtag;
    }
    if (subtag == 0 || subtag > 8) return FailAt(begin, "the language tag needs parts of one to eight letters");
    if (!At('-')) return true;
    if (Accept("--")) break;
    ++position_;
  }
  if (!Accept("ltr") && !Accept("rtl")) return Fail("expected the direction `ltr` or `rtl`");
  if (position_ != end_ && (IsLetter(*position_) || IsDigit(*position_) || *position_ == '-')) {
    return Fail("expected the direction `ltr` or `rtl`");
  }
  return true;
}

bool LineParser::ParseDatatype(bool* canonical) {
  const char* const begin = position_;
  if (!Accept("^^")) return Fail("expected `^^` and a datatype");
  const char* const carets_end = position_;
  SkipBlanks();
  if (position_ != carets_end) *canonical = false;
  if (!At('<')) return Fail("expected the datatype, an IRI in <>");
  RawTerm datatype;
  if (!ParseIri(&datatype)) return false;
  const std::string unescaped = datatype.canonical ? std::string() : MakeTerm(datatype, "").value();
  const absl::string_view iri =
      datatype.canonical ? datatype.text.substr(1, datatype.text.size() - 2) : absl::string_view(unescaped);
  if (iri == rdf::kLangString || iri == rdf::kDirLangString) {
    return FailAt(begin, "a literal of this datatype is written with a language tag");
  }
  if (!datatype.canonical || iri == xsd::kString) *canonical = false;
  return true;
}

bool LineParser::ParseTripleTerm(RawTerm* term, int depth) {
  const char* const begin = position_;
  if (depth >= kDeepestTripleTerm) return Fail("triple terms are nested too deeply");
  if (!Accept("<<(")) return Fail("expected a triple term in <<( )>>");
  SkipBlanks();
  RawQuad triple;
  if (!ParseTriple(&triple, depth + 1)) return false;
  SkipBlanks();
  if (!Accept(")>>")) return Fail("expected `)>>` at the end of the triple term");
  term->kind = TermKind::kTripleTerm;
  term->text = Between(begin, position_);
  const auto one_blank_between = [](const char* left_end, const char* right) {
    return right == left_end + 1 && *left_end == ' ';
  };
  const absl::string_view subject = triple.subject.text;
  const absl::string_view predicate = triple.predicate.text;
  const absl::string_view object = triple.object.text;
  term->canonical = triple.subject.canonical && triple.predicate.canonical && triple.object.canonical &&
                    one_blank_between(begin + 3, subject.data()) &&
                    one_blank_between(subject.data() + subject.size(), predicate.data()) &&
                    one_blank_between(predicate.data() + predicate.size(), object.data()) &&
                    one_blank_between(object.data() + object.size(), position_ - 3);
  return true;
}

bool LineParser::ParseEscape(bool in_iri, bool* canonical) {
  const char* const begin = position_++;
  if (AtLineEnd()) return FailAt(begin, "`\\` escapes nothing");
  const char kind = *position_++;
  if (kind != 'u' && kind != 'U') {
    if (in_iri || std::strchr("tbnrf\"'\\", kind) == nullptr || kind == '\0') return FailAt(begin, "unknown escape");
    if (kind == '\'') *canonical = false;
    return true;
  }
  *canonical = false;
  uint32_t code_point = 0;
  for (int digits = kind == 'u' ? 4 : 8; digits > 0; --digits, ++position_) {
    const int value = position_ == end_ ? -1 : HexValue(*position_);
    if (value < 0) return FailAt(begin, "`\\u` needs four hexadecimal digits, `\\U` eight");
    code_point = code_point << 4U | static_cast<uint32_t>(value);
  }
  if (!IsScalarValue(code_point)) return FailAt(begin, "the escape is no Unicode character");
  if (in_iri && code_point < 0x80 && !IsIriPlain(static_cast<char>(code_point))) {
    return FailAt(begin, "this character is not allowed in an IRI");
  }
  return true;
}

bool LineParser::CheckUtf8(absl::string_view text) {
  const size_t invalid = FindInvalidUtf8(text);
  return invalid == absl::string_view::npos || FailAt(text.data() + invalid, "this is not UTF-8");
}

}  // namespace dossier
