#include "query/optimizer/optimizer.h"

#include <array>
#include <utility>

#include "query/algebra/scope.h"

namespace dossier::optimizer {
namespace {

using algebra::NodePtr;

struct Pass {
  void (*run)(PassContext*, NodePtr*);
  bool required;
};

constexpr std::array kPasses = {
    // First: the next two make up variables that no row comparison may see.
    Pass{&FixScopes, true},
    // Before ExpandReifications, which looks at patterns only.
    Pass{&ExpandPaths, true},
    Pass{&ExpandReifications, true},
    // After all patterns stand: moves filters into the branches made above.
    Pass{&PushFilters, false},
    // After PushFilters, which brings equations next to the patterns.
    Pass{&SubstituteConstants, false},
    // Anywhere; last, as slices hinder filters.
    Pass{&PushLimits, false},
};

void OptimizeExists(PassContext* context, bool optimize, Expression* expression) {
  for (Expression& argument : expression->arguments) OptimizeExists(context, optimize, &argument);
  if (expression->exists == nullptr) return;
  NodePtr pattern = algebra::Clone(*expression->exists);
  Optimize(context, optimize, &pattern);
  expression->exists = std::move(pattern);
}

void OptimizeExistsIn(PassContext* context, bool optimize, algebra::Node* node) {
  algebra::ForEachExpression(node, [&](Expression& expression) { OptimizeExists(context, optimize, &expression); });
  ForEachChild(node, [&](NodePtr& child) { OptimizeExistsIn(context, optimize, child.get()); });
}

}  // namespace

void Optimize(PassContext* context, bool optimize, NodePtr* node) {
  OptimizeExistsIn(context, optimize, node->get());
  for (const Pass& pass : kPasses) {
    if (optimize || pass.required) pass.run(context, node);
  }
}

}  // namespace dossier::optimizer
