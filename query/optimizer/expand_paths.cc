#include <utility>

#include "query/algebra/scope.h"
#include "query/optimizer/passes.h"

namespace dossier::optimizer {
namespace {

using algebra::GraphSelector;
using algebra::NodePtr;
using algebra::PathExpression;
using algebra::PatternTerm;

// SPARQL section 18.2.2.4, "Translate Property Path Patterns".
class PathExpander {
 public:
  PathExpander(PassContext* context, const GraphSelector& graph) : context_(context), graph_(graph) {}

  NodePtr Expand(const PatternTerm& subject, const PathExpression& path, const PatternTerm& object) {
    switch (path.kind) {
      case PathExpression::Kind::kLink: return Link(subject, path.link, object);
      case PathExpression::Kind::kInverse: return Expand(object, path.operands[0], subject);
      case PathExpression::Kind::kSequence: return Sequence(subject, path, object);
      case PathExpression::Kind::kAlternative: return Alternative(subject, path, object);
      default: return algebra::MakeNode(algebra::Path{subject, path, object, graph_});
    }
  }

 private:
  NodePtr Link(const PatternTerm& subject, const Term& link, const PatternTerm& object) {
    algebra::Pattern pattern;
    pattern.subject = subject;
    pattern.predicate = link;
    pattern.object = object;
    pattern.graph = graph_;
    algebra::Bgp bgp;
    bgp.patterns.push_back(std::move(pattern));
    return algebra::MakeNode(std::move(bgp));
  }

  NodePtr Sequence(const PatternTerm& subject, const PathExpression& path, const PatternTerm& object) {
    NodePtr result;
    PatternTerm from = subject;
    for (size_t i = 0; i < path.operands.size(); ++i) {
      PatternTerm to = object;
      if (i + 1 < path.operands.size()) to = context_->variables->Fresh("step");
      NodePtr step = Expand(from, path.operands[i], to);
      result =
          result == nullptr ? std::move(step) : algebra::MakeNode(algebra::Join{std::move(result), std::move(step)});
      from = to;
    }
    return result;
  }

  NodePtr Alternative(const PatternTerm& subject, const PathExpression& path, const PatternTerm& object) {
    NodePtr result;
    for (const PathExpression& operand : path.operands) {
      NodePtr branch = Expand(subject, operand, object);
      result = result == nullptr ? std::move(branch)
                                 : algebra::MakeNode(algebra::Union{std::move(result), std::move(branch)});
    }
    return result;
  }

  PassContext* const context_;
  const GraphSelector& graph_;
};

}  // namespace

void ExpandPaths(PassContext* context, NodePtr* node) {
  if (const auto* path = std::get_if<algebra::Path>(&(*node)->op)) {
    NodePtr expanded = PathExpander(context, path->graph).Expand(path->subject, path->path, path->object);
    *node = std::move(expanded);
    return;
  }
  ForEachChild(node->get(), [context](NodePtr& child) { ExpandPaths(context, &child); });
}

}  // namespace dossier::optimizer
