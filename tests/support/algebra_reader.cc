#include "tests/support/algebra_reader.h"

#include <cctype>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "query/expr/function.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

using algebra::MakeNode;
using algebra::NodePtr;
using algebra::PathExpression;
using algebra::PatternTerm;
using algebra::Variable;

// A list in brackets, or a word.
struct Item {
  std::string word;
  std::vector<Item> list;
  bool is_list = false;

  const std::string& head() const { return list.front().word; }
};

absl::Status Expected(absl::string_view what, const Item& item) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected ", what, " at ", item.is_list && !item.list.empty() ? "(" + item.head() : item.word));
}

class Tokenizer {
 public:
  explicit Tokenizer(absl::string_view text) : text_(text) {}

  absl::StatusOr<std::vector<Item>> All() {
    std::vector<Item> items;
    while (SkipBlanks(), !text_.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(Item item, Next());
      items.push_back(std::move(item));
    }
    return items;
  }

 private:
  void SkipBlanks() {
    while (!text_.empty() && std::isspace(static_cast<unsigned char>(text_.front())) != 0) text_.remove_prefix(1);
  }

  absl::StatusOr<Item> Next() {
    SkipBlanks();
    if (text_.empty()) return absl::InvalidArgumentError("the text ends inside brackets");
    Item item;
    if (text_.front() != '(') {
      item.word = Word();
      return item;
    }
    text_.remove_prefix(1);
    item.is_list = true;
    while (SkipBlanks(), !absl::StartsWith(text_, ")")) {
      DOSSIER_ASSIGN_OR_RETURN(Item part, Next());
      item.list.push_back(std::move(part));
    }
    text_.remove_prefix(1);
    return item;
  }

  std::string Word() {
    size_t end = 0;
    char quote = 0;
    for (; end < text_.size(); ++end) {
      const char c = text_[end];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"') {
        quote = '"';
      } else if (c == '<' && end + 1 < text_.size() && std::isalpha(static_cast<unsigned char>(text_[end + 1])) != 0) {
        quote = '>';
      } else if (c == '(' || c == ')' || std::isspace(static_cast<unsigned char>(c)) != 0) {
        break;
      }
    }
    std::string word(text_.substr(0, end));
    text_.remove_prefix(end);
    return word;
  }

  absl::string_view text_;
};

Term Tagged(const std::string& text, absl::string_view tag) {
  const size_t dashes = tag.find("--");
  if (dashes == absl::string_view::npos) return Term::LanguageTagged(text, tag);
  const bool right_to_left = tag.substr(dashes + 2) == "rtl";
  return Term::LanguageTagged(text, tag.substr(0, dashes),
                              right_to_left ? BaseDirection::kRightToLeft : BaseDirection::kLeftToRight);
}

std::optional<Term> TermOf(absl::string_view word) {
  if (word.empty()) return std::nullopt;
  if (word.front() == ':') return Term::Iri(absl::StrCat("http://example.org/", word.substr(1)));
  if (word == "rdf:reifies") return Term::Iri(std::string(rdf::kReifies));
  if (word.front() == '<' && word.size() > 1 && word.back() == '>') {
    return Term::Iri(std::string(word.substr(1, word.size() - 2)));
  }
  if (absl::StartsWith(word, "_:")) return Term::BlankNode(std::string(word.substr(2)));
  if (word == "true" || word == "false") return Term::Typed(std::string(word), std::string(xsd::kBoolean));
  double number = 0;
  if (absl::SimpleAtod(word, &number)) {
    const bool whole = word.find('.') == absl::string_view::npos;
    return Term::Typed(std::string(word), std::string(whole ? xsd::kInteger : xsd::kDecimal));
  }
  if (word.front() != '"') return std::nullopt;
  const size_t end = word.rfind('"');
  const std::string text(word.substr(1, end - 1));
  absl::string_view rest = word.substr(end + 1);
  if (absl::ConsumePrefix(&rest, "@")) return Tagged(text, rest);
  if (absl::ConsumePrefix(&rest, "^^xsd:")) return Term::Typed(text, absl::StrCat(xsd::kPrefix, rest));
  if (absl::ConsumePrefix(&rest, "^^<")) return Term::Typed(text, std::string(rest.substr(0, rest.size() - 1)));
  return Term::String(text);
}

