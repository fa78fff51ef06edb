#include "shell/history_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

void Append(const std::string& path, absl::string_view text, int flags) {
  constexpr mode_t kOwnerOnly = 0600;
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kOwnerOnly);
  if (file < 0) return;
  // One write, which other shells' writes do not come between.
  (void)!write(file, text.data(), text.size());
  close(file);
}

}  // namespace

std::vector<std::string> ReadHistory(const std::string& path) {
  std::vector<std::string> lines;
  size_t read = 0;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line); ++read) {
    if (!line.empty()) lines.push_back(line);
  }
  // Of what is there several times, the last.
  absl::flat_hash_set<std::string> seen;
  std::vector<std::string> kept;
  for (size_t i = lines.size(); i-- > 0 && kept.size() < kMaximumHistory;) {
    if (seen.insert(lines[i]).second) kept.push_back(lines[i]);
  }
  std::reverse(kept.begin(), kept.end());
  if (read > 2 * kMaximumHistory) {
    const std::string fresh = absl::StrCat(path, ".new");
    std::string text;
    for (const std::string& line : kept) absl::StrAppend(&text, line, "\n");
    Append(fresh, text, O_TRUNC);
    std::error_code error;
    fs::rename(fresh, path, error);
  }
  return kept;
}

void AppendHistory(const std::string& path, absl::string_view line) {
  if (path.empty()) return;
  const fs::path folder = fs::path(path).parent_path();
  std::error_code error;
  if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
  Append(path, absl::StrCat(line, "\n"), O_APPEND);
}

}  // namespace dossier
