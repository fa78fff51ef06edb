#include "query/planner/counted_rows.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "query/expr/function_families.h"
#include "query/optimizer/plan_factory.h"
#include "query/optimizer/scan_choice.h"

namespace dossier::planner {
namespace {

using algebra::Variable;
using plan::PlanPtr;

// Whether every row between the scan's bounds is one of its rows.
bool GivesAllRows(const plan::ScanPlan& scan) {
  if (scan.graph != plan::GraphMode::kIgnore) return false;
  for (size_t i = 0; i < scan.bindings.size(); ++i) {
    if (i >= scan.prefix && scan.constants[i].has_value()) return false;
    const auto begin = scan.bindings.begin();
    const auto end = begin + static_cast<ptrdiff_t>(i);
    if (scan.bindings[i].has_value() && std::find(begin, end, scan.bindings[i]) != end) return false;
  }
  return true;
}

absl::StatusOr<std::optional<uint64_t>> CountScan(const plan::ScanPlan& scan, const Snapshot& snapshot) {
  const std::optional<uint64_t> known = optimizer::KnownRows(scan, snapshot.statistics());
  if (known == std::optional<uint64_t>(0)) return known;
  if (!GivesAllRows(scan)) return std::optional<uint64_t>();
  if (known.has_value()) return known;
  if (scan.nothing) return std::optional<uint64_t>(0);
  uint64_t rows = 0;
  const plan::IdRange everything = {TermId::FromBits(0), TermId::FromBits(~uint64_t{0})};
  for (const plan::IdRange& range : scan.ranges.empty() ? std::vector<plan::IdRange>{everything} : scan.ranges) {
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t counted, snapshot.CountRows(optimizer::SpecOf(scan, range), true));
    rows += counted;
  }
  return std::optional<uint64_t>(rows);
}

// How many rows a plan gives, and what is left to run: `rest` is nullptr when nothing is.
struct Counted {
  uint64_t rows = 0;
  PlanPtr rest;
};

absl::StatusOr<Counted> Count(const PlanPtr& plan, const Snapshot& snapshot) {
  if (const auto* scan = std::get_if<plan::IndexScan>(&plan->operation)) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<uint64_t> rows, CountScan(scan->scan, snapshot));
    if (rows.has_value()) return Counted{*rows, nullptr};
  } else if (const auto* table = std::get_if<plan::Table>(&plan->operation)) {
    return Counted{table->rows.size(), nullptr};
  } else if (std::holds_alternative<plan::Union>(plan->operation)) {
    Counted sum;
    std::vector<PlanPtr> rest;
    for (const PlanPtr& child : plan->children) {
      DOSSIER_ASSIGN_OR_RETURN(Counted part, Count(child, snapshot));
      sum.rows += part.rows;
      if (part.rest != nullptr) rest.push_back(std::move(part.rest));
    }
    if (!rest.empty()) sum.rest = rest.size() == 1 ? rest[0] : optimizer::MakeUnion(std::move(rest));
    return sum;
  } else if (std::holds_alternative<plan::Project>(plan->operation) ||
             std::holds_alternative<plan::Extend>(plan->operation)) {
    DOSSIER_ASSIGN_OR_RETURN(const Counted below, Count(plan->children[0], snapshot));
    if (below.rest == nullptr) return below;
  }
  return Counted{0, plan};
}

bool CountsRowsOnly(const std::vector<Aggregate>& aggregates) {
  return std::all_of(aggregates.begin(), aggregates.end(), [](const Aggregate& aggregate) {
    return aggregate.function == AggregateFunction::kCountRows && !aggregate.distinct;
  });
}

// The position of the predicate among the columns of a scan that reads whole permutations of quads; else nothing.
bool BindsAllPredicates(const plan::ScanPlan& scan, Variable column) {
  const PermutationInfo& info = GetPermutationInfo(scan.permutation);
  if (info.relation != Relation::kQuads || scan.prefix > 0 || !scan.ranges.empty() || !GivesAllRows(scan)) return false;
  for (size_t i = 0; i < info.width; ++i) {
    if (info.columns[i] == Column::kPredicate) return scan.bindings[i] == column;
  }
  return false;
}

