// Triple terms of patterns: <<( s p o )>> whose parts may be variables.
#pragma once

#include <optional>

#include "query/algebra/node.h"
#include "query/sparql/ast_term.h"
#include "query/sparql/name_scope.h"

namespace dossier::sparql {

// The term, when it has no variables and no blank nodes and RDF allows it.
std::optional<Term> ConstantTerm(const ast::PatternTerm& term);

// The solutions of `input` whose `triple`, which it binds, has the form of `pattern`, with the variables of the pattern
// bound to its parts. For triples that come from anywhere.
// REQUIRES: pattern.is_triple_term().
algebra::NodePtr MatchTripleTerm(algebra::NodePtr input, algebra::Variable triple, const ast::PatternTerm& pattern,
                                 NameScope* scope);

}  // namespace dossier::sparql
