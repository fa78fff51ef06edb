// Which variables a part of a query speaks of: those that it always binds, those that it may bind, and those that an
// expression looks at. The rewriting passes stand on these three.
#pragma once

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "absl/functional/function_ref.h"
#include "query/algebra/node.h"

namespace dossier::algebra {

using VariableSet = absl::btree_set<Variable>;
using VariableNumbers = absl::btree_map<Variable, double>;

// The variables that may be bound in a solution of `node`.
VariableSet PossibleVariables(const Node& node);

// The variables that every solution of `node` binds.
VariableSet CertainVariables(const Node& node);

// The variables that the value of `expression` may depend on, those inside EXISTS included.
VariableSet ReferencedVariables(const Expression& expression);

// Every variable that occurs anywhere in `node`, in scope or not.
VariableSet MentionedVariables(const Node& node);

// The variables of a pattern, its graph's included.
VariableSet PatternVariables(const Pattern& pattern);

bool ContainsExists(const Expression& expression);

bool IsSubset(const VariableSet& part, const VariableSet& whole);
bool Intersects(const VariableSet& a, const VariableSet& b);

// Calls `visit` for each child of `node`, left before right.
void ForEachChild(const Node& node, absl::FunctionRef<void(const Node&)> visit);
void ForEachChild(Node* node, absl::FunctionRef<void(NodePtr&)> visit);

// Calls `visit` for each expression of the operator itself, not of its children.
void ForEachExpression(const Node& node, absl::FunctionRef<void(const Expression&)> visit);
void ForEachExpression(Node* node, absl::FunctionRef<void(Expression&)> visit);

// Whether the path connects every node with itself: it has a way of no steps.
bool MayHaveZeroSteps(const PathExpression& path);

}  // namespace dossier::algebra
