// Physical plans as text for people: a tree with estimates, and with what really happened.
#pragma once

#include <string>

#include "query/expr/variable.h"
#include "query/plan/plan_node.h"

namespace dossier::plan {

struct PrintOptions {
  bool with_estimates = true;
  bool with_actuals = false;
};

std::string ToString(const PlanNode& plan, const algebra::VariableTable& variables, const PrintOptions& options);

}  // namespace dossier::plan
