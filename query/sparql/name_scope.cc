#include "query/sparql/name_scope.h"

#include "query/algebra/scope.h"

namespace dossier::sparql {

using algebra::Variable;

Variable NameScope::Of(const std::string& name) {
  if (const auto known = by_name_.find(name); known != by_name_.end()) return known->second;
  Variable variable;
  if (outer_ == nullptr) {
    variable = variables_->Named(name);
  } else if (shown_.contains(name)) {
    variable = outer_->Of(name);
  } else {
    variable = variables_->Fresh(name);
  }
  by_name_.emplace(name, variable);
  in_order_.emplace_back(name, variable);
  return variable;
}

Variable NameScope::OfBlankNode(const std::string& label) {
  const auto known = by_label_.find(label);
  if (known != by_label_.end()) return known->second;
  return by_label_.emplace(label, variables_->Fresh("blank")).first->second;
}

std::vector<std::pair<std::string, Variable>> NameScope::Visible(const algebra::Node& node) const {
  const algebra::VariableSet possible = algebra::PossibleVariables(node);
  std::vector<std::pair<std::string, Variable>> visible;
  for (const auto& [name, variable] : in_order_) {
    if (possible.contains(variable)) visible.emplace_back(name, variable);
  }
  return visible;
}

}  // namespace dossier::sparql
