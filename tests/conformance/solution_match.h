// Whether two tables of solutions are the same up to the labels of their blank nodes.
#pragma once

#include "query/result/solution_reader.h"

namespace dossier {

struct SolutionMatch {
  bool ordered = false;       // The rows have to come in the same order.
  bool distinct = false;      // Rows count once, however often they come.
  bool lexical_only = false;  // Only lexical forms are compared, and "" is unbound: all that CSV tells.
};

// The columns of both may be in any order. Numbers of one datatype and one value are the same.
bool SameSolutions(const SolutionTable& actual, const SolutionTable& expected, const SolutionMatch& match);

// A row on each line, for people.
std::string ToText(const SolutionTable& table);

}  // namespace dossier
