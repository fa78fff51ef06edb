// One name in several romanisations: Ri, Lee and Yi, Shoigu and Choigu, Beijing and Peking, Muhammad and Mohamed. Knows
// the common systems for Korean, Chinese, Russian and its neighbours, Arabic; nothing of any single name.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

// What the spellings of a name have in common: equal keys are likely the same name. `name` is folded (PhraseKey). The
// keys are kept in stores (storage/name_rows.h): another rule here is a new format.
std::string RomanisationKey(absl::string_view name);

}  // namespace dossier
