// Blank nodes of a request: fresh names, and the rule that a label stays within one basic graph pattern
// (SPARQL section 5.1.1).
#pragma once

#include <cstddef>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace dossier::sparql {

class BlankNodes {
 public:
  // A name that no label can have.
  std::string Fresh() { return absl::StrCat(".", ++fresh_); }

  // From now on: another basic graph pattern, or other data.
  void BeginScope() { scope_ = ++scopes_; }
  // Scopes within others (EXISTS in a FILTER, groups) end, and the one around goes on.
  size_t scope() const { return scope_; }
  void ReturnTo(size_t scope) { scope_ = scope; }

  // What is a label so far may be used anew: another template, another operation.
  void ForgetLabels() { labels_.clear(); }

  // False when `label` belongs to another scope.
  bool Use(absl::string_view label) { return labels_.try_emplace(std::string(label), scope_).first->second == scope_; }

 private:
  absl::flat_hash_map<std::string, size_t> labels_;  // Label -> its scope.
  size_t scope_ = 0;
  size_t scopes_ = 0;
  size_t fresh_ = 0;
};

}  // namespace dossier::sparql
