#include "query/sparql/parse/triples_builder.h"

#include <string>
#include <utility>

#include "query/sparql/parse/path_builder.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using ast::PatternTerm;

PatternTerm Constant(absl::string_view iri, SourceSpan span) {
  return TermBuilder::ConstantTerm(Term::Iri(std::string(iri)), span);
}

PatternTerm MakeTripleTerm(PatternTerm subject, PatternTerm predicate, PatternTerm object, SourceSpan span) {
  PatternTerm term;
  term.kind = PatternTerm::Kind::kTripleTerm;
  term.triple.push_back(std::move(subject));
  term.triple.push_back(std::move(predicate));
  term.triple.push_back(std::move(object));
  term.span = span;
  return term;
}

}  // namespace

void TriplesBuilder::AppendPattern(SparqlParser::TriplesContext* context, std::vector<ast::TriplePattern>* triples) {
  triples_ = triples;
  bool after_dot = false;
  for (antlr4::tree::ParseTree* child : context->children) {
    if (auto* subject = dynamic_cast<SparqlParser::SubjectTriplesContext*>(child)) {
      AppendSubject(subject);
      after_dot = false;
      continue;
    }
    auto* const dot = dynamic_cast<antlr4::tree::TerminalNode*>(child);
    if (after_dot)
      terms_.problems().Add(terms_.SpanOf(dot), "there is no triple between this '.' and the one before it");
    after_dot = true;
  }
  triples_ = nullptr;
}

void TriplesBuilder::AppendTemplate(SparqlParser::TriplesContext* context, std::vector<ast::TemplateTriple>* triples) {
  std::vector<ast::TriplePattern> patterns;
  AppendPattern(context, &patterns);
  triples->reserve(triples->size() + patterns.size());
  for (ast::TriplePattern& pattern : patterns) {
    if (pattern.path.has_value()) {
      terms_.problems().Add(pattern.path->span,
                            "a path finds triples, but cannot make them: here one predicate is needed");
    }
    triples->push_back(
        {std::move(pattern.subject), std::move(pattern.predicate), std::move(pattern.object), pattern.span});
  }
}

void TriplesBuilder::Append(PatternTerm subject, PatternTerm predicate, PatternTerm object, SourceSpan span) {
  triples_->push_back({std::move(subject), std::move(predicate), std::nullopt, std::move(object), span});
}

void TriplesBuilder::AppendReification(const PatternTerm& reifier, PatternTerm triple_term) {
  const SourceSpan span = triple_term.span;
  Append(reifier, Constant(rdf::kReifies, span), std::move(triple_term), span);
}

void TriplesBuilder::AppendSubject(SparqlParser::SubjectTriplesContext* context) {
  PatternTerm subject;
  if (context->varOrTerm() != nullptr) subject = BuildVarOrTerm(context->varOrTerm());
  if (context->collection() != nullptr) subject = BuildCollection(context->collection());
  if (context->blankNodeProperties() != nullptr) subject = BuildBlankNodeProperties(context->blankNodeProperties());
  if (context->reifiedTriple() != nullptr) subject = BuildReifiedTriple(context->reifiedTriple());
  if (context->propertyList() != nullptr) AppendProperties(subject, context->propertyList());
}

void TriplesBuilder::AppendProperties(const PatternTerm& subject, SparqlParser::PropertyListContext* context) {
  // Verbs and their lists of objects come in pairs.
  const auto verbs = context->verb();
  const auto objects = context->objectList();
  for (size_t i = 0; i < verbs.size(); ++i) {
    const Verb verb = BuildVerb(verbs[i]);
    for (auto* object : objects[i]->object()) AppendObject(subject, verb, object);
  }
}

TriplesBuilder::Verb TriplesBuilder::BuildVerb(SparqlParser::VerbContext* context) {
  if (context->VARIABLE() != nullptr) return {terms_.VariableTerm(context->VARIABLE()), std::nullopt};
  ast::Path path = BuildPath(context->path(), &terms_);
  if (path.kind == ast::Path::Kind::kLink) {
    return {TermBuilder::ConstantTerm(std::move(path.link), path.span), std::nullopt};
  }
  return {PatternTerm(), std::move(path)};
}

void TriplesBuilder::AppendObject(const PatternTerm& subject, const Verb& verb, SparqlParser::ObjectContext* context) {
  ast::TriplePattern triple;
  triple.subject = subject;
  triple.predicate = verb.term;
  triple.path = verb.path;
  triple.span = {subject.span.begin, terms_.SpanOf(context->node()).end};
  // The triples of the object itself come before this one, in the order of their brackets.
  triple.object = BuildNode(context->node());
  if (!context->annotation().empty() && verb.path.has_value()) {
    terms_.problems().Add(terms_.SpanOf(context->annotation().front()),
                          "an annotation or reifier belongs to one triple, but a path stands for several");
    return;
  }
  triples_->push_back(triple);
  AppendAnnotations(triple, context);
}