// The rows for each predicate, where the index knows them for the whole plan.
absl::StatusOr<bool> CountPredicates(const PlanPtr& plan, Variable predicate, TermSpace* terms,
                                     std::map<TermId, uint64_t>* rows) {
  const Snapshot& snapshot = terms->snapshot();
  if (const auto* scan = std::get_if<plan::IndexScan>(&plan->operation)) {
    if (!BindsAllPredicates(scan->scan, predicate)) return false;
    for (const auto& [id, statistics] : snapshot.statistics().quads.predicates) (*rows)[id] += statistics.rows;
    return true;
  }
  if (std::holds_alternative<plan::Union>(plan->operation)) {
    for (const PlanPtr& child : plan->children) {
      DOSSIER_ASSIGN_OR_RETURN(const bool known, CountPredicates(child, predicate, terms, rows));
      if (!known) return false;
    }
    return true;
  }
  if (std::holds_alternative<plan::Project>(plan->operation)) {
    return CountPredicates(plan->children[0], predicate, terms, rows);
  }
  const auto* extend = std::get_if<plan::Extend>(&plan->operation);
  if (extend == nullptr) return false;
  if (extend->variable != predicate) return CountPredicates(plan->children[0], predicate, terms, rows);
  if (extend->expression.kind != Expression::Kind::kConstant) return false;
  DOSSIER_ASSIGN_OR_RETURN(const Counted below, Count(plan->children[0], snapshot));
  if (below.rest != nullptr) return false;
  DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms->Intern(extend->expression.constant));
  if (below.rows > 0) (*rows)[id] += below.rows;
  return true;
}

bool CountsDistinctValues(const Aggregate& aggregate, const plan::PlanNode& input) {
  return aggregate.function == AggregateFunction::kCount && aggregate.distinct &&
         aggregate.argument.kind == Expression::Kind::kVariable && input.certain.contains(aggregate.argument.variable);
}

// How many values a variable has in the rows of a plan, where the statistics know.
std::optional<uint64_t> KnownDistinct(const PlanPtr& plan, Variable variable, const Statistics& statistics) {
  if (std::holds_alternative<plan::Project>(plan->operation)) {
    return KnownDistinct(plan->children[0], variable, statistics);
  }
  const auto* index_scan = std::get_if<plan::IndexScan>(&plan->operation);
  if (index_scan == nullptr || !statistics.distinct_is_exact) return std::nullopt;
  const plan::ScanPlan& scan = index_scan->scan;
  const PermutationInfo& info = GetPermutationInfo(scan.permutation);
  if (!GivesAllRows(scan) || !scan.ranges.empty() || info.relation != Relation::kQuads || scan.prefix > 1) {
    return std::nullopt;
  }
  if (scan.nothing) return 0;
  PredicateStatistics counts = {statistics.quads.rows, statistics.quads.distinct_subjects,
                                statistics.quads.distinct_objects};
  if (scan.prefix == 1) {
    if (info.columns[0] != Column::kPredicate) return std::nullopt;
    const auto found = statistics.quads.predicates.find(*scan.constants[0]);
    counts = found == statistics.quads.predicates.end() ? PredicateStatistics() : found->second;
  }
  const auto position = std::find(scan.bindings.begin(), scan.bindings.end(), variable) - scan.bindings.begin();
  switch (info.columns[static_cast<size_t>(position)]) {
    case Column::kSubject: return counts.distinct_subjects;
    case Column::kObject: return counts.distinct_objects;
    default: return std::nullopt;
  }
}

// COUNT(DISTINCT ?variable) as the number of rows of a plan that has each value once, which skips from value to value
// where they come in order.
absl::StatusOr<PlanPtr> MakeDistinctCount(PlanPtr input, const Aggregate& aggregate, TermSpace* terms) {
  const Variable variable = aggregate.argument.variable;
  if (const auto known = KnownDistinct(input, variable, terms->snapshot().statistics()); known.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId number, terms->Intern(IntegerTerm(static_cast<int64_t>(*known))));
    return optimizer::MakeTable({aggregate.result}, {{number}});
  }
  PlanPtr values = optimizer::MakeProject(WithoutRepeats(std::move(input), variable, *terms), {variable});
  Aggregate count;
  count.result = aggregate.result;
  return optimizer::MakeGroup(optimizer::MakeDistinct(std::move(values)), {}, {count});
}

}  // namespace

