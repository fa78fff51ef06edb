// The labels that readers give to blank nodes: fresh ones are anon1, anon2, ...; labels of the document that begin so
// are moved out of their way.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace dossier {

inline constexpr absl::string_view kFreshLabel = "anon";

inline std::string FreshLabel(absl::string_view prefix, uint64_t number) {
  return absl::StrCat(prefix, kFreshLabel, number);
}

// The label of a node that the document calls `label`.
inline std::string DocumentLabel(absl::string_view prefix, absl::string_view label) {
  return absl::StrCat(prefix, absl::StartsWith(label, kFreshLabel) ? absl::StrCat(kFreshLabel, "_") : "", label);
}

}  // namespace dossier
