// The fast path for N-Triples and N-Quads: statements of a chunk of whole lines as views into the chunk, without making
// Terms. A loader cuts its input into chunks (LineChunks) and gives them to several threads, each with a LineParser of
// its own.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "rdf/quad.h"
#include "rdf/term.h"

namespace dossier {

// A term as it stands in the text, delimiters and all: `<http://a/>`, `_:b`, `"x"@en`, `<<( ... )>>`.
struct RawTerm {
  TermKind kind = TermKind::kIri;
  // `text` is the canonical N-Triples form of the term (rdf/ntriples_format.h), so it can be looked up as it is.
  bool canonical = false;
  absl::string_view text;
};

struct RawQuad {
  RawTerm subject;
  RawTerm predicate;
  RawTerm object;
  bool has_graph = false;
  RawTerm graph;
};

// Makes the term of a RawTerm that came from a LineParser; `blank_node_prefix` goes before blank node labels.
Term MakeTerm(const RawTerm& raw, absl::string_view blank_node_prefix);
Quad MakeQuad(const RawQuad& raw, absl::string_view blank_node_prefix);
// The components of a triple term that came from a LineParser.
RawQuad ComponentsOf(const RawTerm& triple_term);

class LineParser {
 public:
  enum class Result { kQuad, kError, kEnd };

  // `chunk` holds whole lines (the last may lack its line end) and outlives the parser and what it returns.
  // `with_graphs`: N-Quads. `first_line` is the number of the chunk's first line, for messages.
  LineParser(absl::string_view chunk, bool with_graphs, size_t first_line = 1);

  // The next statement. After kError, the parser stands behind the bad line and can go on.
  Result Next(RawQuad* quad);

  // The number of the line that the last result came from; after kEnd, of the line after the chunk.
  size_t line() const { return line_; }
  // After kError: what was wrong, where in the line (1-based, in code points), and the line.
  const std::string& reason() const { return reason_; }
  size_t column() const;
  absl::string_view line_text() const;

 private:
  friend RawQuad ComponentsOf(const RawTerm& triple_term);

  bool ParseStatement(RawQuad* quad);
  bool ParseVersion();
  bool ParseTriple(RawQuad* triple, int depth);
  bool ParseSubject(RawTerm* term);
  bool ParsePredicate(RawTerm* term);
  bool ParseObject(RawTerm* term, int depth);
  bool ParseIri(RawTerm* term);
  bool ParseBlankNode(RawTerm* term);
  bool ParseLiteral(RawTerm* term);
  bool ParseQuotedString(bool* canonical);
  bool ParseLanguage(bool* canonical);
  bool ParseDatatype(bool* canonical);
  bool ParseTripleTerm(RawTerm* term, int depth);
  bool ParseEscape(bool in_iri, bool* canonical);
  bool CheckUtf8(absl::string_view text);
  bool AtLineEnd() const { return position_ == end_ || *position_ == '\n' || *position_ == '\r'; }
  bool At(char c) const { return position_ != end_ && *position_ == c; }
  bool Accept(absl::string_view text);
  void SkipBlanks();
  bool ParseComment();
  void SkipLine();
  bool Fail(absl::string_view reason) { return FailAt(position_, reason); }
  bool FailAt(const char* position, absl::string_view reason);

  const bool with_graphs_;
  const char* position_;
  const char* const end_;
  const char* line_begin_;
  const char* failure_;
  size_t line_;
  size_t next_line_;
  std::string reason_;
};

}  // namespace dossier
