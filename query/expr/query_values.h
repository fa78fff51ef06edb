// What expressions of one query share and no argument of theirs gives: the time, random numbers, new blank nodes, and
// the regular expressions compiled so far.
#pragma once

#include <cstdint>
#include <string>

#include "absl/random/random.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "query/expr/regex_cache.h"
#include "rdf/term.h"

namespace dossier {

// Made once per query by whoever runs it. Not thread-safe.
class QueryValues {
 public:
  explicit QueryValues(absl::Time now) : QueryValues(now, absl::BitGen()()) {}
  // With a seed, for tests: the same numbers, UUIDs and blank nodes each time.
  QueryValues(absl::Time now, uint64_t seed);

  // NOW: one xsd:dateTime throughout the query, in UTC.
  const Term& now() const { return now_; }
  // RAND: at least 0 and below 1.
  double Random();
  // A random UUID (RFC 9562, version 4) in lower case, without "urn:uuid:".
  std::string Uuid();

  // A blank node that neither the data nor the query has had before.
  Term NewBlankNode();
  // The blank node of a label in a solution: the same one for the same two strings, for no others.
  Term BlankNodeFor(absl::string_view label, absl::string_view solution) const;
  // A number that was not given before.
  int64_t NextSolution() { return next_solution_++; }

  RegexCache* regexes() { return &regexes_; }

 private:
  uint64_t RandomBits();

  Term now_;
  uint64_t random_state_;
  std::string blank_node_prefix_;  // Random, so that the nodes of two queries differ.
  int64_t next_blank_node_ = 0;
  int64_t next_solution_ = 0;
  RegexCache regexes_;
};

}  // namespace dossier
