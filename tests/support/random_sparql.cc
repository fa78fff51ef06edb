#include "tests/support/random_sparql.h"

#include "absl/strings/str_cat.h"

namespace dossier {

std::string RandomSparql::Variable() { return absl::StrCat("?", std::string(1, static_cast<char>('a' + Below(5)))); }

std::string RandomSparql::VariableOr(const Term& term, size_t one_in) {
  // A blank node of the data is a variable in a query.
  return OneIn(one_in) && !term.is_blank_node() ? term.ToString() : Variable();
}

std::string RandomSparql::TripleTerm(size_t depth) {
  const std::string object =
      depth > 0 && OneIn(5) ? TripleTerm(depth - 1) : VariableOr(OneIn(2) ? data_.Subject() : data_.Literal(), 3);
  return absl::StrCat("<<( ", VariableOr(data_.Subject(), 3), " ", VariableOr(data_.Predicate(), 2), " ", object,
                      " )>>");
}

std::string RandomSparql::Path(size_t depth) {
  const std::string link = data_.Predicate().ToString();
  if (depth == 0) return OneIn(4) ? absl::StrCat("^", link) : link;
  switch (Below(6)) {
    case 0: return absl::StrCat("(", Path(depth - 1), "/", Path(depth - 1), ")");
    case 1: return absl::StrCat("(", Path(depth - 1), "|", Path(depth - 1), ")");
    case 2: return absl::StrCat("(", Path(depth - 1), ")+");
    case 3: return absl::StrCat("(", Path(depth - 1), ")*");
    case 4: return absl::StrCat("!(", link, "|^", data_.Predicate().ToString(), ")");
    default: return link;
  }
}

std::string RandomSparql::Triples() {
  const std::string subject = VariableOr(data_.Subject(), 5);
  switch (Below(8)) {
    case 0: return absl::StrCat(subject, " <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> ", TripleTerm(1));
    case 1: return absl::StrCat(subject, " ", OneIn(2) ? Variable() : data_.Predicate().ToString(), " ", TripleTerm(1));
    case 2: return absl::StrCat(Variable(), " ", Path(2), " ", Variable());
    case 3: return absl::StrCat(subject, " ", Variable(), " ", Variable());
    case 4: return absl::StrCat(subject, " ", data_.Predicate().ToString(), " []");
    default: {
      const std::string object = VariableOr(OneIn(2) ? data_.Subject() : data_.Literal(), 5);
      const std::string predicate = data_.Predicate().ToString();
      return absl::StrCat(subject, " ", predicate, " ", object, OneIn(8) ? absl::StrCat(" ~ ", Variable()) : "");
    }
  }
}

std::string RandomSparql::ValuesClause() {
  std::string rows;
  for (size_t i = 1 + Below(3); i > 0; --i) {
    const Term object = data_.Object();
    absl::StrAppend(&rows, OneIn(8) || object.is_blank_node() ? "UNDEF" : object.ToString(), " ");
  }
  return absl::StrCat("VALUES ", Variable(), " { ", rows, "}");
}

std::string RandomSparql::Value(size_t depth) {
  if (depth == 0 || OneIn(2)) return OneIn(3) ? data_.Literal().ToString() : Variable();
  switch (Below(5)) {
    case 0: return absl::StrCat("(", Value(depth - 1), " + ", Value(depth - 1), ")");
    case 1: return absl::StrCat("STR(", Value(depth - 1), ")");
    case 2: return absl::StrCat("COALESCE(", Value(depth - 1), ", ", Value(depth - 1), ")");
    case 3: return absl::StrCat("IF(", Condition(0), ", ", Value(0), ", ", Value(0), ")");
    default: return absl::StrCat("OBJECT(", Variable(), ")");
  }
}

std::string RandomSparql::Condition(size_t depth) {
  if (depth > 0) {
    switch (Below(6)) {
      case 0: return absl::StrCat("(", Condition(depth - 1), " && ", Condition(depth - 1), ")");
      case 1: return absl::StrCat("(", Condition(depth - 1), " || ", Condition(depth - 1), ")");
      case 2: return absl::StrCat("(!", Condition(depth - 1), ")");
      case 3: return absl::StrCat("(", OneIn(2) ? "NOT " : "", "EXISTS ", Group(depth - 1), ")");
      default: break;
    }
  }
  constexpr const char* kComparisons[] = {"=", "!=", "<", ">=", "="};
  switch (Below(4)) {
    case 0: return absl::StrCat("BOUND(", Variable(), ")");
    case 1: return absl::StrCat("(", Variable(), " IN (", Value(0), ", ", Value(0), "))");
    default: return absl::StrCat("(", Value(1), " ", kComparisons[Below(5)], " ", Value(1), ")");
  }
}

std::string RandomSparql::SubSelect(size_t depth) {
  const std::string group = Group(depth);
  const std::string first = Variable();
  std::string second = Variable();
  while (second == first) second = Variable();
  const std::string made = absl::StrCat("?made", ++made_);
  switch (Below(5)) {
    case 0: return absl::StrCat("{ SELECT ", first, " ", second, " ", group, " }");
    case 1: return absl::StrCat("{ SELECT DISTINCT ", first, " ", group, " }");
    case 2:
      return absl::StrCat("{ SELECT ", first, " (COUNT(", second, ") AS ", made, ") ", group, " GROUP BY ", first,
                          " }");
    case 3: return absl::StrCat("{ SELECT (COUNT(*) AS ", made, ") ", group, " }");
    default:
      return absl::StrCat("{ SELECT ", first, " ", second, " ", group, " ORDER BY ", first, " DESC(", second,
                          ") LIMIT ", 1 + Below(4), " }");
  }
}

std::string RandomSparql::Element(size_t depth) {
  if (depth == 0) return OneIn(5) ? ValuesClause() : absl::StrCat(Triples(), " . ");
  switch (Below(14)) {
    case 0:
    case 1: return absl::StrCat("OPTIONAL ", Group(depth - 1));
    case 2: return absl::StrCat(Group(depth - 1), " UNION ", Group(depth - 1));
    case 3: return absl::StrCat("MINUS ", Group(depth - 1));
    case 4: return absl::StrCat("FILTER(", Condition(0), ")");
    case 5: return absl::StrCat("FILTER(", Condition(1), ")");
    case 6: return absl::StrCat("BIND(", Value(1), " AS ?made", ++made_, ")");
    case 7: return absl::StrCat("GRAPH ", OneIn(3) ? data_.Graph().ToString() : Variable(), " ", Group(depth - 1));
    case 8: return SubSelect(depth - 1);
    case 9: return Group(depth - 1);
    case 10: return ValuesClause();
    default: return absl::StrCat(Triples(), " . ");
  }
}

std::string RandomSparql::Group(size_t depth) {
  std::string group = "{ ";
  // Seldom without a pattern of its own.
  if (!OneIn(8)) absl::StrAppend(&group, Triples(), " . ");
  for (size_t i = Below(depth > 1 ? 4 : 3); i > 0; --i) absl::StrAppend(&group, Element(depth), " ");
  return group + "}";
}

std::string RandomSparql::Select(size_t depth) {
  switch (Below(6)) {
    case 0: return absl::StrCat("SELECT DISTINCT ?a ?b ", Group(depth));
    case 1: return absl::StrCat("SELECT ?a (COUNT(*) AS ?n) (MAX(?b) AS ?max) ", Group(depth), " GROUP BY ?a");
    case 2: return absl::StrCat("SELECT (COUNT(DISTINCT *) AS ?n) ", Group(depth));
    default: return absl::StrCat("SELECT * ", Group(depth));
  }
}

}  // namespace dossier
