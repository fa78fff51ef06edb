// The physical plan: which running operators answer a query, in which order, with what estimates. The optimiser and the
// planner write it, exec runs it, `explain` prints it. Plain data, so that many plans can be weighed and few are run.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/time/time.h"
#include "query/algebra/node.h"
#include "query/algebra/scope.h"
#include "rdf/term_id.h"
#include "storage/scan.h"

namespace dossier::plan {

using algebra::Variable;
using algebra::VariableNumbers;
using algebra::VariableSet;

// Ids from `lower` to `upper`, both included.
struct IdRange {
  TermId lower;
  TermId upper;

  friend bool operator==(const IdRange&, const IdRange&) = default;
};

// What to do with the graph column of a scanned permutation.
enum class GraphMode : uint8_t {
  kIgnore,       // There is none, or it is bound or checked like any other column.
  kDefaultOnly,  // Rows of the default graph.
  kNamedOnly,    // Rows of named graphs.
  kMerged,       // Rows of all graphs; a row that stands in several counts once.
  kMergedSome,   // Rows of some named graphs, likewise.
};

// Something for each column of a permutation, by position. Plans are copied often while they are weighed.
template <typename T>
using ByPosition = absl::InlinedVector<std::optional<T>, kMaxColumns>;

// How a pattern is read from a permutation. Positions are those of the permutation's columns.
struct ScanPlan {
  std::shared_ptr<const algebra::Pattern> pattern;  // For people.
  Permutation permutation = Permutation::kSpo;
  ByPosition<TermId> constants;
  ByPosition<Variable> bindings;  // The variable that the column binds; repeats are equal.
  size_t prefix = 0;              // Leading positions that are constant: the scan's bounds.
  std::vector<IdRange> ranges;    // Limits of the column after the prefix, ascending; none: no limits.
  GraphMode graph = GraphMode::kIgnore;
  std::vector<TermId> graphs;  // kMergedSome: ascending.
  bool nothing = false;        // A constant is not in the store: there are no rows.
};

// Leaves.
struct IndexScan {
  ScanPlan scan;
};
// A table of ids; one row of no columns is the neutral element of joins.
struct Table {
  std::vector<std::vector<TermId>> rows;
  bool parameters = false;  // Instead: one row, of the run's parameters.
};
// The rows handed in by an enclosing BindJoin or EXISTS, on `columns`, each once.
struct Bindings {};

// Any number of children, all scans, which the join reads in its own way; they are not run as operators.
// All at once, one variable of `order` after the other; each scan is sorted by its variables in this order.
struct MultiwayJoin {
  std::vector<Variable> order;
};
// How many rows the join of the children has, for each value of `key` or of all together, without making them.
struct CountJoin {
  // A child of which at most one variable is used by the children behind it: its rows are counted for each value of
  // that one, or all together.
  struct Step {
    size_t child = 0;
    std::optional<Variable> kept;
  };
  std::vector<Step> steps;
  std::vector<Variable> order;    // Of the variables of the children that are left; these are joined all at once.
  std::optional<Variable> key;    // Comes first in the order, if it has one.
  std::vector<Variable> results;  // Columns that get the number.
};

// One child.
// For each row of the child, the rows of a pattern: the first `depth` positions of the permutation are sought, each
// a constant or a column of the child.
struct IndexJoin {
  ScanPlan scan;
  size_t depth = 0;
};
// For each row of the child, the pairs of a path; ends that the child binds are given, others are found.
struct PathJoin {
  algebra::Path path;
};
struct Filter {
  Expression condition;
};
struct Extend {
  Variable variable;
  Expression expression;
};
struct Project {};
struct Group {
  std::vector<Variable> keys;
  std::vector<Aggregate> aggregates;
  bool sorted = false;   // The child is sorted by the keys: one group at a time.
  uint64_t counted = 0;  // Without keys: rows that the index has counted, in addition to the child's.
};
struct Sort {
  std::vector<algebra::SortKey> keys;
  std::optional<uint64_t> limit;  // Only the first of them are wanted.
};
struct Distinct {
  bool sorted = false;  // Equal rows come together.
};
struct Slice {
  uint64_t offset = 0;
  std::optional<uint64_t> limit;
};
// Of the rows with the same values of `keys`, some by their place.
struct SliceOfEach {
  std::vector<Variable> keys;
  uint64_t offset = 0;
  std::optional<uint64_t> limit;
};

// Two children.
enum class JoinKind : uint8_t {
  kInner,
  kLeft,  // Rows of the left without a partner come alone.
  kSemi,  // Rows of the left with a partner.
  kAnti,  // Rows of the left without one.
  kMinus  // As kAnti, but a partner has to share a bound variable.
};
struct MergeJoin {
  std::vector<Variable> keys;  // Both children are sorted by them.
};
struct HashJoin {
  JoinKind kind = JoinKind::kInner;
  std::optional<Expression> condition;  // kLeft: has to hold for partners.
};
// Runs the right child anew for each batch of the left, restricted to the batch's `bindings`.
struct BindJoin {
  JoinKind kind = JoinKind::kInner;
  std::optional<Expression> condition;
  std::vector<Variable> bindings;
};

// The child is run over parts of its input side by side, on all threads that there are: all its leftmost scans are
// sorted by `by`, and each part has a range of its values. The rows come as those of the child do.
struct Gather {
  Variable by;
};

// Any number of children.
struct Union {};

using Operation =
    std::variant<IndexScan, Table, Bindings, IndexJoin, PathJoin, Filter, Extend, Project, Group, Sort, Distinct, Slice,
                 SliceOfEach, MergeJoin, HashJoin, BindJoin, MultiwayJoin, CountJoin, Gather, Union>;

// What running an operator cost.
struct Actuals {
  uint64_t starts = 0;
  uint64_t batches = 0;
  uint64_t rows = 0;
  absl::Duration time;  // With that of the children.
};

struct PlanNode;
using PlanPtr = std::shared_ptr<PlanNode>;

struct PlanNode {
  Operation operation;
  std::vector<PlanPtr> children;

  std::vector<Variable> columns;
  VariableSet certain;              // Columns that are never unbound.
  std::vector<Variable> sorted_by;  // Rows ascend by the ids of these columns.

  double rows = 0;           // Estimated.
  double cost = 0;           // Estimated, with the children's, in nanoseconds.
  double startup = 0;        // The part of the cost that is spent before the first row.
  VariableNumbers distinct;  // Estimated numbers of values; a variable that is missing: as many as rows.

  Actuals actuals;  // Counted while the plan runs.
};

// What a plan costs of which only a part of the rows is wanted.
inline double CostOfPart(const PlanNode& node, double part) { return node.startup + (node.cost - node.startup) * part; }

inline double DistinctValues(const PlanNode& node, Variable variable) {
  const auto found = node.distinct.find(variable);
  const double values = found == node.distinct.end() ? node.rows : std::min(found->second, node.rows);
  return std::max(values, 1.0);
}

}  // namespace dossier::plan
