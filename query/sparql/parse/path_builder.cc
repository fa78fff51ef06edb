#include "query/sparql/parse/path_builder.h"

#include <string>
#include <utility>
#include <vector>

#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using ast::Path;

Path MakePath(Path::Kind kind, std::vector<Path> operands, SourceSpan span) {
  Path path;
  path.kind = kind;
  path.operands = std::move(operands);
  path.span = span;
  return path;
}

Path Of(Path::Kind kind, Path operand, SourceSpan span) {
  std::vector<Path> operands;
  operands.push_back(std::move(operand));
  return MakePath(kind, std::move(operands), span);
}

// An IRI, or `a` when there is none.
Path BuildLink(SparqlParser::IriContext* iri, SourceSpan span, TermBuilder* terms) {
  Path path;
  path.link = Term::Iri(iri != nullptr ? terms->BuildIri(iri).iri : std::string(rdf::kType));
  path.span = span;
  return path;
}

Path BuildOneInSet(SparqlParser::PathOneInSetContext* context, TermBuilder* terms) {
  const SourceSpan span = terms->SpanOf(context);
  Path link = BuildLink(context->iri(), span, terms);
  return context->CARET() != nullptr ? Of(Path::Kind::kInverse, std::move(link), span) : link;
}

Path BuildPrimary(SparqlParser::PathPrimaryContext* context, TermBuilder* terms) {
  const SourceSpan span = terms->SpanOf(context);
  if (context->path() != nullptr) return BuildPath(context->path(), terms);
  if (context->BANG() == nullptr) return BuildLink(context->iri(), span, terms);
  std::vector<Path> links;
  if (context->pathOneInSet() != nullptr) {
    links.push_back(BuildOneInSet(context->pathOneInSet(), terms));
  } else {
    for (auto* link : context->pathSet()->pathOneInSet()) links.push_back(BuildOneInSet(link, terms));
  }
  return MakePath(Path::Kind::kNegatedSet, std::move(links), span);
}

Path BuildStep(SparqlParser::PathStepContext* context, TermBuilder* terms) {
  const SourceSpan span = terms->SpanOf(context);
  Path path = BuildPrimary(context->pathPrimary(), terms);
  if (context->STAR() != nullptr) path = Of(Path::Kind::kZeroOrMore, std::move(path), span);
  if (context->PLUS_SIGN() != nullptr) path = Of(Path::Kind::kOneOrMore, std::move(path), span);
  if (context->QUESTION() != nullptr) path = Of(Path::Kind::kZeroOrOne, std::move(path), span);
  return context->CARET() != nullptr ? Of(Path::Kind::kInverse, std::move(path), span) : path;
}

Path BuildSequence(SparqlParser::PathSequenceContext* context, TermBuilder* terms) {
  std::vector<Path> steps;
  for (auto* step : context->pathStep()) steps.push_back(BuildStep(step, terms));
  if (steps.size() == 1) return std::move(steps.front());
  return MakePath(Path::Kind::kSequence, std::move(steps), terms->SpanOf(context));
}

}  // namespace

ast::Path BuildPath(SparqlParser::PathContext* context, TermBuilder* terms) {
  std::vector<Path> sequences;
  for (auto* sequence : context->pathSequence()) sequences.push_back(BuildSequence(sequence, terms));
  if (sequences.size() == 1) return std::move(sequences.front());
  return MakePath(Path::Kind::kAlternative, std::move(sequences), terms->SpanOf(context));
}

}  // namespace dossier::sparql