class AlgebraBuilder {
 public:
  absl::StatusOr<algebra::Query> Query(const Item& item) {
    algebra::Query query;
    DOSSIER_ASSIGN_OR_RETURN(query.root, Node(item));
    query.variables = variables_;
    return query;
  }

 private:
  using NodeOr = absl::StatusOr<NodePtr>;

  absl::StatusOr<Variable> VariableAt(const Item& item) {
    if (!absl::StartsWith(item.word, "?")) return Expected("a variable", item);
    return variables_.Named(item.word.substr(1));
  }

  absl::StatusOr<std::vector<Variable>> Variables(const Item& item) {
    std::vector<Variable> variables;
    for (const Item& part : item.list) {
      DOSSIER_ASSIGN_OR_RETURN(const Variable variable, VariableAt(part));
      variables.push_back(variable);
    }
    return variables;
  }

  absl::StatusOr<PatternTerm> Place(const Item& item) {
    if (absl::StartsWith(item.word, "?")) return PatternTerm(variables_.Named(item.word.substr(1)));
    const std::optional<Term> term = TermOf(item.word);
    if (!term.has_value()) return Expected("a term or a variable", item);
    return PatternTerm(*term);
  }

  // Takes (graph g X), (some-graphs (g ...) X) and (all-graphs X) off `item`.
  absl::StatusOr<algebra::GraphSelector> Graph(const Item** item) {
    algebra::GraphSelector graph;
    if ((*item)->head() == "all-graphs") {
      graph.kind = algebra::GraphSelector::Kind::kAll;
      *item = &(*item)->list[1];
    } else if ((*item)->head() == "some-graphs") {
      graph.kind = algebra::GraphSelector::Kind::kSome;
      for (const Item& name : (*item)->list[1].list) {
        DOSSIER_ASSIGN_OR_RETURN(const PatternTerm place, Place(name));
        graph.graphs.push_back(std::get<Term>(place));
      }
      *item = &(*item)->list[2];
    } else if ((*item)->head() == "graph") {
      graph.kind = algebra::GraphSelector::Kind::kNamed;
      DOSSIER_ASSIGN_OR_RETURN(graph.graph, Place((*item)->list[1]));
      *item = &(*item)->list[2];
    }
    return graph;
  }

  absl::StatusOr<algebra::Pattern> Pattern(const Item& written) {
    const Item* item = &written;
    algebra::Pattern pattern;
    DOSSIER_ASSIGN_OR_RETURN(pattern.graph, Graph(&item));
    if (item->list.size() < 4) return Expected("a pattern", *item);
    DOSSIER_ASSIGN_OR_RETURN(pattern.subject, Place(item->list[1]));
    DOSSIER_ASSIGN_OR_RETURN(pattern.predicate, Place(item->list[2]));
    DOSSIER_ASSIGN_OR_RETURN(pattern.object, Place(item->list[3]));
    if (item->head() == "quad") return pattern;
    pattern.kind = item->head() == "claim" ? algebra::Pattern::Kind::kReification : algebra::Pattern::Kind::kTripleTerm;
    DOSSIER_ASSIGN_OR_RETURN(pattern.fourth, Place(item->list.at(4)));
    return pattern;
  }

  absl::StatusOr<PathExpression> Path(const Item& item) {
    using Kind = PathExpression::Kind;
    PathExpression path;
    if (!item.is_list) {
      const std::optional<Term> term = TermOf(item.word);
      if (!term.has_value()) return Expected("a link", item);
      path.link = *term;
      return path;
    }
    const std::map<std::string, Kind> kinds = {{"inverse", Kind::kInverse},       {"seq", Kind::kSequence},
                                               {"alt", Kind::kAlternative},       {"zero-or-more", Kind::kZeroOrMore},
                                               {"one-or-more", Kind::kOneOrMore}, {"zero-or-one", Kind::kZeroOrOne},
                                               {"not", Kind::kNegatedSet}};
    const auto kind = kinds.find(item.head());
    if (kind == kinds.end()) return Expected("a path", item);
    path.kind = kind->second;
    for (size_t i = 1; i < item.list.size(); ++i) {
      DOSSIER_ASSIGN_OR_RETURN(PathExpression operand, Path(item.list[i]));
      path.operands.push_back(std::move(operand));
    }
    return path;
  }

