#include "query/planner/made_terms.h"

#include <algorithm>

namespace dossier::planner {
namespace {

bool HasExists(const Expression& expression) {
  return expression.kind == Expression::Kind::kExists ||
         std::any_of(expression.arguments.begin(), expression.arguments.end(), HasExists);
}

// Operators that hand on the ids that they read and make none. Conditions do, but only while they are judged.
bool HandsOn(const plan::Operation& operation) {
  const auto* filter = std::get_if<plan::Filter>(&operation);
  const auto* hash_join = std::get_if<plan::HashJoin>(&operation);
  const auto* bind_join = std::get_if<plan::BindJoin>(&operation);
  if (filter != nullptr && HasExists(filter->condition)) return false;
  if (hash_join != nullptr && hash_join->condition.has_value() && HasExists(*hash_join->condition)) return false;
  if (bind_join != nullptr && bind_join->condition.has_value() && HasExists(*bind_join->condition)) return false;
  return filter != nullptr || hash_join != nullptr || bind_join != nullptr ||
         std::holds_alternative<plan::IndexScan>(operation) || std::holds_alternative<plan::Table>(operation) ||
         std::holds_alternative<plan::Bindings>(operation) || std::holds_alternative<plan::IndexJoin>(operation) ||
         std::holds_alternative<plan::Project>(operation) || std::holds_alternative<plan::Distinct>(operation) ||
         std::holds_alternative<plan::Slice>(operation) || std::holds_alternative<plan::MergeJoin>(operation) ||
         std::holds_alternative<plan::MultiwayJoin>(operation) || std::holds_alternative<plan::Gather>(operation) ||
         std::holds_alternative<plan::Union>(operation);
}

bool MakesNoTerms(const plan::PlanNode& node) {
  return HandsOn(node.operation) && std::all_of(node.children.begin(), node.children.end(),
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

bool GivesStoredTermsOnly(const plan::PlanNode& root) {
  if (const auto* table = std::get_if<plan::Table>(&root.operation)) {
    return !table->parameters &&
           std::all_of(table->rows.begin(), table->rows.end(), [](const std::vector<TermId>& row) {
             return std::none_of(row.begin(), row.end(), [](TermId id) { return id.tag() == TermTag::kLocal; });
           });
  }
  const bool sorts = std::holds_alternative<plan::Sort>(root.operation);
  if (!sorts && !HandsOn(root.operation)) return false;
  return std::all_of(root.children.begin(), root.children.end(),
                     [](const plan::PlanPtr& child) { return GivesStoredTermsOnly(*child); });
}

}  // namespace dossier::planner
