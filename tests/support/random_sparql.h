// Random queries as SPARQL text, over the names that RandomData uses. The same seed gives the same text.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/support/random_query.h"

namespace dossier {

class RandomSparql {
 public:
  explicit RandomSparql(uint64_t seed) : random_(seed), data_(seed ^ 0x9E3779B97F4A7C15U) {}

  // A SELECT of which every engine gives the same rows: nothing in it depends on the order in which rows come.
  std::string Select(size_t depth);

  // `{ ... }`, with all that a group may hold. Its variables are ?a to ?e, and new ones.
  std::string Group(size_t depth);

 private:
  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  bool OneIn(size_t count) { return Below(count) == 0; }

  std::string Variable();
  std::string VariableOr(const Term& term, size_t one_in);
  std::string Triples();
  std::string TripleTerm(size_t depth);
  std::string Path(size_t depth);
  std::string Element(size_t depth);
  std::string ValuesClause();
  std::string SubSelect(size_t depth);
  std::string Condition(size_t depth);
  std::string Value(size_t depth);

  std::mt19937_64 random_;
  RandomData data_;
  size_t made_ = 0;  // Variables that BIND and AS made.
};

}  // namespace dossier
