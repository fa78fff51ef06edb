// The regular expressions of one query, compiled once each.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/expr/regex.h"

namespace dossier {

class RegexCache {
 public:
  // The compiled pattern, valid until the next call; InvalidArgument as Regex::Compile.
  absl::StatusOr<const Regex*> Get(absl::string_view pattern, absl::string_view flags);

 private:
  absl::flat_hash_map<std::pair<std::string, std::string>, absl::StatusOr<std::unique_ptr<Regex>>> compiled_;
};

}  // namespace dossier
