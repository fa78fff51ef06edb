// What the steps that several of the readers take add to the cost of a reading. (Costs and gains that only one reader
// knows stand in its file.)
#pragma once

namespace dossier::ask {

inline constexpr int kPhraseCost = 10;
inline constexpr int kVerbCost = 5;
inline constexpr int kFarCost = 2;     // What follows belongs rather to something nearer.
inline constexpr int kMisfitCost = 6;  // A name where the relation expects something of another kind.
inline constexpr int kAboutCost = 1;   // What texts are about is rather what a relation of the data says.

}  // namespace dossier::ask
