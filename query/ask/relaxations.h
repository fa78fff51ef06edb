// A question without one of its parts: for telling which part left it without answers, and what is near.
#pragma once

#include <string>
#include <vector>

#include "query/ask/meaning.h"

namespace dossier::ask {

struct Relaxation {
  std::string part;  // What was left out, as the question words it: `in 2021`, `"Singapore"`.
  Meaning meaning;
  bool drops_time = false;
};

// One for each part that can be left out: times, places and other qualifiers, sources and certainty, kinds, negated
// facts, names; the ones that are likeliest to help first.
std::vector<Relaxation> RelaxationsOf(const Meaning& meaning);

}  // namespace dossier::ask
