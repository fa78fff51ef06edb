// Quantities in the unit that a question asks for, where no claim tells them in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "query/ask/answer_builder.h"

namespace dossier::ask {

// As exact as a source would tell it: whole from a hundred on.
std::string RoundedNumber(double value);

// The question without the units that it asks for; nothing when it asks for none.
std::optional<Meaning> InAnyUnit(const Meaning& meaning);

// Puts the numbers of `solutions` into the units that `meaning` asks for, with what the source says in brackets; leaves
// out those that cannot be told in them.
void ConvertUnits(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution>* solutions);

// Adds those of `any` that are told in a coarser unit than `meaning` asks for, by articles that tell nothing in the one
// asked for: they are shown as they are told. True when there are any.
bool AddOtherUnits(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution> any,
                   std::vector<Solution>* solutions);

}  // namespace dossier::ask
