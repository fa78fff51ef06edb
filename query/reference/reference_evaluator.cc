#include "query/reference/reference_evaluator.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "absl/time/clock.h"
#include "base/status_macros.h"
#include "query/expr/evaluator.h"
#include "query/reference/reference_path.h"
#include "query/reference/stored_rows.h"

namespace dossier {
namespace {

using algebra::GraphSelector;
using algebra::Pattern;
using algebra::PatternTerm;
using algebra::Variable;
using Solutions = std::vector<Solution>;

std::optional<Solution> Merged(const Solution& a, const Solution& b) {
  Solution merged = a;
  for (const auto& [variable, id] : b) {
    const auto [place, inserted] = merged.emplace(variable, id);
    if (!inserted && place->second != id) return std::nullopt;
  }
  return merged;
}

bool ShareVariable(const Solution& a, const Solution& b) {
  return std::any_of(a.begin(), a.end(), [&](const auto& binding) { return b.contains(binding.first); });
}

// One evaluation. `outer` holds the row of an enclosing EXISTS: its variables count as constants (section 18.6,
// "substitute").
class Evaluator {
 public:
  Evaluator(TermSpace* terms, QueryValues* values, const StoredRows* rows, const Solution* outer)
      : terms_(terms), values_(values), rows_(rows), outer_(outer) {}

  absl::StatusOr<Solutions> Evaluate(const algebra::Node& node) {
    return std::visit([this](const auto& op) { return On(op); }, node.op);
  }

 private:
  VariableLookup Lookup(const Solution& row, std::function<TermId(Variable)>* holder) const {
    *holder = [this, &row](Variable variable) {
      const auto found = row.find(variable);
      if (found != row.end()) return found->second;
      const auto around = outer_->find(variable);
      return around == outer_->end() ? TermId() : around->second;
    };
    return *holder;
  }

  absl::StatusOr<bool> Exists(const algebra::Node* pattern, VariableLookup row) {
    Solution substituted;
    for (const Variable variable : algebra::VariablesInScope(*pattern)) {
      if (const TermId id = row(variable); !id.is_undefined()) substituted.emplace(variable, id);
    }
    // Filters inside the pattern may also mention outer variables that the pattern itself does not bind.
    for (const auto& [variable, id] : *outer_) substituted.emplace(variable, id);
    for (const auto& [variable, id] : current_) substituted.emplace(variable, id);
    DOSSIER_ASSIGN_OR_RETURN(const Solutions found, Evaluator(terms_, values_, rows_, &substituted).Evaluate(*pattern));
    return !found.empty();
  }

  absl::StatusOr<std::optional<TermId>> ValueOf(const Expression& expression, const Solution& row) {
    current_ = row;
    std::function<TermId(Variable)> holder;
    return dossier::Evaluate(
        expression, Lookup(row, &holder),
        {terms_, values_, [this](const algebra::Node* pattern, VariableLookup r) { return Exists(pattern, r); }});
  }

  absl::StatusOr<bool> Holds(const Expression& condition, const Solution& row) {
    current_ = row;
    std::function<TermId(Variable)> holder;
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<bool> value,
                             EvaluateBoolean(condition, Lookup(row, &holder),
                                             {terms_, values_, [this](const algebra::Node* pattern, VariableLookup r) {
                                                return Exists(pattern, r);
                                              }}));
    return value.value_or(false);
  }

  // Binds `term` to `id` in `row`; false when it is something else.
  absl::StatusOr<bool> Match(const PatternTerm& term, TermId id, Solution* row) {
    if (const Variable* variable = std::get_if<Variable>(&term)) {
      if (const auto around = outer_->find(*variable); around != outer_->end() && around->second != id) return false;
      return row->emplace(*variable, id).first->second == id;
    }
    DOSSIER_ASSIGN_OR_RETURN(const TermId constant, terms_->Intern(std::get<Term>(term)));
    return constant == id;
  }

  static bool IsMerged(const GraphSelector& selector) {
    return selector.kind == GraphSelector::Kind::kAll || selector.kind == GraphSelector::Kind::kSome;
  }

  absl::StatusOr<bool> MatchGraph(const GraphSelector& selector, TermId graph, Solution* row) {
    if (selector.kind == GraphSelector::Kind::kAll) return true;
    if (selector.kind == GraphSelector::Kind::kSome) {
      for (const Term& name : selector.graphs) {
        DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms_->Intern(name));
        if (id == graph) return true;
      }
      return false;
    }
    if (selector.kind == GraphSelector::Kind::kDefault) return graph.is_undefined();
    if (graph.is_undefined()) return false;
    return Match(selector.graph, graph, row);
  }

