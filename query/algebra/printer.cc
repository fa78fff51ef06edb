// Algebra trees and expressions as S-expressions.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/algebra/node.h"
#include "query/expr/function.h"

namespace dossier::algebra {
namespace {

absl::string_view AggregateName(AggregateFunction function) {
  switch (function) {
    case AggregateFunction::kCountRows: return "count-rows";
    case AggregateFunction::kCount: return "count";
    case AggregateFunction::kSum: return "sum";
    case AggregateFunction::kMin: return "min";
    case AggregateFunction::kMax: return "max";
    case AggregateFunction::kAvg: return "avg";
    case AggregateFunction::kSample: return "sample";
    case AggregateFunction::kGroupConcat: return "group_concat";
  }
  return "";
}

class Printer {
 public:
  explicit Printer(const VariableTable& variables) : variables_(variables) {}

  std::string Of(const Node& node) const { return std::visit(*this, node.op); }

  std::string operator()(const Bgp& op) const {
    std::string text = "(bgp";
    for (const Pattern& pattern : op.patterns) absl::StrAppend(&text, " ", Of(pattern));
    return text + ")";
  }
  std::string operator()(const Path& op) const {
    return InGraph(op.graph, absl::StrCat("(path ", Of(op.subject), " ", Of(op.path), " ", Of(op.object), ")"));
  }
  std::string operator()(const Join& op) const { return absl::StrCat("(join ", Of(*op.left), " ", Of(*op.right), ")"); }
  std::string operator()(const LeftJoin& op) const {
    return absl::StrCat("(leftjoin ", Of(*op.left), " ", Of(*op.right),
                        op.condition.has_value() ? absl::StrCat(" ", Of(*op.condition)) : "", ")");
  }
  std::string operator()(const Union& op) const {
    return absl::StrCat("(union ", Of(*op.left), " ", Of(*op.right), ")");
  }
  std::string operator()(const Minus& op) const {
    return absl::StrCat("(minus ", Of(*op.left), " ", Of(*op.right), ")");
  }
  std::string operator()(const Filter& op) const {
    return absl::StrCat("(filter ", Of(op.condition), " ", Of(*op.input), ")");
  }
  std::string operator()(const Extend& op) const {
    return absl::StrCat("(extend (", Of(op.variable), " ", Of(op.expression), ") ", Of(*op.input), ")");
  }
  std::string operator()(const Values& op) const {
    if (op.parameters) return absl::StrCat("(parameters (", List(op.variables), "))");
    std::string text = absl::StrCat("(values (", List(op.variables), ")");
    for (const auto& row : op.rows) {
      absl::StrAppend(&text, " (",
                      absl::StrJoin(row, " ",
                                    [](std::string* out, const std::optional<Term>& cell) {
                                      absl::StrAppend(out, cell.has_value() ? cell->ToString() : "undef");
                                    }),
                      ")");
    }
    return text + ")";
  }
  std::string operator()(const Group& op) const {
    std::string text = absl::StrCat("(group (", List(op.keys), ") (");
    absl::StrAppend(&text, absl::StrJoin(op.aggregates, " ", [this](std::string* out, const Aggregate& aggregate) {
      absl::StrAppend(out, "(", Of(aggregate.result), " ", Of(aggregate), ")");
    }));
    return absl::StrCat(text, ") ", Of(*op.input), ")");
  }
  std::string operator()(const OrderBy& op) const {
    std::string text = "(order (";
    absl::StrAppend(&text, absl::StrJoin(op.keys, " ", [this](std::string* out, const SortKey& key) {
      absl::StrAppend(out, key.descending ? "(desc " : "(asc ", Of(key.expression), ")");
    }));
    return absl::StrCat(text, ") ", Of(*op.input), ")");
  }
  std::string operator()(const Project& op) const {
    return absl::StrCat("(project (", List(op.variables), ") ", Of(*op.input), ")");
  }
  std::string operator()(const Distinct& op) const { return absl::StrCat("(distinct ", Of(*op.input), ")"); }
  std::string operator()(const Slice& op) const {
    return absl::StrCat("(slice ", op.offset, " ", op.limit.has_value() ? absl::StrCat(*op.limit) : "_", " ",
                        Of(*op.input), ")");
  }
  std::string operator()(const SliceOfEach& op) const {
    return absl::StrCat("(slice-of-each (", List(op.keys), ") ", op.offset, " ",
                        op.limit.has_value() ? absl::StrCat(*op.limit) : "_", " ", Of(*op.input), ")");
  }

