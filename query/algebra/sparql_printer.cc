#include "query/algebra/sparql_printer.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "query/algebra/scope.h"
#include "query/algebra/sparql_expression_printer.h"
#include "rdf/vocabulary.h"

namespace dossier::algebra {
namespace {

constexpr size_t kIndent = 2;

// Prints one query. The first thing without words is remembered, and printing goes on to the end.
class SparqlPrinter : public SparqlNames {
 public:
  SparqlPrinter(const VariableTable& variables, const SparqlPrinterOptions& options)
      : SparqlNames(variables), options_(options) {}

  absl::StatusOr<std::string> Print(const Node& root) {
    depth_ = 0;
    Select(root);
    if (!status_.ok()) return status_;
    return absl::StrCat(Prologue(), text_);
  }

 private:
  void Fail(absl::string_view what) {
    status_.Update(absl::InvalidArgumentError(absl::StrCat("no SPARQL text stands for ", what)));
  }
  void Line(absl::string_view line) {
    text_.append(depth_ * kIndent, ' ');
    absl::StrAppend(&text_, line, "\n");
  }
  void Open(absl::string_view before) {
    Line(before.empty() ? "{" : absl::StrCat(before, " {"));
    ++depth_;
  }
  void Close() {
    --depth_;
    Line("}");
  }

  static bool IsModifier(const Node& node) {
    return std::holds_alternative<Slice>(node.op) || std::holds_alternative<OrderBy>(node.op) ||
           std::holds_alternative<Project>(node.op) || std::holds_alternative<Distinct>(node.op) ||
           std::holds_alternative<Group>(node.op);
  }

  // The solution modifiers from the outermost operator inwards, as far as one SELECT can say them: Slice, Distinct,
  // Project, OrderBy, Group.
  void Select(const Node& root) {
    const Node* node = &root;
    const Slice* slice = Take<Slice>(&node);
    const Distinct* distinct = Take<Distinct>(&node);
    const Project* project = Take<Project>(&node);
    const OrderBy* order = Take<OrderBy>(&node);
    const Group* group = Take<Group>(&node);
    const std::vector<Variable> scope = VariablesInScope(project != nullptr ? root : *node);
    std::vector<std::string> columns;
    if (group != nullptr) {
      for (const Variable key : group->keys) columns.push_back(Name(key));
      for (const Aggregate& aggregate : group->aggregates) {
        columns.push_back(absl::StrCat("(", Text(aggregate), " AS ", Name(aggregate.result), ")"));
      }
    } else {
      for (const Variable variable : project != nullptr ? project->variables : scope) columns.push_back(Name(variable));
    }
    if (columns.empty()) columns.emplace_back("*");
    const std::string select =
        absl::StrCat("SELECT ", distinct != nullptr ? "DISTINCT " : "", absl::StrJoin(columns, " "));
    Line(select);
    Open("WHERE");
    Contents(*node);
    Close();
    if (group != nullptr && !group->keys.empty()) {
      std::vector<std::string> keys;
      for (const Variable key : group->keys) keys.push_back(Name(key));
      Line(absl::StrCat("GROUP BY ", absl::StrJoin(keys, " ")));
    }
    if (order != nullptr) {
      std::vector<std::string> keys;
      for (const SortKey& key : order->keys) {
        keys.push_back(absl::StrCat(key.descending ? "DESC(" : "ASC(", Text(key.expression), ")"));
      }
      Line(absl::StrCat("ORDER BY ", absl::StrJoin(keys, " ")));
    }
    if (slice != nullptr && slice->offset > 0) Line(absl::StrCat("OFFSET ", slice->offset));
    if (slice != nullptr && slice->limit.has_value()) Line(absl::StrCat("LIMIT ", *slice->limit));
  }

  // The operator at `node` when it is an Op; then `node` moves on to its input.
  template <typename Op>
  static const Op* Take(const Node** node) {
    const Op* op = std::get_if<Op>(&(*node)->op);
    if (op != nullptr) *node = op->input.get();
    return op;
  }

