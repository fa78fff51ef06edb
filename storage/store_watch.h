// Tells whether the files of a store have changed, as they do when another process commits to it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dossier {

// Not thread-safe. Looks at the folders, which change when files come and go, and at the files that may change where
// they lie; the many table files are written once.
class StoreWatch {
 public:
  // Of nothing, which does not change.
  StoreWatch() = default;
  // Notes how the files below `directory` are now.
  explicit StoreWatch(const std::string& directory);

  // Whether something has changed since then.
  bool HasChanged() const;

 private:
  struct Watched {
    std::string path;
    uint64_t stamp = 0;
  };
  std::vector<Watched> watched_;
};

}  // namespace dossier
