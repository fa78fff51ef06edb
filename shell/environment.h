// What the environment says.
#pragma once

#include <cstdlib>

#include "absl/strings/string_view.h"

namespace dossier {

// Empty where the variable is not set.
inline absl::string_view Environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? absl::string_view() : absl::string_view(value);
}

}  // namespace dossier
