// Triples of patterns, templates and data: lists, brackets, reified triples and annotations become plain triples.
#pragma once

#include <optional>
#include <vector>

#include "query/sparql/ast_term.h"
#include "query/sparql/parse/antlr.h"
#include "query/sparql/parse/term_builder.h"

namespace dossier::sparql {

class TriplesBuilder {
 public:
  explicit TriplesBuilder(TermBuilder* terms) : terms_(*terms) {}

  // Appends the triples of a pattern.
  void AppendPattern(SparqlParser::TriplesContext* context, std::vector<ast::TriplePattern>* triples);

  // Appends the triples of a template, where paths are problems.
  void AppendTemplate(SparqlParser::TriplesContext* context, std::vector<ast::TemplateTriple>* triples);

 private:
  // What stands between a subject and an object.
  struct Verb {
    ast::PatternTerm term;
    std::optional<ast::Path> path;
  };

  void AppendSubject(SparqlParser::SubjectTriplesContext* context);
  void AppendProperties(const ast::PatternTerm& subject, SparqlParser::PropertyListContext* context);
  void AppendObject(const ast::PatternTerm& subject, const Verb& verb, SparqlParser::ObjectContext* context);
  void AppendAnnotations(const ast::TriplePattern& triple, SparqlParser::ObjectContext* context);
  void Append(ast::PatternTerm subject, ast::PatternTerm predicate, ast::PatternTerm object, SourceSpan span);
  // reifier rdf:reifies <<( triple )>>.
  void AppendReification(const ast::PatternTerm& reifier, ast::PatternTerm triple_term);

  // The term that stands for what is written; its triples are appended.
  ast::PatternTerm BuildNode(SparqlParser::NodeContext* context);
  ast::PatternTerm BuildCollection(SparqlParser::CollectionContext* context);
  ast::PatternTerm BuildBlankNodeProperties(SparqlParser::BlankNodePropertiesContext* context);
  ast::PatternTerm BuildReifiedTriple(SparqlParser::ReifiedTripleContext* context);
  ast::PatternTerm BuildReifier(SparqlParser::ReifierContext* context);
  ast::PatternTerm BuildVarOrTerm(SparqlParser::VarOrTermContext* context);
  ast::PatternTerm BuildTripleTerm(SparqlParser::TripleTermContext* context);
  ast::PatternTerm BuildSimpleVerb(SparqlParser::SimpleVerbContext* context);
  // Of the rules that are a choice of variable, IRI, literal, blank node and triple term (and more, which is not
  // there).
  template <typename Context>
  ast::PatternTerm BuildPlainTerm(Context* context);
  Verb BuildVerb(SparqlParser::VerbContext* context);

  TermBuilder& terms_;
  std::vector<ast::TriplePattern>* triples_ = nullptr;  // Where triples are appended.
};

}  // namespace dossier::sparql