  absl::StatusOr<bool> MatchTriple(const Pattern& pattern, TermId s, TermId p, TermId o, Solution* row) {
    DOSSIER_ASSIGN_OR_RETURN(const bool subject, Match(pattern.subject, s, row));
    if (!subject) return false;
    DOSSIER_ASSIGN_OR_RETURN(const bool predicate, Match(pattern.predicate, p, row));
    if (!predicate) return false;
    return Match(pattern.object, o, row);
  }

  absl::StatusOr<Solutions> MatchQuads(const Pattern& pattern) {
    Solutions solutions;
    std::set<std::tuple<TermId, TermId, TermId>> seen;
    for (const StoredQuad& quad : rows_->quads) {
      Solution row;
      DOSSIER_ASSIGN_OR_RETURN(const bool graph, MatchGraph(pattern.graph, quad.graph, &row));
      if (!graph) continue;
      if (IsMerged(pattern.graph) && !seen.emplace(quad.subject, quad.predicate, quad.object).second) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool fits, MatchTriple(pattern, quad.subject, quad.predicate, quad.object, &row));
      if (fits) solutions.push_back(std::move(row));
    }
    return solutions;
  }

  absl::StatusOr<Solutions> MatchRows(const Pattern& pattern, const std::vector<StoredTriple>& stored) {
    const bool reifications = pattern.kind == Pattern::Kind::kReification;
    Solutions solutions;
    std::set<std::tuple<TermId, TermId, TermId, TermId>> seen;
    for (const StoredTriple& triple : stored) {
      Solution row;
      if (reifications) {
        DOSSIER_ASSIGN_OR_RETURN(const bool graph, MatchGraph(pattern.graph, triple.graph, &row));
        if (!graph) continue;
        const auto key = std::tuple(triple.subject, triple.predicate, triple.object, triple.fourth);
        if (IsMerged(pattern.graph) && !seen.insert(key).second) continue;
      }
      DOSSIER_ASSIGN_OR_RETURN(const bool fits,
                               MatchTriple(pattern, triple.subject, triple.predicate, triple.object, &row));
      if (!fits) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool fourth, Match(pattern.fourth, triple.fourth, &row));
      if (fourth) solutions.push_back(std::move(row));
    }
    return solutions;
  }

  static Solutions Joined(const Solutions& left, const Solutions& right) {
    Solutions joined;
    for (const Solution& a : left) {
      for (const Solution& b : right) {
        if (std::optional<Solution> merged = Merged(a, b); merged.has_value()) joined.push_back(*std::move(merged));
      }
    }
    return joined;
  }

  absl::StatusOr<Solutions> On(const algebra::Bgp& bgp) {
    Solutions solutions = {Solution()};
    for (const Pattern& pattern : bgp.patterns) {
      absl::StatusOr<Solutions> matches = pattern.kind == Pattern::Kind::kQuad ? MatchQuads(pattern)
                                          : pattern.kind == Pattern::Kind::kReification
                                              ? MatchRows(pattern, rows_->reifications)
                                              : MatchRows(pattern, rows_->triple_terms);
      DOSSIER_RETURN_IF_ERROR(matches.status());
      solutions = Joined(solutions, *matches);
    }
    return solutions;
  }

  absl::StatusOr<Solutions> On(const algebra::Path& path);
  absl::StatusOr<Solutions> PathIn(const algebra::Path& path, std::optional<TermId> graph);

  absl::StatusOr<Solutions> On(const algebra::Join& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions left, Evaluate(*op.left));
    DOSSIER_ASSIGN_OR_RETURN(const Solutions right, Evaluate(*op.right));
    return Joined(left, right);
  }

  absl::StatusOr<Solutions> On(const algebra::LeftJoin& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions left, Evaluate(*op.left));
    DOSSIER_ASSIGN_OR_RETURN(const Solutions right, Evaluate(*op.right));
    Solutions result;
    for (const Solution& a : left) {
      bool any = false;
      for (const Solution& b : right) {
        std::optional<Solution> merged = Merged(a, b);
        if (!merged.has_value()) continue;
        bool holds = true;
        if (op.condition.has_value()) {
          DOSSIER_ASSIGN_OR_RETURN(holds, Holds(*op.condition, *merged));
        }
        if (!holds) continue;
        any = true;
        result.push_back(*std::move(merged));
      }
      if (!any) result.push_back(a);
    }
    return result;
  }

  absl::StatusOr<Solutions> On(const algebra::Union& op) {
    DOSSIER_ASSIGN_OR_RETURN(Solutions left, Evaluate(*op.left));
    DOSSIER_ASSIGN_OR_RETURN(const Solutions right, Evaluate(*op.right));
    left.insert(left.end(), right.begin(), right.end());
    return left;
  }

  absl::StatusOr<Solutions> On(const algebra::Minus& op) {
    DOSSIER_ASSIGN_OR_RETURN(Solutions left, Evaluate(*op.left));
    DOSSIER_ASSIGN_OR_RETURN(const Solutions right, Evaluate(*op.right));
    std::erase_if(left, [&](const Solution& a) {
      return std::any_of(right.begin(), right.end(),
                         [&](const Solution& b) { return ShareVariable(a, b) && Merged(a, b).has_value(); });
    });
    return left;
  }

  absl::StatusOr<Solutions> On(const algebra::Filter& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions input, Evaluate(*op.input));
    Solutions result;
    for (const Solution& row : input) {
      DOSSIER_ASSIGN_OR_RETURN(const bool holds, Holds(op.condition, row));
      if (holds) result.push_back(row);
    }
    return result;
  }

  absl::StatusOr<Solutions> On(const algebra::Extend& op) {
    DOSSIER_ASSIGN_OR_RETURN(Solutions input, Evaluate(*op.input));
    for (Solution& row : input) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value, ValueOf(op.expression, row));
      if (value.has_value()) row.emplace(op.variable, *value);
    }
    return input;
  }

  absl::StatusOr<Solutions> On(const algebra::Values& op) {
    Solutions solutions;
    for (const auto& values : op.rows) {
      Solution row;
      bool fits = true;
      for (size_t i = 0; i < values.size(); ++i) {
        if (!values[i].has_value()) continue;
        DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms_->Intern(*values[i]));
        DOSSIER_ASSIGN_OR_RETURN(const bool match, Match(op.variables[i], id, &row));
        fits = fits && match;
      }
      if (fits) solutions.push_back(std::move(row));
    }
    return solutions;
  }

  static Solution KeyOf(const Solution& row, const std::vector<Variable>& keys) {
    Solution key;
    for (const Variable variable : keys) {
      if (const auto found = row.find(variable); found != row.end()) key.insert(*found);
    }
    return key;
  }

  absl::StatusOr<Solutions> On(const algebra::Group& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions input, Evaluate(*op.input));
    std::map<Solution, Solutions> groups;
    if (op.keys.empty()) groups[Solution()];
    for (const Solution& row : input) groups[KeyOf(row, op.keys)].push_back(row);
    Solutions result;
    for (const auto& [key, rows] : groups) {
      Solution row = key;
      for (const Aggregate& aggregate : op.aggregates) {
        DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value, Aggregated(aggregate, rows));
        if (value.has_value()) row.emplace(aggregate.result, *value);
      }
      result.push_back(std::move(row));
    }
    return result;
  }

  absl::StatusOr<std::optional<TermId>> Aggregated(const Aggregate& aggregate, const Solutions& rows) {
    const std::unique_ptr<AggregateState> state = NewAggregateState(aggregate);
    if (aggregate.function == AggregateFunction::kCountRows) {
      const std::set<Solution> distinct(rows.begin(), rows.end());
      const size_t count = aggregate.distinct ? distinct.size() : rows.size();
      for (size_t i = 0; i < count; ++i) {
        DOSSIER_RETURN_IF_ERROR(state->Add(TermId(TermTag::kBoolean, 1), terms_));
      }
      return state->Finish(terms_);
    }
    for (const Solution& row : rows) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value, ValueOf(aggregate.argument, row));
      DOSSIER_RETURN_IF_ERROR(state->Add(value, terms_));
    }
    return state->Finish(terms_);
  }

  absl::StatusOr<Solutions> On(const algebra::OrderBy& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions input, Evaluate(*op.input));
    std::vector<std::pair<std::vector<TermId>, Solution>> keyed;
    for (const Solution& row : input) {
      std::vector<TermId> key;
      for (const algebra::SortKey& sort_key : op.keys) {
        DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> value, ValueOf(sort_key.expression, row));
        key.push_back(value.value_or(TermId()));
      }
      keyed.emplace_back(std::move(key), row);
    }
    absl::Status status;
    std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
      for (size_t i = 0; i < op.keys.size(); ++i) {
        const absl::StatusOr<int> order = CompareForOrder(a.first[i], b.first[i], terms_);
        status.Update(order.status());
        if (!order.ok() || *order == 0) continue;
        return op.keys[i].descending ? *order > 0 : *order < 0;
      }
      return false;
    });
    DOSSIER_RETURN_IF_ERROR(status);
    Solutions sorted;
    for (auto& [key, row] : keyed) sorted.push_back(std::move(row));
    return sorted;
  }

  absl::StatusOr<Solutions> On(const algebra::Project& op) {
    DOSSIER_ASSIGN_OR_RETURN(Solutions input, Evaluate(*op.input));
    for (Solution& row : input) {
      std::erase_if(row, [&](const auto& binding) {
        return std::find(op.variables.begin(), op.variables.end(), binding.first) == op.variables.end();
      });
    }
    return input;
  }

  absl::StatusOr<Solutions> On(const algebra::Distinct& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions input, Evaluate(*op.input));
    Solutions result;
    std::set<Solution> seen;
    for (const Solution& row : input) {
      if (seen.insert(row).second) result.push_back(row);
    }
    return result;
  }

  absl::StatusOr<Solutions> On(const algebra::SliceOfEach& op) {
    DOSSIER_ASSIGN_OR_RETURN(const Solutions input, Evaluate(*op.input));
    std::map<Solution, uint64_t> seen;
    Solutions result;
    for (const Solution& row : input) {
      const uint64_t place = seen[KeyOf(row, op.keys)]++;
      if (place < op.offset || (op.limit.has_value() && place - op.offset >= *op.limit)) continue;
      result.push_back(row);
    }
    return result;
  }

  absl::StatusOr<Solutions> On(const algebra::Slice& op) {
    DOSSIER_ASSIGN_OR_RETURN(Solutions input, Evaluate(*op.input));
    input.erase(input.begin(), input.begin() + static_cast<ptrdiff_t>(std::min<uint64_t>(op.offset, input.size())));
    if (op.limit.has_value() && *op.limit < input.size()) input.resize(*op.limit);
    return input;
  }

  TermSpace* terms_;
  QueryValues* values_;
  const StoredRows* rows_;
  const Solution* outer_;
  Solution current_;
};