absl::StatusOr<PlanPtr> MakeCountedGroup(PlanPtr input, const algebra::Group& group, TermSpace* terms) {
  std::vector<Aggregate> aggregates = group.aggregates;
  if (group.keys.empty() && aggregates.size() == 1 && CountsDistinctValues(aggregates[0], *input)) {
    return MakeDistinctCount(std::move(input), aggregates[0], terms);
  }
  for (Aggregate& aggregate : aggregates) {
    // A variable that is always bound is counted as often as there are rows.
    const bool counts = aggregate.function == AggregateFunction::kCount && !aggregate.distinct &&
                        aggregate.argument.kind == Expression::Kind::kVariable;
    if (counts && input->certain.contains(aggregate.argument.variable)) {
      aggregate.function = AggregateFunction::kCountRows;
      aggregate.argument = Expression();
    }
  }
  if (!CountsRowsOnly(aggregates)) return optimizer::MakeGroup(std::move(input), group.keys, aggregates);
  if (group.keys.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(Counted counted, Count(input, terms->snapshot()));
    if (counted.rest == nullptr) counted.rest = optimizer::MakeTable({}, {});
    PlanPtr plan = optimizer::MakeGroup(std::move(counted.rest), group.keys, aggregates);
    std::get<plan::Group>(plan->operation).counted = counted.rows;
    return plan;
  }
  std::map<TermId, uint64_t> rows_of;
  if (group.keys.size() == 1) {
    DOSSIER_ASSIGN_OR_RETURN(const bool known, CountPredicates(input, group.keys[0], terms, &rows_of));
    if (known) {
      std::vector<Variable> columns = group.keys;
      for (const Aggregate& aggregate : aggregates) columns.push_back(aggregate.result);
      std::vector<std::vector<TermId>> rows;
      for (const auto& [id, count] : rows_of) {
        DOSSIER_ASSIGN_OR_RETURN(const TermId number, terms->Intern(IntegerTerm(static_cast<int64_t>(count))));
        rows.emplace_back(1, id).resize(columns.size(), number);
      }
      return optimizer::MakeTable(std::move(columns), std::move(rows));
    }
  }
  return optimizer::MakeGroup(std::move(input), group.keys, aggregates);
}

bool IsKnownEmpty(const plan::PlanNode& plan, const Statistics& statistics) {
  if (const auto* scan = std::get_if<plan::IndexScan>(&plan.operation)) {
    return optimizer::KnownRows(scan->scan, statistics) == std::optional<uint64_t>(0);
  }
  if (const auto* join = std::get_if<plan::IndexJoin>(&plan.operation)) {
    if (optimizer::KnownRows(join->scan, statistics) == std::optional<uint64_t>(0)) return true;
  }
  const bool keeps_emptiness =
      std::holds_alternative<plan::Project>(plan.operation) || std::holds_alternative<plan::Extend>(plan.operation) ||
      std::holds_alternative<plan::Filter>(plan.operation) || std::holds_alternative<plan::IndexJoin>(plan.operation);
  return keeps_emptiness && IsKnownEmpty(*plan.children[0], statistics);
}

PlanPtr WithoutRepeats(PlanPtr plan, Variable column, const TermSpace& terms) {
  if (const auto* scan = std::get_if<plan::IndexScan>(&plan->operation)) {
    if (!BindsAllPredicates(scan->scan, column)) return plan;
    std::vector<std::vector<TermId>> rows;
    for (const auto& [id, statistics] : terms.snapshot().statistics().quads.predicates) {
      if (statistics.rows > 0) rows.push_back({id});
    }
    std::sort(rows.begin(), rows.end());
    return optimizer::MakeTable({column}, std::move(rows));
  }
  if (std::holds_alternative<plan::Union>(plan->operation)) {
    std::vector<PlanPtr> children;
    for (const PlanPtr& child : plan->children) {
      PlanPtr part = WithoutRepeats(child, column, terms);
      const bool in_order = part == child && !part->sorted_by.empty() && part->sorted_by[0] == column;
      // Each side for itself can skip from value to value, which the union of them cannot.
      if (in_order) part = optimizer::MakeDistinct(optimizer::MakeProject(std::move(part), {column}));
      children.push_back(std::move(part));
    }
    return optimizer::MakeUnion(std::move(children));
  }
  if (std::holds_alternative<plan::Project>(plan->operation)) {
    return optimizer::MakeProject(WithoutRepeats(plan->children[0], column, terms), plan->columns);
  }
  const auto* extend = std::get_if<plan::Extend>(&plan->operation);
  if (extend == nullptr) return plan;
  if (extend->variable != column) return WithoutRepeats(plan->children[0], column, terms);
  if (extend->expression.kind != Expression::Kind::kConstant) return plan;
  return optimizer::MakeExtend(optimizer::MakeSlice(plan->children[0], 0, 1), column, extend->expression, true);
}

}  // namespace dossier::planner
