#include "query/algebra/sparql_expression_printer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "rdf/vocabulary.h"

namespace dossier::algebra {
namespace {

struct Prefix {
  absl::string_view name;
  absl::string_view iri;
};
constexpr std::array<Prefix, 8> kPrefixes = {{
    {"dossier", vocab::kPrefix},
    {"edtf", edtf::kEdtf},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"schema", "https://schema.org/"},
    {"skos", "http://www.w3.org/2004/02/skos/core#"},
    {"xsd", xsd::kPrefix},
}};

// Plain names only; the grammar allows more, with escapes.
bool IsLocalName(absl::string_view name) {
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_'; }) &&
         (name.empty() || !absl::ascii_isdigit(static_cast<unsigned char>(name[0])));
}

std::string VariableName(absl::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_') plain.push_back(c);
  }
  return plain.empty() ? "v" : plain;
}

bool IsInfix(Function function) {
  switch (function) {
    case Function::kAnd:
    case Function::kOr:
    case Function::kEqual:
    case Function::kNotEqual:
    case Function::kLess:
    case Function::kLessOrEqual:
    case Function::kGreater:
    case Function::kGreaterOrEqual:
    case Function::kAdd:
    case Function::kSubtract:
    case Function::kMultiply:
    case Function::kDivide: return true;
    default: return false;
  }
}

std::optional<absl::string_view> OwnFunction(Function function) {
  switch (function) {
    case Function::kTimeOverlaps: return vocab::kTimeOverlaps;
    case Function::kTimeWithin: return vocab::kTimeWithin;
    case Function::kTimeBegin: return vocab::kTimeBegin;
    case Function::kTimeEnd: return vocab::kTimeEnd;
    default: return std::nullopt;
  }
}

}  // namespace

SparqlNames::SparqlNames(const VariableTable& variables) {
  std::set<std::string> taken;
  for (uint32_t i = 0; i < variables.size(); ++i) {
    std::string name = VariableName(variables.name(Variable{i}));
    while (!taken.insert(name).second) name.push_back('_');
    names_.push_back(absl::StrCat("?", name));
  }
}

std::string SparqlNames::Abbreviated(const std::string& iri) {
  for (const Prefix& prefix : kPrefixes) {
    if (iri.rfind(std::string(prefix.iri), 0) != 0) continue;
    const std::string local = iri.substr(prefix.iri.size());
    // `edtf:` alone is the datatype; what only begins like it is something else.
    if (!IsLocalName(local) || (prefix.name == "edtf" && !local.empty())) continue;
    used_prefixes_.insert(std::string(prefix.name));
    return absl::StrCat(prefix.name, ":", local);
  }
  return Term::Iri(iri).ToString();
}

std::string SparqlNames::TermText(const Term& term) {
  if (term.is_iri()) return Abbreviated(term.value());
  if (!term.is_literal()) return term.ToString();
  std::string text = term.ToString();
  const std::string datatype = absl::StrCat("^^", Term::Iri(std::string(term.datatype())).ToString());
  if (text.size() < datatype.size() || text.substr(text.size() - datatype.size()) != datatype) return text;
  return absl::StrCat(text.substr(0, text.size() - datatype.size()), "^^", Abbreviated(std::string(term.datatype())));
}

std::string SparqlNames::Prologue() const {
  std::string text;
  for (const Prefix& prefix : kPrefixes) {
    if (used_prefixes_.contains(std::string(prefix.name))) {
      absl::StrAppend(&text, "PREFIX ", prefix.name, ": <", prefix.iri, ">\n");
    }
  }
  return text;
}

std::optional<std::string> SparqlNames::CallText(Function function, const std::vector<std::string>& arguments) {
  const absl::string_view name = GetFunctionInfo(function).name;
  if (IsInfix(function)) return absl::StrCat("(", absl::StrJoin(arguments, absl::StrCat(" ", name, " ")), ")");
  if (const std::optional<absl::string_view> own = OwnFunction(function)) {
    return absl::StrCat(Abbreviated(std::string(*own)), "(", absl::StrJoin(arguments, ", "), ")");
  }
  switch (function) {
    case Function::kNot: return absl::StrCat("(!", arguments[0], ")");
    case Function::kNegate: return absl::StrCat("(-", arguments[0], ")");
    case Function::kPlus: return absl::StrCat("(+", arguments[0], ")");
    case Function::kIn:
    case Function::kNotIn:
      return absl::StrCat("(", arguments[0], function == Function::kIn ? " IN (" : " NOT IN (",
                          absl::StrJoin(arguments.begin() + 1, arguments.end(), ", "), "))");
    case Function::kCast: return absl::StrCat(arguments[1], "(", arguments[0], ")");
    case Function::kSolution: return std::nullopt;
    default: return absl::StrCat(absl::AsciiStrToUpper(name), "(", absl::StrJoin(arguments, ", "), ")");
  }
}

std::string SparqlNames::AggregateText(const Aggregate& aggregate, const std::string& argument) {
  const std::string all = absl::StrCat(aggregate.distinct ? "DISTINCT " : "", argument);
  switch (aggregate.function) {
    case AggregateFunction::kCountRows:
    case AggregateFunction::kCount: return absl::StrCat("COUNT(", all, ")");
    case AggregateFunction::kSum: return absl::StrCat("SUM(", all, ")");
    case AggregateFunction::kMin: return absl::StrCat("MIN(", all, ")");
    case AggregateFunction::kMax: return absl::StrCat("MAX(", all, ")");
    case AggregateFunction::kAvg: return absl::StrCat("AVG(", all, ")");
    case AggregateFunction::kSample: return absl::StrCat("SAMPLE(", all, ")");
    case AggregateFunction::kGroupConcat:
      return absl::StrCat("GROUP_CONCAT(", all, "; SEPARATOR=", Term::String(aggregate.separator).ToString(), ")");
  }
  return "";
}

}  // namespace dossier::algebra
