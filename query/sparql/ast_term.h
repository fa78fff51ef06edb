// The leaves of SPARQL's tree (query/sparql/ast.h): variables, IRIs, and terms, triples and paths with variables in
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "rdf/term.h"

namespace dossier::sparql::ast {

struct Variable {
  std::string name;  // Without "?" or "$".
  SourceSpan span;
};

struct Iri {
  std::string iri;  // Absolute.
  SourceSpan span;
};

// What may stand in a place of a triple pattern or of a template.
struct PatternTerm {
  enum class Kind : uint8_t {
    kVariable,
    kTerm,        // An IRI or a literal.
    kBlankNode,   // In a pattern: a variable that no one sees. Where blank nodes are made: a new one.
    kTripleTerm,  // <<( s p o )>> whose parts may be any of these again.
  };

  Kind kind = Kind::kTerm;
  Term term;  // kTerm.
  // kVariable: the name. kBlankNode: the label, or for one without a label a name that begins with a dot, which no
  // label does. The same name in two basic graph patterns does not occur; in a pattern and in a template it means two
  // things.
  std::string name;
  // kTripleTerm: subject, predicate, object. Literals and triple terms as subjects are allowed, here and in patterns
  // and templates, though no data has them.
  std::vector<PatternTerm> triple;
  SourceSpan span;

  bool is_variable() const { return kind == Kind::kVariable; }
  bool is_term() const { return kind == Kind::kTerm; }
  bool is_blank_node() const { return kind == Kind::kBlankNode; }
  bool is_triple_term() const { return kind == Kind::kTripleTerm; }
};

// A property path (SPARQL section 9).
struct Path {
  enum class Kind : uint8_t {
    kLink,         // An IRI.
    kInverse,      // ^p
    kSequence,     // p / q / ...
    kAlternative,  // p | q | ...
    kZeroOrMore,   // p*
    kOneOrMore,    // p+
    kZeroOrOne,    // p?
    kNegatedSet,   // !(p | ^q | ...): its operands are links and inverses of links.
  };

  Kind kind = Kind::kLink;
  Term link;                   // kLink.
  std::vector<Path> operands;  // Others: one, or for sequences and alternatives two or more, or any number in a set.
  SourceSpan span;
};

struct TriplePattern {
  PatternTerm subject;
  PatternTerm predicate;     // A variable or an IRI; unused when there is a path.
  std::optional<Path> path;  // Any path but a single IRI.
  PatternTerm object;
  SourceSpan span;
};

// A triple of a template: no paths.
struct TemplateTriple {
  PatternTerm subject;
  PatternTerm predicate;
  PatternTerm object;
  SourceSpan span;
};

}  // namespace dossier::sparql::ast
