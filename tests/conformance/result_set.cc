#include "tests/conformance/result_set.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

constexpr char kResultSet[] = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#";

class Properties {
 public:
  explicit Properties(const std::vector<Quad>& graph) {
    for (const Quad& quad : graph) objects_[{quad.subject, quad.predicate.value()}].push_back(quad.object);
  }
  std::vector<Term> All(const Term& subject, absl::string_view name) const {
    const auto found = objects_.find({subject, absl::StrCat(kResultSet, name)});
    return found == objects_.end() ? std::vector<Term>() : found->second;
  }
  std::optional<Term> One(const Term& subject, absl::string_view name) const {
    std::vector<Term> all = All(subject, name);
    if (all.empty()) return std::nullopt;
    return std::move(all[0]);
  }

 private:
  std::map<std::pair<Term, std::string>, std::vector<Term>> objects_;
};

std::vector<std::optional<Term>> RowOf(const Term& solution, const Properties& properties,
                                       const std::vector<std::string>& columns) {
  std::vector<std::optional<Term>> row(columns.size());
  for (const Term& binding : properties.All(solution, "binding")) {
    const std::string name = properties.One(binding, "variable").value_or(Term()).value();
    const auto column = std::find(columns.begin(), columns.end(), name);
    if (column != columns.end()) row[static_cast<size_t>(column - columns.begin())] = properties.One(binding, "value");
  }
  return row;
}

}  // namespace

std::optional<ResultSet> ReadResultSet(const std::vector<Quad>& graph) {
  const auto root = std::find_if(graph.begin(), graph.end(), [](const Quad& quad) {
    return quad.predicate.value() == rdf::kType && quad.object.value() == absl::StrCat(kResultSet, "ResultSet");
  });
  if (root == graph.end()) return std::nullopt;
  const Properties properties(graph);
  ResultSet result;
  if (const std::optional<Term> boolean = properties.One(root->subject, "boolean"); boolean.has_value()) {
    result.table.boolean = boolean->value() == "true" || boolean->value() == "1";
    return result;
  }
  for (const Term& name : properties.All(root->subject, "resultVariable")) result.table.columns.push_back(name.value());
  std::vector<std::pair<long, Term>> solutions;
  for (const Term& solution : properties.All(root->subject, "solution")) {
    const std::optional<Term> index = properties.One(solution, "index");
    result.ordered = result.ordered || index.has_value();
    solutions.emplace_back(index.has_value() ? std::strtol(index->value().c_str(), nullptr, 10) : 0, solution);
  }
  std::stable_sort(solutions.begin(), solutions.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [index, solution] : solutions) {
    result.table.rows.push_back(RowOf(solution, properties, result.table.columns));
  }
  return result;
}

}  // namespace dossier
