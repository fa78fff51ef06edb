// What could stand at a place of a text that is being written: the question language and SPARQL both offer these, and
// the shell shows them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace dossier {

struct Completion {
  enum class Kind : uint8_t {
    kKeyword,   // A word of the language itself.
    kRelation,  // A form of a verb or a noun of a relation; in SPARQL a predicate.
    kName,      // An entity.
    kClass,     // A class of entities.
    kUnit,      // A unit of measure, a level of certainty.
    kSource,    // An article or a speaker.
    kVariable,  // One that the text has already.
  };

  std::string text;  // Replaces what stands between `begin` and the cursor.
  size_t begin = 0;  // Offset in bytes: names of several words begin before the last of them.
  Kind kind = Kind::kKeyword;

  friend bool operator==(const Completion&, const Completion&) = default;
};

}  // namespace dossier
