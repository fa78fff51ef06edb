#include "tests/conformance/solution_match.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"
#include "tests/support/isomorphism.h"

namespace dossier {
namespace {

using Cell = std::optional<Term>;

bool HasBlankNode(const Term& term) {
  if (term.is_blank_node()) return true;
  return term.is_triple_term() && (HasBlankNode(term.triple().subject) || HasBlankNode(term.triple().object));
}

// One form for all lexical forms of a number.
Term Canonical(const Term& term) {
  const absl::string_view datatype = term.datatype();
  const bool is_number =
      datatype == xsd::kInteger || datatype == xsd::kDecimal || datatype == xsd::kDouble || datatype == xsd::kFloat;
  double value = 0;
  if (!is_number || !absl::SimpleAtod(term.value(), &value)) return term;
  return Term::Typed(absl::StrCat(value), std::string(datatype));
}

Cell LexicalForm(const Cell& cell) {
  if (!cell.has_value() || cell->is_blank_node() || cell->is_triple_term()) return cell;
  if (cell->value().empty()) return std::nullopt;
  return Term::String(cell->value());
}

// The rows as a graph: a node for each, with its cells as properties.
std::vector<Quad> AsGraph(const SolutionTable& table, const SolutionMatch& match) {
  std::vector<Quad> quads;
  std::map<std::string, size_t> copies;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    std::map<std::string, Term> cells;
    bool has_blank_node = false;
    std::string text;
    for (size_t column = 0; column < table.columns.size(); ++column) {
      Cell cell = table.rows[row][column];
      if (match.lexical_only) cell = LexicalForm(cell);
      if (!cell.has_value()) continue;
      has_blank_node = has_blank_node || HasBlankNode(*cell);
      cells.emplace(table.columns[column], Canonical(*cell));
    }
    for (const auto& [name, term] : cells) absl::StrAppend(&text, name, "=", term.ToString(), " ");
    const size_t copy = copies[text]++;
    if (match.distinct && copy > 0) continue;
    Term node = has_blank_node ? Term::BlankNode(absl::StrCat("row ", row)) : Term::Iri(absl::StrCat(text, "#", copy));
    const auto say = [&](const std::string& property, Term value) {
      quads.push_back({node, Term::Iri(property), std::move(value), std::nullopt});
    };
    say("urn:row", Term::String(has_blank_node ? absl::StrCat(copy) : text));
    if (match.ordered) say("urn:place", Term::String(absl::StrCat(row)));
    for (auto& [name, term] : cells) say(absl::StrCat("urn:column:", name), std::move(term));
  }
  return quads;
}

}  // namespace

bool SameSolutions(const SolutionTable& actual, const SolutionTable& expected, const SolutionMatch& match) {
  if (actual.boolean != expected.boolean) return false;
  const std::set<std::string> actual_columns(actual.columns.begin(), actual.columns.end());
  const std::set<std::string> expected_columns(expected.columns.begin(), expected.columns.end());
  if (actual_columns != expected_columns) return false;
  if (!match.distinct && actual.rows.size() != expected.rows.size()) return false;
  return AreIsomorphic(AsGraph(actual, match), AsGraph(expected, match));
}

std::string ToText(const SolutionTable& table) {
  if (table.boolean.has_value()) return *table.boolean ? "yes\n" : "no\n";
  std::string text;
  for (const std::string& column : table.columns) absl::StrAppend(&text, "?", column, "  ");
  absl::StrAppend(&text, "\n");
  for (const auto& row : table.rows) {
    for (const Cell& cell : row) absl::StrAppend(&text, cell.has_value() ? cell->ToString() : "-", "  ");
    absl::StrAppend(&text, "\n");
  }
  return text;
}

}  // namespace dossier
