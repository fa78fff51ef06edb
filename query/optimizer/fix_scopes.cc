#include <algorithm>

#include "query/algebra/scope.h"
#include "query/optimizer/passes.h"

namespace dossier::optimizer {
namespace {

bool CountsDistinctRows(const algebra::Node& node) {
  const auto* group = std::get_if<algebra::Group>(&node.op);
  return group != nullptr && std::any_of(group->aggregates.begin(), group->aggregates.end(), [](const Aggregate& a) {
           return a.function == AggregateFunction::kCountRows && a.distinct;
         });
}

}  // namespace

void FixScopes(PassContext* context, algebra::NodePtr* node) {
  const bool compares_rows = std::holds_alternative<algebra::Distinct>((*node)->op) || CountsDistinctRows(**node);
  ForEachChild(node->get(), [&](algebra::NodePtr& child) {
    if (compares_rows && !std::holds_alternative<algebra::Project>(child->op)) {
      std::vector<algebra::Variable> variables = algebra::VariablesInScope(*child);
      child = algebra::MakeNode(algebra::Project{std::move(child), std::move(variables)});
    }
    FixScopes(context, &child);
  });
}

}  // namespace dossier::optimizer
