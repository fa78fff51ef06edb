// Variables of a query: small numbers, with their names kept aside for people.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace dossier::algebra {

// Index into the VariableTable of the query, and into the columns of naive rows.
struct Variable {
  uint32_t index = 0;

  friend constexpr auto operator<=>(Variable, Variable) = default;
  template <typename H>
  friend H AbslHashValue(H h, Variable v) {
    return H::combine(std::move(h), v.index);
  }
};

class VariableTable {
 public:
  // The variable called `name`, made when there is none.
  Variable Named(absl::string_view name) {
    for (uint32_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name) return Variable{i};
    }
    names_.emplace_back(name);
    return Variable{static_cast<uint32_t>(names_.size() - 1)};
  }
  // A new variable that no text can name, shown as ".hint1".
  Variable Fresh(absl::string_view hint) {
    names_.push_back(absl::StrCat(".", hint, names_.size()));
    return Variable{static_cast<uint32_t>(names_.size() - 1)};
  }
  const std::string& name(Variable variable) const { return names_[variable.index]; }
  size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
};

}  // namespace dossier::algebra
