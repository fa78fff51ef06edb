// The grammar of Turtle 1.2 and TriG 1.2 (https://www.w3.org/TR/rdf12-turtle/, https://www.w3.org/TR/rdf12-trig/), a
// function per rule.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rdf/reader.h"
#include "rdf/turtle_lexer.h"

namespace dossier {

class TurtleParser {
 public:
  // `input`, `options` and `sink` outlive the parser. `trig`: graphs are allowed.
  TurtleParser(Input* input, bool trig, const ReaderOptions& options, QuadSink sink);

  // Reads the whole document.
  absl::Status Parse();

 private:
  using Kind = TurtleTokenKind;

  // Counts one level of brackets, parentheses, annotations or triple terms for as long as it lives: a bound for the
  // stack.
  class Nesting {
   public:
    explicit Nesting(TurtleParser* parser) : depth_(&parser->depth_) { ++*depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ~Nesting() { --*depth_; }
    bool too_deep() const { return *depth_ > kDeepest; }

   private:
    static constexpr int kDeepest = 100;
    int* const depth_;
  };

  absl::Status ParseStatement();
  absl::StatusOr<bool> ParseDirective();
  absl::Status ParsePrefix();
  absl::Status ParseBase();
  absl::Status ParseVersion();
  absl::Status ParseGraphBlock();
  absl::Status ParseGraph(std::optional<Term> name);
  absl::Status ParseTriples(bool top_level);
  absl::Status ParsePredicateObjectList(const Term& subject);
  absl::Status ParseObjectList(const Term& subject, const Term& predicate);
  absl::Status ParseAnnotations(const Term& subject, const Term& predicate, const Term& object);
  absl::StatusOr<Term> ParseVerb();
  absl::StatusOr<Term> ParseObject();
  absl::StatusOr<Term> ParsePlainObject();
  absl::StatusOr<Term> ParseIri();
  absl::StatusOr<Term> ParseIriOrBlankNode(const char* expected);
  absl::StatusOr<Term> ParseLiteral();
  absl::StatusOr<Term> ParseCollection();
  absl::StatusOr<Term> ParseBracket();
  absl::StatusOr<Term> ParseReifiedTriple();
  absl::StatusOr<Term> ParseTripleTerm();
  absl::StatusOr<Term> ParseReifier();

  // Whether the token can begin a blank node or an IRI.
  bool AtIri() const { return token_.kind == Kind::kIri || token_.kind == Kind::kPrefixedName; }
  bool AtWord(absl::string_view keyword) const;
  absl::Status Advance() { return lexer_.Next(&token_); }
  absl::Status Expect(Kind kind, absl::string_view expected);
  absl::Status Unexpected(absl::string_view expected);
  absl::Status ErrorHere(std::string message) { return lexer_.ErrorAt(token_.position, std::move(message)); }
  absl::StatusOr<std::string> Resolve(const std::string& reference);
  absl::Status Emit(Term subject, Term predicate, Term object);
  Term FreshBlankNode();
  Term LabelledBlankNode(const std::string& label) const;

  TurtleLexer lexer_;
  const bool trig_;
  const ReaderOptions& options_;
  const QuadSink sink_;
  TurtleToken token_;
  std::string base_;
  absl::flat_hash_map<std::string, std::string> prefixes_;
  std::optional<Term> graph_;
  uint64_t blank_nodes_ = 0;
  int depth_ = 0;
  bool bracket_had_properties_ = false;  // Of the bracket that was closed last.
};

}  // namespace dossier