  // What stands between the braces of a group for `node`.
  void Contents(const Node& node) {
    if (const auto* filter = std::get_if<Filter>(&node.op)) {
      Contents(*filter->input);
      Line(absl::StrCat("FILTER ", Condition(filter->condition)));
    } else if (const auto* extend = std::get_if<Extend>(&node.op)) {
      Contents(*extend->input);
      Line(absl::StrCat("BIND(", Text(extend->expression), " AS ", Name(extend->variable), ")"));
    } else if (const auto* optional = std::get_if<LeftJoin>(&node.op)) {
      Element(*optional->left);
      Open("OPTIONAL");
      Contents(*optional->right);
      if (optional->condition.has_value()) Line(absl::StrCat("FILTER ", Condition(*optional->condition)));
      Close();
    } else if (const auto* minus = std::get_if<Minus>(&node.op)) {
      Element(*minus->left);
      Open("MINUS");
      Contents(*minus->right);
      Close();
    } else if (const auto* choice = std::get_if<Union>(&node.op)) {
      Alternatives(*choice);
    } else if (IsModifier(node)) {
      Open("");
      Select(node);
      Close();
    } else {
      Element(node);
    }
  }

  // `node` beside others in a group.
  void Element(const Node& node) {
    if (const auto* bgp = std::get_if<Bgp>(&node.op)) {
      for (const Pattern& pattern : bgp->patterns) Triple(pattern);
    } else if (const auto* path = std::get_if<Path>(&node.op)) {
      InGraph(path->graph, absl::StrCat(Text(path->subject), " ", Text(path->path), " ", Text(path->object), " ."));
    } else if (const auto* join = std::get_if<Join>(&node.op)) {
      Element(*join->left);
      Element(*join->right);
    } else if (const auto* values = std::get_if<Values>(&node.op)) {
      Table(*values);
    } else if (const auto* choice = std::get_if<Union>(&node.op)) {
      Alternatives(*choice);
    } else {
      Open("");
      if (IsModifier(node)) {
        Select(node);
      } else {
        Contents(node);
      }
      Close();
    }
  }

  void Alternatives(const Union& choice) {
    Open("");
    Contents(*choice.left);
    Close();
    Open("UNION");
    Contents(*choice.right);
    Close();
  }

  void Table(const Values& values) {
    std::vector<std::string> names;
    for (const Variable variable : values.variables) names.push_back(Name(variable));
    std::string line = absl::StrCat("VALUES (", absl::StrJoin(names, " "), ") {");
    for (const auto& row : values.rows) {
      std::vector<std::string> cells;
      for (const std::optional<Term>& cell : row) cells.push_back(cell.has_value() ? Text(*cell) : "UNDEF");
      absl::StrAppend(&line, " (", absl::StrJoin(cells, " "), ")");
    }
    Line(absl::StrCat(line, " }"));
  }

  void Triple(const Pattern& pattern) {
    const std::string triple =
        absl::StrCat(Text(pattern.subject), " ", Text(pattern.predicate), " ", Text(pattern.object));
    switch (pattern.kind) {
      case Pattern::Kind::kQuad: InGraph(pattern.graph, absl::StrCat(triple, " .")); return;
      case Pattern::Kind::kReification:
        InGraph(pattern.graph, absl::StrCat(Text(pattern.fourth), " ", Abbreviated(std::string(rdf::kReifies)), " <<( ",
                                            triple, " )>> ."));
        return;
      case Pattern::Kind::kTripleTerm: Fail("a pattern of triple terms alone"); return;
    }
  }

  void InGraph(const GraphSelector& graph, const std::string& pattern) {
    switch (graph.kind) {
      case GraphSelector::Kind::kDefault: Line(pattern); return;
      case GraphSelector::Kind::kNamed: Line(absl::StrCat("GRAPH ", Text(graph.graph), " { ", pattern, " }")); return;
      case GraphSelector::Kind::kSome: Fail("a chosen set of graphs"); return;
      case GraphSelector::Kind::kAll: break;
    }
    if (!options_.has_named_graphs) {
      Line(pattern);
      return;
    }
    // What stands in several graphs counts once.
    const std::string name = absl::StrCat("?graph", ++graphs_);
    Line(absl::StrCat("{ SELECT DISTINCT ", VariablesOf(pattern), " WHERE { { ", pattern, " } UNION { GRAPH ", name,
                      " { ", pattern, " } } } }"));
  }

