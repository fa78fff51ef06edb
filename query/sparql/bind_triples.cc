#include "query/sparql/bind_triples.h"

#include <optional>
#include <utility>

#include "query/sparql/algebra_builder.h"
#include "query/sparql/triple_term.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier::sparql {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::PathExpression;
using algebra::Pattern;
using algebra::PatternTerm;
using algebra::Variable;

class TripleBinder {
 public:
  TripleBinder(const algebra::GraphSelector& graph, NameScope* scope) : graph_(graph), scope_(scope) {}

  NodePtr Bind(const ast::Triples& triples) {
    for (const ast::TriplePattern& triple : triples.triples) {
      if (triple.path.has_value()) {
        AddPath(triple.subject, *triple.path, triple.object);
      } else {
        AddTriple(triple.subject, triple.predicate, triple.object);
      }
    }
    return std::move(result_);
  }

 private:
  void AddTriple(const ast::PatternTerm& subject, const ast::PatternTerm& predicate, const ast::PatternTerm& object) {
    const PatternTerm from = Place(subject);
    const PatternTerm link = Place(predicate);
    const auto* constant = std::get_if<Term>(&link);
    if (object.is_triple_term() && constant != nullptr && constant->is_iri() && constant->value() == rdf::kReifies) {
      AddParts(Pattern::Kind::kReification, object, from);
    } else if (constant == nullptr && HasVariables(object)) {
      // Its triples may be among the quads and among the claims, whose triple terms no index lists.
      const Variable triple = scope_->Fresh("triple");
      Join(MatchTripleTerm(MakeQuad(from, link, triple), triple, object, scope_));
    } else {
      Join(MakeQuad(from, link, Place(object)));
    }
  }

  static bool HasVariables(const ast::PatternTerm& term) {
    return term.is_triple_term() && !ConstantTerm(term).has_value();
  }

  NodePtr MakeQuad(const PatternTerm& subject, const PatternTerm& predicate, const PatternTerm& object) const {
    Pattern pattern;
    pattern.subject = subject;
    pattern.predicate = predicate;
    pattern.object = object;
    pattern.graph = graph_;
    return MakeNode(algebra::Bgp{{std::move(pattern)}});
  }

  // The pattern of a triple term, `fourth` being the term itself or what reifies it.
  void AddParts(Pattern::Kind kind, const ast::PatternTerm& triple_term, PatternTerm fourth) {
    Pattern pattern;
    pattern.kind = kind;
    pattern.subject = Place(triple_term.triple[0]);
    pattern.predicate = Place(triple_term.triple[1]);
    pattern.object = Place(triple_term.triple[2]);
    pattern.fourth = std::move(fourth);
    if (kind == Pattern::Kind::kReification) pattern.graph = graph_;
    Join(MakeNode(algebra::Bgp{{std::move(pattern)}}));
  }

  // A triple term with variables becomes one, with a pattern of its parts.
  PatternTerm Place(const ast::PatternTerm& term) {
    if (term.is_variable()) return scope_->Of(term.name);
    if (term.is_blank_node()) return scope_->OfBlankNode(term.name);
    if (std::optional<Term> constant = ConstantTerm(term); constant.has_value()) return *std::move(constant);
    const Variable triple = scope_->Fresh("triple");
    AddParts(Pattern::Kind::kTripleTerm, term, triple);
    return triple;
  }

  void AddPath(const ast::PatternTerm& subject, const ast::Path& path, const ast::PatternTerm& object) {
    if (path.kind == ast::Path::Kind::kInverse) return AddPath(object, path.operands[0], subject);
    if (path.kind == ast::Path::Kind::kLink) {
      ast::PatternTerm predicate;
      predicate.term = path.link;
      return AddTriple(subject, predicate, object);
    }
    algebra::Path node;
    node.path = ExpressionOf(path);
    node.graph = graph_;
    std::vector<std::pair<Variable, const ast::PatternTerm*>> triple_terms;
    const auto end_of = [&](const ast::PatternTerm& end) -> PatternTerm {
      if (!HasVariables(end)) return Place(end);
      triple_terms.emplace_back(scope_->Fresh("triple"), &end);
      return triple_terms.back().first;
    };
    node.subject = end_of(subject);
    node.object = end_of(object);
    NodePtr result = MakeNode(std::move(node));
    for (const auto& [variable, term] : triple_terms) {
      result = MatchTripleTerm(std::move(result), variable, *term, scope_);
    }
    Join(std::move(result));
  }

  static PathExpression ExpressionOf(const ast::Path& path) {
    PathExpression expression;
    expression.kind = KindOf(path.kind);
    expression.link = path.link;
    for (const ast::Path& operand : path.operands) expression.operands.push_back(ExpressionOf(operand));
    return expression;
  }

  static PathExpression::Kind KindOf(ast::Path::Kind kind) {
    using From = ast::Path::Kind;
    using To = PathExpression::Kind;
    switch (kind) {
      case From::kLink: return To::kLink;
      case From::kInverse: return To::kInverse;
      case From::kSequence: return To::kSequence;
      case From::kAlternative: return To::kAlternative;
      case From::kZeroOrMore: return To::kZeroOrMore;
      case From::kOneOrMore: return To::kOneOrMore;
      case From::kZeroOrOne: return To::kZeroOrOne;
      case From::kNegatedSet: return To::kNegatedSet;
    }
    return To::kLink;
  }

  void Join(NodePtr node) { result_ = JoinOf(std::move(result_), std::move(node)); }

  const algebra::GraphSelector& graph_;
  NameScope* const scope_;
  NodePtr result_ = Unit();
};

}  // namespace

NodePtr BindTriples(const ast::Triples& triples, const algebra::GraphSelector& graph, NameScope* scope) {
  return TripleBinder(graph, scope).Bind(triples);
}

}  // namespace dossier::sparql
