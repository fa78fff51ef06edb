#include "storage/store_watch.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/hash/hash.h"

namespace dossier {
namespace {

// 0 for what is not there.
uint64_t StampOf(const std::string& path) {
  struct stat status {};
  if (stat(path.c_str(), &status) != 0) return 0;
  const uint64_t size = S_ISREG(status.st_mode) ? static_cast<uint64_t>(status.st_size) : 0;
  return absl::HashOf(status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, size) | 1U;
}

}  // namespace

StoreWatch::StoreWatch(const std::string& directory) {
  std::vector<std::string> paths = {directory};
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(directory, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().extension() != ".sst") paths.push_back(it->path().string());
  }
  for (std::string& path : paths) {
    const uint64_t stamp = StampOf(path);
    watched_.push_back({std::move(path), stamp});
  }
}

bool StoreWatch::HasChanged() const {
  return std::any_of(watched_.begin(), watched_.end(),
                     [](const Watched& watched) { return StampOf(watched.path) != watched.stamp; });
}

}  // namespace dossier