  // The variables of a printed pattern, for the columns of a SELECT; `*` would show the graph.
  static std::string VariablesOf(const std::string& pattern) {
    std::vector<std::string> names;
    for (const absl::string_view word : absl::StrSplit(pattern, ' ', absl::SkipEmpty())) {
      if (word[0] == '?' && std::find(names.begin(), names.end(), word) == names.end()) names.emplace_back(word);
    }
    return names.empty() ? "(1 AS ?exists)" : absl::StrJoin(names, " ");
  }

  std::string Text(const PatternTerm& term) {
    return std::holds_alternative<Variable>(term) ? Name(std::get<Variable>(term)) : Text(std::get<Term>(term));
  }
  std::string Text(const Term& term) { return TermText(term); }

  std::string Text(const PathExpression& path) {
    const auto joined = [&](absl::string_view separator) {
      std::vector<std::string> parts;
      for (const PathExpression& operand : path.operands) parts.push_back(Text(operand));
      return absl::StrCat("(", absl::StrJoin(parts, separator), ")");
    };
    switch (path.kind) {
      case PathExpression::Kind::kLink: return Text(path.link);
      case PathExpression::Kind::kInverse: return absl::StrCat("^", Text(path.operands.front()));
      case PathExpression::Kind::kSequence: return joined("/");
      case PathExpression::Kind::kAlternative: return joined("|");
      case PathExpression::Kind::kZeroOrMore: return absl::StrCat(Text(path.operands.front()), "*");
      case PathExpression::Kind::kOneOrMore: return absl::StrCat(Text(path.operands.front()), "+");
      case PathExpression::Kind::kZeroOrOne: return absl::StrCat(Text(path.operands.front()), "?");
      case PathExpression::Kind::kNegatedSet: return absl::StrCat("!", joined("|"));
    }
    return "";
  }

  // In brackets, as FILTER needs it; EXISTS stands without.
  std::string Condition(const Expression& expression) {
    const std::string text = Text(expression);
    const bool exists = text.rfind("EXISTS", 0) == 0 || text.rfind("NOT EXISTS", 0) == 0;
    return exists || text[0] == '(' ? text : absl::StrCat("(", text, ")");
  }

  std::string Text(const Expression& expression) {
    if (expression.kind == Expression::Kind::kExists) return Exists(expression, "EXISTS");
    if (expression.kind == Expression::Kind::kCall && expression.function == Function::kNot &&
        expression.arguments.front().kind == Expression::Kind::kExists) {
      return Exists(expression.arguments.front(), "NOT EXISTS");
    }
    if (expression.kind == Expression::Kind::kVariable) return Name(expression.variable);
    if (expression.kind == Expression::Kind::kConstant) return TermText(expression.constant);
    std::vector<std::string> arguments;
    for (const Expression& argument : expression.arguments) arguments.push_back(Text(argument));
    std::optional<std::string> call = CallText(expression.function, arguments);
    if (!call.has_value()) Fail(absl::StrCat("the function ", GetFunctionInfo(expression.function).name));
    return call.value_or("");
  }

  std::string Text(const Aggregate& aggregate) {
    const std::string argument = aggregate.function == AggregateFunction::kCountRows ? "*" : Text(aggregate.argument);
    return AggregateText(aggregate, argument);
  }

  // The pattern is printed into a text of its own, on lines of the present depth.
  std::string Exists(const Expression& expression, absl::string_view word) {
    std::string before;
    std::swap(before, text_);
    ++depth_;
    Contents(*expression.exists);
    --depth_;
    std::swap(before, text_);
    return absl::StrCat(word, " {\n", before, std::string(depth_ * kIndent, ' '), "}");
  }

  const SparqlPrinterOptions& options_;
  std::string text_;
  size_t depth_ = 0;
  size_t graphs_ = 0;
  absl::Status status_;
};

}  // namespace

absl::StatusOr<std::string> ToSparql(const Query& query, const SparqlPrinterOptions& options) {
  return SparqlPrinter(query.variables, options).Print(*query.root);
}

}  // namespace dossier::algebra