absl::StatusOr<Solutions> Evaluator::On(const algebra::Path& path) {
  if (path.graph.kind != GraphSelector::Kind::kNamed) return PathIn(path, std::nullopt);
  std::set<TermId> graphs;
  for (const StoredQuad& quad : rows_->quads) {
    if (!quad.graph.is_undefined()) graphs.insert(quad.graph);
  }
  Solutions all;
  for (const TermId graph : graphs) {
    Solution row;
    DOSSIER_ASSIGN_OR_RETURN(const bool fits, Match(path.graph.graph, graph, &row));
    if (!fits) continue;
    DOSSIER_ASSIGN_OR_RETURN(const Solutions found, PathIn(path, graph));
    for (Solution& joined : Joined({row}, found)) all.push_back(std::move(joined));
  }
  return all;
}

absl::StatusOr<Solutions> Evaluator::PathIn(const algebra::Path& path, std::optional<TermId> graph) {
  PathGraph edges;
  std::set<std::tuple<TermId, TermId, TermId>> triples;
  std::set<TermId> nodes;
  for (const StoredQuad& quad : rows_->quads) {
    if (graph.has_value() && quad.graph != *graph) continue;
    if (!graph.has_value()) {
      Solution nothing;
      DOSSIER_ASSIGN_OR_RETURN(const bool fits, MatchGraph(path.graph, quad.graph, &nothing));
      if (!fits) continue;
    }
    triples.emplace(quad.subject, quad.predicate, quad.object);
    nodes.insert({quad.subject, quad.object});
  }
  for (const auto& [s, p, o] : triples) edges.edges.push_back({s, p, o});
  // An end point that is a constant is a node of its own, wherever it stands (section 18.4).
  for (const PatternTerm* end : {&path.subject, &path.object}) {
    if (const Term* constant = std::get_if<Term>(end)) {
      DOSSIER_ASSIGN_OR_RETURN(const TermId id, terms_->Intern(*constant));
      nodes.insert(id);
    } else if (const auto around = outer_->find(std::get<Variable>(*end)); around != outer_->end()) {
      nodes.insert(around->second);
    }
  }
  edges.nodes.assign(nodes.begin(), nodes.end());
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<NodePair> pairs, PathPairs(path.path, edges, terms_));
  Solutions solutions;
  for (const auto& [from, to] : pairs) {
    Solution row;
    DOSSIER_ASSIGN_OR_RETURN(const bool subject, Match(path.subject, from, &row));
    if (!subject) continue;
    DOSSIER_ASSIGN_OR_RETURN(const bool object, Match(path.object, to, &row));
    if (object) solutions.push_back(std::move(row));
  }
  return solutions;
}

}  // namespace

absl::StatusOr<Solutions> EvaluateByDefinition(const algebra::Node& node, TermSpace* terms) {
  DOSSIER_ASSIGN_OR_RETURN(const StoredRows rows, ReadAllRows(terms));
  const Solution outer;
  QueryValues values(absl::Now());
  return Evaluator(terms, &values, &rows, &outer).Evaluate(node);
}

}  // namespace dossier
