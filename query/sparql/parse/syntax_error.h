// What is wrong where the parser could not go on, in the words of those who write SPARQL.
#pragma once

#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/problem.h"
#include "query/sparql/parse/source_text.h"

namespace dossier::sparql {

// The problem that `parser` has just met at `token`. REQUIRES: all tokens have been read.
Problem DescribeSyntaxError(SparqlParser* parser, antlr4::Token* token, const SourceText& source);

}  // namespace dossier::sparql
