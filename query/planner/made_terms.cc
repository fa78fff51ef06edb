#include "query/planner/made_terms.h"

#include <algorithm>

namespace dossier::planner {
namespace {

bool HasExists(const Expression& expression) {
  return expression.kind == Expression::Kind::kExists ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), HasExists);
}

// Operators that hand on the ids that they read and make none. Conditions do, but only while they are judged.
bool MakesNoTerms(const plan::PlanNode& node) {
  const plan::Operation& operation = node.operation;
  const auto* filter = std::get_if<plan::Filter>(&operation);
  const auto* hash_join = std::get_if<plan::HashJoin>(&operation);
  const auto* bind_join = std::get_if<plan::BindJoin>(&operation);
  if (filter != nullptr && HasExists(filter->condition)) return false;
  if (hash_join != nullptr && hash_join->condition.has_value() && HasExists(*hash_join->condition)) return false;
  if (bind_join != nullptr && bind_join->condition.has_value() && HasExists(*bind_join->condition)) return false;
  const bool hands_on =
      filter != nullptr || hash_join != nullptr || bind_join != nullptr ||
      std::holds_alternative<plan::IndexScan>(operation) || std::holds_alternative<plan::Table>(operation) ||
      std::holds_alternative<plan::Bindings>(operation) || std::holds_alternative<plan::IndexJoin>(operation) ||
      std::holds_alternative<plan::Project>(operation) || std::holds_alternative<plan::Distinct>(operation) ||
      std::holds_alternative<plan::Slice>(operation) || std::holds_alternative<plan::MergeJoin>(operation) ||
      std::holds_alternative<plan::MultiwayJoin>(operation) || std::holds_alternative<plan::Union>(operation);
  return hands_on && std::all_of(node.children.begin(), node.children.end(),
                                 [](const plan::PlanPtr& child) { return MakesNoTerms(*child); });
}

}  // namespace

bool MadeTermsOnlyLeave(const plan::PlanNode& root) {
  // An Extend hands on all that it was given before it asks for more (see exec/extend.cc), so that no terms stay behind
  // between two of them.
  const plan::PlanNode* node = &root;
  while (true) {
    if (const auto* extend = std::get_if<plan::Extend>(&node->operation); extend != nullptr) {
      if (HasExists(extend->expression)) return false;
    } else if (!std::holds_alternative<plan::Project>(node->operation) &&
               !std::holds_alternative<plan::Slice>(node->operation)) {
      return MakesNoTerms(*node);
    }
    node = node->children.front().get();
  }
}

}  // namespace dossier::planner
