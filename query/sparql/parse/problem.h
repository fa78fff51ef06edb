// What is wrong with a request. Those who build the tree go on after a problem with something harmless in its place;
// the first problem is what the user sees.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/diagnostic.h"

namespace dossier::sparql {

struct Problem {
  std::string message;
  SourceSpan span;
  std::vector<std::string> suggestions;
};

class Problems {
 public:
  void Add(SourceSpan span, std::string message, std::vector<std::string> suggestions = {}) {
    if (!first_.has_value()) first_ = Problem{std::move(message), span, std::move(suggestions)};
  }
  const std::optional<Problem>& first() const { return first_; }

 private:
  std::optional<Problem> first_;
};

}  // namespace dossier::sparql