  absl::StatusOr<Expression> Value(const Item& item) {
    if (!item.is_list) {
      if (absl::StartsWith(item.word, "?")) return Expression::Var(variables_.Named(item.word.substr(1)));
      const std::optional<Term> term = TermOf(item.word);
      if (!term.has_value()) return Expected("a value", item);
      return Expression::Constant(*term);
    }
    if (item.head() == "exists") {
      DOSSIER_ASSIGN_OR_RETURN(NodePtr pattern, Node(item.list[1]));
      return Expression::Exists(std::move(pattern));
    }
    for (int number = 0; number <= static_cast<int>(Function::kTimeEnd); ++number) {
      const auto function = static_cast<Function>(number);
      if (GetFunctionInfo(function).name != item.head()) continue;
      std::vector<Expression> arguments;
      for (size_t i = 1; i < item.list.size(); ++i) {
        DOSSIER_ASSIGN_OR_RETURN(Expression argument, Value(item.list[i]));
        arguments.push_back(std::move(argument));
      }
      return Expression::Call(function, std::move(arguments));
    }
    return Expected("a function", item);
  }

  absl::StatusOr<Aggregate> AggregateAt(const Item& item) {
    const std::map<std::string, AggregateFunction> functions = {{"count-rows", AggregateFunction::kCountRows},
                                                                {"count", AggregateFunction::kCount},
                                                                {"sum", AggregateFunction::kSum},
                                                                {"min", AggregateFunction::kMin},
                                                                {"max", AggregateFunction::kMax},
                                                                {"avg", AggregateFunction::kAvg},
                                                                {"sample", AggregateFunction::kSample},
                                                                {"group_concat", AggregateFunction::kGroupConcat}};
    Aggregate aggregate;
    DOSSIER_ASSIGN_OR_RETURN(aggregate.result, VariableAt(item.list.at(0)));
    const Item& call = item.list.at(1);
    const auto function = functions.find(call.head());
    if (function == functions.end()) return Expected("an aggregate", call);
    aggregate.function = function->second;
    size_t next = 1;
    aggregate.distinct = call.list.size() > 1 && call.list[1].word == "distinct";
    if (aggregate.distinct) ++next;
    if (aggregate.function != AggregateFunction::kCountRows) {
      DOSSIER_ASSIGN_OR_RETURN(aggregate.argument, Value(call.list.at(next)));
    }
    return aggregate;
  }

  NodeOr ValuesNode(const Item& item) {
    algebra::Values values;
    DOSSIER_ASSIGN_OR_RETURN(values.variables, Variables(item.list[1]));
    for (size_t i = 2; i < item.list.size(); ++i) {
      auto& row = values.rows.emplace_back();
      for (const Item& cell : item.list[i].list) {
        if (cell.word == "undef") {
          row.emplace_back();
        } else {
          row.push_back(TermOf(cell.word));
          if (!row.back().has_value()) return Expected("a term", cell);
        }
      }
    }
    return MakeNode(std::move(values));
  }

  NodeOr GroupNode(const Item& item) {
    algebra::Group group;
    DOSSIER_ASSIGN_OR_RETURN(group.keys, Variables(item.list[1]));
    for (const Item& part : item.list[2].list) {
      DOSSIER_ASSIGN_OR_RETURN(Aggregate aggregate, AggregateAt(part));
      group.aggregates.push_back(std::move(aggregate));
    }
    DOSSIER_ASSIGN_OR_RETURN(group.input, Node(item.list[3]));
    return MakeNode(std::move(group));
  }

