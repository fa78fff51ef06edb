// Results written as RDF, with the vocabulary of the oldest test suites (rs:ResultSet).
#pragma once

#include <optional>
#include <vector>

#include "query/result/solution_reader.h"
#include "rdf/quad.h"

namespace dossier {

struct ResultSet {
  SolutionTable table;
  bool ordered = false;  // The rows stand in the order of their rs:index.
};

// nullopt when the graph holds no result set.
std::optional<ResultSet> ReadResultSet(const std::vector<Quad>& graph);

}  // namespace dossier
