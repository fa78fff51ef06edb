#include "query/expr/regex_cache.h"

namespace dossier {
namespace {

// A pattern that comes from data may be another one in each row; past this number all are forgotten.
constexpr size_t kMostPatterns = 64;

}  // namespace

absl::StatusOr<const Regex*> RegexCache::Get(absl::string_view pattern, absl::string_view flags) {
  std::pair<std::string, std::string> key{std::string(pattern), std::string(flags)};
  auto place = compiled_.find(key);
  if (place == compiled_.end()) {
    if (compiled_.size() >= kMostPatterns) compiled_.clear();
    place = compiled_.emplace(std::move(key), Regex::Compile(pattern, flags)).first;
  }
  if (!place->second.ok()) return place->second.status();
  return place->second->get();
}

}  // namespace dossier
