// The store keeps `r rdf:reifies <<( s p o )>>` as rows (s, p, o, r) of their own, so a pattern that could match such a
// triple asks both for quads and for claims, and makes the triple term of each claim.
#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "query/algebra/scope.h"
#include "query/optimizer/passes.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier::optimizer {
namespace {

using algebra::Bgp;
using algebra::NodePtr;
using algebra::Pattern;
using algebra::PatternTerm;
using algebra::Variable;

Term Reifies() { return Term::Iri(std::string(rdf::kReifies)); }

bool IsReifies(const PatternTerm& term) {
  const auto* constant = std::get_if<Term>(&term);
  return constant != nullptr && constant->is_iri() && constant->value() == rdf::kReifies;
}

// Variables that are joined with constants of which none is rdf:reifies: what a pattern among the claims would give for
// them joins with nothing.
using OtherThanReifies = std::vector<Variable>;

bool Has(const OtherThanReifies& variables, Variable variable) {
  return std::find(variables.begin(), variables.end(), variable) != variables.end();
}

void CollectOthers(const algebra::Node& node, OtherThanReifies* others) {
  if (const auto* join = std::get_if<algebra::Join>(&node.op)) {
    CollectOthers(*join->left, others);
    CollectOthers(*join->right, others);
  }
  const auto* values = std::get_if<algebra::Values>(&node.op);
  if (values == nullptr || values->parameters) return;
  for (size_t i = 0; i < values->variables.size(); ++i) {
    const bool other = std::all_of(values->rows.begin(), values->rows.end(),
                                   [i](const auto& row) { return row[i].has_value() && !IsReifies(*row[i]); });
    if (other) others->push_back(values->variables[i]);
  }
}

bool MayMatchClaims(const Pattern& pattern, const OtherThanReifies& others) {
  if (pattern.kind != Pattern::Kind::kQuad) return false;
  const auto* predicate = std::get_if<Variable>(&pattern.predicate);
  if (predicate == nullptr ? !IsReifies(pattern.predicate) : Has(others, *predicate)) return false;
  if (const auto* object = std::get_if<Term>(&pattern.object)) return object->is_triple_term();
  // No triple term is a subject, a predicate or a graph.
  const bool named = pattern.graph.kind == algebra::GraphSelector::Kind::kNamed;
  return pattern.object != pattern.subject && pattern.object != pattern.predicate &&
         !(named && pattern.object == pattern.graph.graph);
}

// The solutions of `pattern` among the claims.
NodePtr ClaimBranch(PassContext* context, const Pattern& pattern) {
  Pattern claim;
  claim.kind = Pattern::Kind::kReification;
  claim.fourth = pattern.subject;
  claim.graph = pattern.graph;
  const auto* object = std::get_if<Term>(&pattern.object);
  std::optional<Expression> triple;
  if (object != nullptr) {
    claim.subject = object->triple().subject;
    claim.predicate = object->triple().predicate;
    claim.object = object->triple().object;
  } else {
    std::vector<Expression> parts;
    for (PatternTerm* part : {&claim.subject, &claim.predicate, &claim.object}) {
      const Variable fresh = context->variables->Fresh("claimed");
      *part = fresh;
      parts.push_back(Expression::Var(fresh));
    }
    triple = Expression::Call(Function::kTriple, std::move(parts));
  }
  const auto* predicate = std::get_if<Variable>(&pattern.predicate);
  if (predicate != nullptr) {
    // Where the predicate's variable stands elsewhere too, it is rdf:reifies there.
    if (claim.fourth == PatternTerm(*predicate)) claim.fourth = Reifies();
    if (claim.graph.graph == PatternTerm(*predicate)) claim.graph.graph = Reifies();
  }
  Bgp bgp;
  bgp.patterns.push_back(std::move(claim));
  NodePtr node = algebra::MakeNode(std::move(bgp));
  if (triple.has_value()) {
    node = algebra::MakeNode(algebra::Extend{std::move(node), std::get<Variable>(pattern.object), *std::move(triple)});
  }
  if (predicate != nullptr) {
    node = algebra::MakeNode(algebra::Extend{std::move(node), *predicate, Expression::Constant(Reifies())});
  }
  return node;
}

void Expand(PassContext* context, const OtherThanReifies& outer, NodePtr* node) {
  // What joins from outside holds inside of what passes rows on as they are.
  OtherThanReifies others;
  const bool is_join = std::holds_alternative<algebra::Join>((*node)->op);
  const bool passes_on = is_join || std::holds_alternative<algebra::Filter>((*node)->op) ||
                         std::holds_alternative<algebra::Union>((*node)->op) ||
                         std::holds_alternative<Bgp>((*node)->op);
  if (passes_on) others = outer;
  if (is_join) CollectOthers(**node, &others);
  ForEachChild(node->get(), [&](NodePtr& child) { Expand(context, others, &child); });
  auto* bgp = std::get_if<Bgp>(&(*node)->op);
  if (bgp == nullptr) return;
  Bgp plain;
  std::vector<NodePtr> expanded;
  for (Pattern& pattern : bgp->patterns) {
    if (!MayMatchClaims(pattern, others)) {
      plain.patterns.push_back(std::move(pattern));
      continue;
    }
    NodePtr claims = ClaimBranch(context, pattern);
    const bool claims_only = IsReifies(pattern.predicate) && std::holds_alternative<Term>(pattern.object);
    if (claims_only) {
      plain.patterns.push_back(std::move(std::get<Bgp>(claims->op).patterns[0]));
      continue;
    }
    Bgp quads;
    quads.patterns.push_back(std::move(pattern));
    expanded.push_back(algebra::MakeNode(algebra::Union{algebra::MakeNode(std::move(quads)), std::move(claims)}));
  }
  if (expanded.empty()) {
    *bgp = std::move(plain);
    return;
  }
  NodePtr result;
  if (!plain.patterns.empty()) result = algebra::MakeNode(std::move(plain));
  for (NodePtr& part : expanded) {
    result = result == nullptr ? std::move(part) : algebra::MakeNode(algebra::Join{std::move(result), std::move(part)});
  }
  *node = std::move(result);
}

}  // namespace

void ExpandReifications(PassContext* context, NodePtr* node) {
  if (context->terms->snapshot().statistics().reifications.rows == 0) return;
  Expand(context, {}, node);
}

}  // namespace dossier::optimizer
