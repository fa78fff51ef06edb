// One name in several romanisations: Ri, Lee and Yi, Shoigu and Choigu, Beijing and Peking, Muhammad and Mohamed. Knows
// the common systems for Korean, Chinese, Russian and its neighbours, Arabic; nothing of any single name.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/ask/catalogue.h"

namespace dossier::ask {

// What the spellings of a name have in common: equal keys are likely the same name. `name` is folded (PhraseKey).
std::string RomanisationKey(absl::string_view name);

// The names of the catalogue that are spelled like `phrase` in another system, each once, as answers show them, with
// the folded name that is meant.
struct Respelling {
  std::string key;    // As the catalogue knows it.
  std::string label;  // As answers show it.
  TermId entity;
};
std::vector<Respelling> FindRespellings(const Catalogue& catalogue, absl::string_view phrase);

}  // namespace dossier::ask