  std::string Of(const Expression& expression) const {
    switch (expression.kind) {
      case Expression::Kind::kConstant: return expression.constant.ToString();
      case Expression::Kind::kVariable: return Of(expression.variable);
      case Expression::Kind::kExists: return absl::StrCat("(exists ", Of(*expression.exists), ")");
      case Expression::Kind::kCall: break;
    }
    std::string text = absl::StrCat("(", GetFunctionInfo(expression.function).name);
    for (const Expression& argument : expression.arguments) absl::StrAppend(&text, " ", Of(argument));
    return text + ")";
  }

 private:
  std::string Of(Variable variable) const { return absl::StrCat("?", variables_.name(variable)); }
  std::string Of(const PatternTerm& term) const {
    if (const auto* variable = std::get_if<Variable>(&term)) return Of(*variable);
    return std::get<Term>(term).ToString();
  }
  std::string Of(const Aggregate& aggregate) const {
    std::string text = absl::StrCat("(", AggregateName(aggregate.function), aggregate.distinct ? " distinct" : "");
    if (aggregate.function != AggregateFunction::kCountRows) absl::StrAppend(&text, " ", Of(aggregate.argument));
    if (aggregate.function == AggregateFunction::kGroupConcat) {
      absl::StrAppend(&text, " ", Term::String(aggregate.separator).ToString());
    }
    return text + ")";
  }
  std::string Of(const Pattern& pattern) const {
    const std::string triple = absl::StrCat(Of(pattern.subject), " ", Of(pattern.predicate), " ", Of(pattern.object));
    switch (pattern.kind) {
      case Pattern::Kind::kQuad: return InGraph(pattern.graph, absl::StrCat("(quad ", triple, ")"));
      case Pattern::Kind::kReification:
        return InGraph(pattern.graph, absl::StrCat("(claim ", triple, " ", Of(pattern.fourth), ")"));
      case Pattern::Kind::kTripleTerm: return absl::StrCat("(tripleterm ", triple, " ", Of(pattern.fourth), ")");
    }
    return "";
  }
  std::string InGraph(const GraphSelector& graph, const std::string& text) const {
    switch (graph.kind) {
      case GraphSelector::Kind::kDefault: return text;
      case GraphSelector::Kind::kAll: return absl::StrCat("(all-graphs ", text, ")");
      case GraphSelector::Kind::kSome: {
        std::string names;
        for (const Term& name : graph.graphs) absl::StrAppend(&names, names.empty() ? "" : " ", name.ToString());
        return absl::StrCat("(some-graphs (", names, ") ", text, ")");
      }
      case GraphSelector::Kind::kNamed: return absl::StrCat("(graph ", Of(graph.graph), " ", text, ")");
    }
    return text;
  }
  std::string Of(const PathExpression& path) const {
    using Kind = PathExpression::Kind;
    absl::string_view name;
    switch (path.kind) {
      case Kind::kLink: return path.link.ToString();
      case Kind::kInverse: name = "inverse"; break;
      case Kind::kSequence: name = "seq"; break;
      case Kind::kAlternative: name = "alt"; break;
      case Kind::kZeroOrMore: name = "zero-or-more"; break;
      case Kind::kOneOrMore: name = "one-or-more"; break;
      case Kind::kZeroOrOne: name = "zero-or-one"; break;
      case Kind::kNegatedSet: name = "not"; break;
    }
    std::string text = absl::StrCat("(", name);
    for (const PathExpression& operand : path.operands) absl::StrAppend(&text, " ", Of(operand));
    return text + ")";
  }
  std::string List(const std::vector<Variable>& variables) const {
    return absl::StrJoin(variables, " ", [this](std::string* out, Variable v) { absl::StrAppend(out, Of(v)); });
  }

  const VariableTable& variables_;
};

}  // namespace

std::string ToString(const Node& node, const VariableTable& variables) { return Printer(variables).Of(node); }

std::string ToString(const Expression& expression, const VariableTable& variables) {
  return Printer(variables).Of(expression);
}

}  // namespace dossier::algebra