  NodeOr OrderNode(const Item& item) {
    algebra::OrderBy order;
    for (const Item& part : item.list[1].list) {
      algebra::SortKey key;
      key.descending = part.head() == "desc";
      DOSSIER_ASSIGN_OR_RETURN(key.expression, Value(part.list.at(1)));
      order.keys.push_back(std::move(key));
    }
    DOSSIER_ASSIGN_OR_RETURN(order.input, Node(item.list[2]));
    return MakeNode(std::move(order));
  }

  NodeOr SliceNode(const Item& item) {
    algebra::Slice slice;
    uint64_t limit = 0;
    if (!absl::SimpleAtoi(item.list[1].word, &slice.offset)) return Expected("an offset", item.list[1]);
    if (absl::SimpleAtoi(item.list[2].word, &limit)) slice.limit = limit;
    DOSSIER_ASSIGN_OR_RETURN(slice.input, Node(item.list[3]));
    return MakeNode(std::move(slice));
  }

  NodeOr SliceOfEachNode(const Item& item) {
    algebra::SliceOfEach slice;
    uint64_t limit = 0;
    for (const Item& key : item.list[1].list) {
      DOSSIER_ASSIGN_OR_RETURN(const PatternTerm place, Place(key));
      slice.keys.push_back(std::get<Variable>(place));
    }
    if (!absl::SimpleAtoi(item.list[2].word, &slice.offset)) return Expected("an offset", item.list[2]);
    if (absl::SimpleAtoi(item.list[3].word, &limit)) slice.limit = limit;
    DOSSIER_ASSIGN_OR_RETURN(slice.input, Node(item.list[4]));
    return MakeNode(std::move(slice));
  }

  NodeOr LeafNode(const Item& written) {
    const Item* item = &written;
    if (item->head() == "bgp") {
      algebra::Bgp bgp;
      for (size_t i = 1; i < item->list.size(); ++i) {
        DOSSIER_ASSIGN_OR_RETURN(algebra::Pattern pattern, Pattern(item->list[i]));
        bgp.patterns.push_back(std::move(pattern));
      }
      return MakeNode(std::move(bgp));
    }
    algebra::Path path;
    DOSSIER_ASSIGN_OR_RETURN(path.graph, Graph(&item));
    if (item->head() != "path" || item->list.size() != 4) return Expected("an operator", *item);
    DOSSIER_ASSIGN_OR_RETURN(path.subject, Place(item->list[1]));
    DOSSIER_ASSIGN_OR_RETURN(path.path, Path(item->list[2]));
    DOSSIER_ASSIGN_OR_RETURN(path.object, Place(item->list[3]));
    return MakeNode(std::move(path));
  }

  template <typename Op>
  NodeOr TwoSided(const Item& item) {
    DOSSIER_ASSIGN_OR_RETURN(NodePtr left, Node(item.list.at(1)));
    DOSSIER_ASSIGN_OR_RETURN(NodePtr right, Node(item.list.at(2)));
    Op op;
    op.left = std::move(left);
    op.right = std::move(right);
    if constexpr (std::is_same_v<Op, algebra::LeftJoin>) {
      if (item.list.size() > 3) {
        DOSSIER_ASSIGN_OR_RETURN(op.condition, Value(item.list[3]));
      }
    }
    return MakeNode(std::move(op));
  }

