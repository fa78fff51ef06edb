// The one place where the SPARQL parser meets ANTLR: the generated lexer and parser, for the files of this folder only.
#pragma once

#include <SparqlLexer.h>
#include <SparqlParser.h>
#include <antlr4-runtime.h>

namespace dossier::sparql {

using dossier_grammar::SparqlLexer;
using dossier_grammar::SparqlParser;

}  // namespace dossier::sparql
