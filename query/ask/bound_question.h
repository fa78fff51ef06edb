// A question that is ready to run: its meaning, the algebra made of it, and what the user is told about the reading.
#pragma once

#include <string>
#include <vector>

#include "query/ask/compare.h"
#include "query/ask/compile.h"
#include "query/ask/meaning.h"

namespace dossier::ask {

struct BoundQuestion {
  std::string text;
  Meaning meaning;
  CompiledQuestion compiled;
  std::vector<Variant> variants;  // Of a comparison (compare.h).
  TimeRange today;                // What relative dates and "is" refer to.
  std::string reading;
  std::vector<std::string> notes;
  std::vector<Meaning> others;  // Nearly as good ways to take the words, for when this one finds nothing.
};

}  // namespace dossier::ask