  NodeOr Node(const Item& item) {
    if (!item.is_list || item.list.empty()) return Expected("an operator", item);
    const std::string& name = item.head();
    if (name == "join") return TwoSided<algebra::Join>(item);
    if (name == "leftjoin") return TwoSided<algebra::LeftJoin>(item);
    if (name == "union") return TwoSided<algebra::Union>(item);
    if (name == "minus") return TwoSided<algebra::Minus>(item);
    if (name == "values") return ValuesNode(item);
    if (name == "group") return GroupNode(item);
    if (name == "order") return OrderNode(item);
    if (name == "slice") return SliceNode(item);
    if (name == "slice-of-each") return SliceOfEachNode(item);
    if (name == "filter") {
      DOSSIER_ASSIGN_OR_RETURN(Expression condition, Value(item.list.at(1)));
      DOSSIER_ASSIGN_OR_RETURN(NodePtr input, Node(item.list.at(2)));
      return MakeNode(algebra::Filter{std::move(input), std::move(condition)});
    }
    if (name == "extend") {
      DOSSIER_ASSIGN_OR_RETURN(const Variable variable, VariableAt(item.list.at(1).list.at(0)));
      DOSSIER_ASSIGN_OR_RETURN(Expression value, Value(item.list[1].list.at(1)));
      DOSSIER_ASSIGN_OR_RETURN(NodePtr input, Node(item.list.at(2)));
      return MakeNode(algebra::Extend{std::move(input), variable, std::move(value)});
    }
    if (name == "project") {
      DOSSIER_ASSIGN_OR_RETURN(std::vector<Variable> variables, Variables(item.list.at(1)));
      DOSSIER_ASSIGN_OR_RETURN(NodePtr input, Node(item.list.at(2)));
      return MakeNode(algebra::Project{std::move(input), std::move(variables)});
    }
    if (name == "distinct") {
      DOSSIER_ASSIGN_OR_RETURN(NodePtr input, Node(item.list.at(1)));
      return MakeNode(algebra::Distinct{std::move(input)});
    }
    return LeafNode(item);
  }

  algebra::VariableTable variables_;
};

absl::StatusOr<Term> DataTerm(const Item& item) {
  const std::optional<Term> term = TermOf(item.word);
  if (!term.has_value()) return Expected("a term", item);
  return *term;
}

absl::StatusOr<Quad> QuadOf(const Item& written) {
  const Item* item = &written;
  Quad quad;
  if (item->head() == "graph") {
    DOSSIER_ASSIGN_OR_RETURN(quad.graph, DataTerm(item->list.at(1)));
    item = &item->list.at(2);
  }
  DOSSIER_ASSIGN_OR_RETURN(quad.subject, DataTerm(item->list.at(1)));
  DOSSIER_ASSIGN_OR_RETURN(quad.predicate, DataTerm(item->list.at(2)));
  DOSSIER_ASSIGN_OR_RETURN(quad.object, DataTerm(item->list.at(3)));
  if (item->head() == "quad") return quad;
  DOSSIER_ASSIGN_OR_RETURN(const Term reifier, DataTerm(item->list.at(4)));
  const Term triple = Term::TripleTerm(quad.triple());
  return Quad{reifier, Term::Iri(std::string(rdf::kReifies)), triple, quad.graph};
}

// `item` with the numbers of the i-th repetition in its words.
Item Numbered(Item item, size_t i) {
  for (Item& part : item.list) part = Numbered(std::move(part), i);
  size_t begin = 0;
  while ((begin = item.word.find('{')) != std::string::npos) {
    const size_t end = item.word.find('}', begin);
    size_t divisor = 1;
    if (end > begin + 1 && !absl::SimpleAtoi(item.word.substr(begin + 2, end - begin - 2), &divisor)) divisor = 1;
    item.word.replace(begin, end - begin + 1, absl::StrCat(i / divisor));
  }
  return item;
}

}  // namespace

absl::StatusOr<algebra::Query> ReadAlgebra(absl::string_view text) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Item> items, Tokenizer(text).All());
  if (items.size() != 1) return absl::InvalidArgumentError("expected one operator");
  return AlgebraBuilder().Query(items[0]);
}

absl::StatusOr<std::vector<Quad>> ReadQuads(absl::string_view text) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<Item> items, Tokenizer(text).All());
  std::vector<Quad> quads;
  for (const Item& item : items) {
    if (!item.is_list || item.list.empty()) return Expected("a quad", item);
    size_t repeats = 1;
    if (item.head() == "repeat" && !absl::SimpleAtoi(item.list.at(1).word, &repeats)) return Expected("a number", item);
    for (size_t i = 0; i < repeats; ++i) {
      for (size_t j = item.head() == "repeat" ? 2 : 0; j < item.list.size(); ++j) {
        const bool repeated = item.head() == "repeat";
        DOSSIER_ASSIGN_OR_RETURN(Quad quad, QuadOf(repeated ? Numbered(item.list[j], i) : item));
        quads.push_back(std::move(quad));
        if (!repeated) break;
      }
    }
  }
  return quads;
}

}  // namespace dossier
