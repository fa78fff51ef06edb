// The files of a folder for tests, in the order of their names: that in which a disk tells them is any.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier {

inline std::vector<std::filesystem::path> FilesIn(const std::filesystem::path& folder, absl::string_view extension) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == std::string(extension)) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace dossier
