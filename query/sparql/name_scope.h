// Which variable a name means. A subquery has names of its own for all that it does not select: they become new
// variables, so that nothing of the algebra outside can meet them by accident.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/algebra/node.h"

namespace dossier::sparql {

// Not thread-safe. `variables` and the outer scope outlive the scope.
class NameScope {
 public:
  // The query's own scope: a name is the name of its variable.
  explicit NameScope(algebra::VariableTable* variables) : variables_(variables) {}
  // The scope of a subquery: the names in `shown` mean what they mean outside.
  NameScope(NameScope* outer, std::set<std::string> shown)
      : variables_(outer->variables_), outer_(outer), shown_(std::move(shown)) {}

  algebra::Variable Of(const std::string& name);
  // The variable that a blank node of a pattern stands for.
  algebra::Variable OfBlankNode(const std::string& label);
  // A variable without a name.
  algebra::Variable Fresh(absl::string_view hint) { return variables_->Fresh(hint); }

  // The named variables that `node` may bind, in the order in which their names came up, with the names.
  std::vector<std::pair<std::string, algebra::Variable>> Visible(const algebra::Node& node) const;

 private:
  algebra::VariableTable* const variables_;
  NameScope* const outer_ = nullptr;
  const std::set<std::string> shown_;
  std::map<std::string, algebra::Variable> by_name_;
  std::map<std::string, algebra::Variable> by_label_;
  std::vector<std::pair<std::string, algebra::Variable>> in_order_;
};

}  // namespace dossier::sparql