void TriplesBuilder::AppendAnnotations(const ast::TriplePattern& triple, SparqlParser::ObjectContext* context) {
  std::optional<PatternTerm> reifier;  // The one that the next block describes.
  for (SparqlParser::AnnotationContext* annotation : context->annotation()) {
    if (annotation->reifier() != nullptr || !reifier.has_value()) {
      reifier = annotation->reifier() != nullptr ? BuildReifier(annotation->reifier())
                                                 : terms_.FreshBlankNode(terms_.SpanOf(annotation));
      AppendReification(*reifier, MakeTripleTerm(triple.subject, triple.predicate, triple.object, triple.span));
    }
    if (annotation->propertyList() == nullptr) continue;
    AppendProperties(*reifier, annotation->propertyList());
    reifier.reset();
  }
}

PatternTerm TriplesBuilder::BuildReifier(SparqlParser::ReifierContext* context) {
  if (context->VARIABLE() != nullptr) return terms_.VariableTerm(context->VARIABLE());
  if (context->iri() != nullptr) return terms_.IriTerm(context->iri());
  if (context->blankNode() != nullptr) return terms_.BlankNodeTerm(context->blankNode());
  return terms_.FreshBlankNode(terms_.SpanOf(context));
}

PatternTerm TriplesBuilder::BuildNode(SparqlParser::NodeContext* context) {
  if (context->varOrTerm() != nullptr) return BuildVarOrTerm(context->varOrTerm());
  if (context->collection() != nullptr) return BuildCollection(context->collection());
  if (context->reifiedTriple() != nullptr) return BuildReifiedTriple(context->reifiedTriple());
  return BuildBlankNodeProperties(context->blankNodeProperties());
}

PatternTerm TriplesBuilder::BuildCollection(SparqlParser::CollectionContext* context) {
  const auto nodes = context->node();
  PatternTerm head = terms_.FreshBlankNode(terms_.SpanOf(context));
  PatternTerm cell = head;
  for (size_t i = 0; i < nodes.size(); ++i) {
    const SourceSpan span = terms_.SpanOf(nodes[i]);
    Append(cell, Constant(rdf::kFirst, span), BuildNode(nodes[i]), span);
    PatternTerm rest = i + 1 < nodes.size() ? terms_.FreshBlankNode(span) : Constant(rdf::kNil, span);
    Append(std::move(cell), Constant(rdf::kRest, span), rest, span);
    cell = std::move(rest);
  }
  return head;
}

PatternTerm TriplesBuilder::BuildBlankNodeProperties(SparqlParser::BlankNodePropertiesContext* context) {
  PatternTerm node = terms_.FreshBlankNode(terms_.SpanOf(context));
  AppendProperties(node, context->propertyList());
  return node;
}

PatternTerm TriplesBuilder::BuildReifiedTriple(SparqlParser::ReifiedTripleContext* context) {
  const SourceSpan span = terms_.SpanOf(context);
  SparqlParser::ReifiedSubjectContext* const subject = context->reifiedSubject();
  SparqlParser::ReifiedObjectContext* const object = context->reifiedObject();
  PatternTerm subject_term =
      subject->reifiedTriple() != nullptr ? BuildReifiedTriple(subject->reifiedTriple()) : BuildPlainTerm(subject);
  PatternTerm verb = BuildSimpleVerb(context->simpleVerb());
  PatternTerm object_term =
      object->reifiedTriple() != nullptr ? BuildReifiedTriple(object->reifiedTriple()) : BuildPlainTerm(object);
  PatternTerm reifier = context->reifier() != nullptr ? BuildReifier(context->reifier()) : terms_.FreshBlankNode(span);
  AppendReification(reifier, MakeTripleTerm(std::move(subject_term), std::move(verb), std::move(object_term), span));
  return reifier;
}

PatternTerm TriplesBuilder::BuildVarOrTerm(SparqlParser::VarOrTermContext* context) {
  return context->emptyList() != nullptr ? Constant(rdf::kNil, terms_.SpanOf(context)) : BuildPlainTerm(context);
}

PatternTerm TriplesBuilder::BuildTripleTerm(SparqlParser::TripleTermContext* context) {
  PatternTerm subject = BuildPlainTerm(context->tripleTermSubject());
  PatternTerm verb = BuildSimpleVerb(context->simpleVerb());
  PatternTerm object = BuildPlainTerm(context->tripleTermObject());
  return MakeTripleTerm(std::move(subject), std::move(verb), std::move(object), terms_.SpanOf(context));
}

PatternTerm TriplesBuilder::BuildSimpleVerb(SparqlParser::SimpleVerbContext* context) {
  if (context->VARIABLE() != nullptr) return terms_.VariableTerm(context->VARIABLE());
  if (context->iri() != nullptr) return terms_.IriTerm(context->iri());
  return Constant(rdf::kType, terms_.SpanOf(context));
}

template <typename Context>
PatternTerm TriplesBuilder::BuildPlainTerm(Context* context) {
  if (context->VARIABLE() != nullptr) return terms_.VariableTerm(context->VARIABLE());
  if (context->iri() != nullptr) return terms_.IriTerm(context->iri());
  if (context->literal() != nullptr) return terms_.LiteralTerm(context->literal());
  if (context->tripleTerm() != nullptr) return BuildTripleTerm(context->tripleTerm());
  return terms_.BlankNodeTerm(context->blankNode());
}

}  // namespace dossier::sparql
