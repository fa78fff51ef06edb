#include "query/plan/plan_printer.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace dossier::plan {
namespace {

absl::string_view KindName(JoinKind kind) {
  switch (kind) {
    case JoinKind::kInner: return "inner";
    case JoinKind::kLeft: return "left";
    case JoinKind::kSemi: return "semi";
    case JoinKind::kAnti: return "anti";
    case JoinKind::kMinus: return "minus";
  }
  return "";
}

// The line of one operator, without its numbers.
class Describer {
 public:
  Describer(const PlanNode& node, const algebra::VariableTable& variables) : node_(node), variables_(variables) {}

  std::string operator()(const IndexScan& op) const { return absl::StrCat("scan ", OfScan(op.scan, op.scan.prefix)); }
  std::string operator()(const Table& op) const {
    return op.parameters ? absl::StrCat("parameters ", List(node_.columns))
                         : absl::StrCat("table of ", op.rows.size(), " rows");
  }
  std::string operator()(const Bindings&) const { return absl::StrCat("bindings of ", List(node_.columns)); }
  std::string operator()(const IndexJoin& op) const { return absl::StrCat("index join ", OfScan(op.scan, op.depth)); }
  std::string operator()(const PathJoin& op) const {
    return absl::StrCat("follow ", algebra::ToString(algebra::Node{op.path}, variables_));
  }
  std::string operator()(const Filter& op) const { return absl::StrCat("filter ", Of(op.condition)); }
  std::string operator()(const Extend& op) const {
    return absl::StrCat("extend ", Of(op.variable), " = ", Of(op.expression));
  }
  std::string operator()(const Project&) const { return absl::StrCat("project ", List(node_.columns)); }
  std::string operator()(const Group& op) const {
    std::vector<Variable> results;
    for (const Aggregate& aggregate : op.aggregates) results.push_back(aggregate.result);
    return absl::StrCat(op.sorted ? "group sorted" : "group", " by ", List(op.keys), " to ", List(results),
                        op.counted > 0 ? absl::StrCat(", ", op.counted, " rows counted in the index") : "");
  }
  std::string operator()(const Sort& op) const {
    std::string text = op.limit.has_value() ? absl::StrCat("top ", *op.limit, " by") : "sort by";
    for (const algebra::SortKey& key : op.keys) {
      absl::StrAppend(&text, " ", key.descending ? "desc " : "", Of(key.expression));
    }
    return text;
  }
  std::string operator()(const Distinct& op) const { return op.sorted ? "distinct sorted" : "distinct"; }
  std::string operator()(const Slice& op) const {
    return absl::StrCat("slice from ", op.offset, op.limit.has_value() ? absl::StrCat(", ", *op.limit, " rows") : "");
  }
  std::string operator()(const SliceOfEach& op) const {
    return absl::StrCat("slice of each ", List(op.keys), " from ", op.offset,
                        op.limit.has_value() ? absl::StrCat(", ", *op.limit, " rows") : "");
  }
  std::string operator()(const MergeJoin& op) const { return absl::StrCat("merge join on ", List(op.keys)); }
  std::string operator()(const HashJoin& op) const { return OfJoin("hash", op.kind, op.condition); }
  std::string operator()(const BindJoin& op) const {
    return absl::StrCat(OfJoin("bind", op.kind, op.condition), " binding ", List(op.bindings));
  }
  std::string operator()(const MultiwayJoin& op) const { return absl::StrCat("multiway join by ", List(op.order)); }
  std::string operator()(const CountJoin& op) const {
    std::string text = absl::StrCat("count join to ", List(op.results));
    if (op.key.has_value()) absl::StrAppend(&text, " for each ", Of(*op.key));
    // Which children are counted away, and into what.
    for (const CountJoin::Step& step : op.steps) {
      absl::StrAppend(&text, ", ", step.child + 1, " into ", step.kept.has_value() ? Of(*step.kept) : "the whole");
    }
    if (!op.order.empty()) absl::StrAppend(&text, ", the others by ", List(op.order));
    return text;
  }
  std::string operator()(const Gather& op) const { return absl::StrCat("gather by ", Of(op.by)); }
  std::string operator()(const Union&) const { return "union"; }

 private:
  std::string Of(Variable variable) const { return absl::StrCat("?", variables_.name(variable)); }
  std::string Of(const Expression& expression) const { return algebra::ToString(expression, variables_); }
  std::string List(const std::vector<Variable>& variables) const {
    if (variables.empty()) return "nothing";
    return absl::StrJoin(variables, " ", [this](std::string* out, Variable v) { absl::StrAppend(out, Of(v)); });
  }
  std::string OfScan(const ScanPlan& scan, size_t depth) const {
    const PermutationInfo& info = GetPermutationInfo(scan.permutation);
    algebra::Bgp bgp;
    bgp.patterns.push_back(*scan.pattern);
    std::string pattern = algebra::ToString(algebra::Node{std::move(bgp)}, variables_);
    // Without the brackets of the surrounding graph pattern.
    constexpr absl::string_view kOpening = "(bgp ";
    pattern = pattern.substr(kOpening.size(), pattern.size() - kOpening.size() - 1);
    std::string text = absl::StrCat(info.name, "[", depth, "] ", pattern);
    if (!scan.ranges.empty()) absl::StrAppend(&text, " in ", scan.ranges.size(), " ranges");
    if (scan.nothing) absl::StrAppend(&text, " (unknown term: nothing)");
    return text;
  }
  std::string OfJoin(absl::string_view method, JoinKind kind, const std::optional<Expression>& condition) const {
    std::vector<Variable> shared;
    const std::vector<Variable>& right = node_.children[1]->columns;
    for (const Variable variable : node_.children[0]->columns) {
      if (std::find(right.begin(), right.end(), variable) != right.end()) shared.push_back(variable);
    }
    const bool crossed = shared.empty() && kind == JoinKind::kInner;
    return absl::StrCat(method, " ", KindName(kind), crossed ? " cross product" : " join on ",
                        crossed ? "" : List(shared), condition.has_value() ? " if " + Of(*condition) : "");
  }

  const PlanNode& node_;
  const algebra::VariableTable& variables_;
};

void Append(const PlanNode& node, const algebra::VariableTable& variables, const PrintOptions& options, size_t depth,
            std::string* text) {
  text->append(2 * depth, ' ');
  absl::StrAppend(text, std::visit(Describer(node, variables), node.operation));
  if (options.with_estimates) absl::StrAppendFormat(text, "  ~%.0f rows", std::ceil(node.rows));
  if (options.with_actuals) {
    const Actuals& actuals = node.actuals;
    absl::StrAppendFormat(text, ", actually %d in %.3f ms", actuals.rows, absl::ToDoubleMilliseconds(actuals.time));
    if (actuals.starts != 1) absl::StrAppend(text, ", ", actuals.starts, " times");
  }
  text->push_back('\n');
  for (const PlanPtr& child : node.children) Append(*child, variables, options, depth + 1, text);
}

}  // namespace

std::string ToString(const PlanNode& plan, const algebra::VariableTable& variables, const PrintOptions& options) {
  std::string text;
  Append(plan, variables, options, 0, &text);
  return text;
}

}  // namespace dossier::plan
