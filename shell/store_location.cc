#include "shell/store_location.h"

#include <filesystem>
#include <system_error>

#include "shell/environment.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// `variable` of the XDG base directories, or its default below the home directory; empty without either.
fs::path BaseDirectory(const char* variable, const char* below_home) {
  if (fs::path directory = std::string(Environment(variable)); directory.is_absolute()) return directory;
  const std::string home(Environment("HOME"));
  return home.empty() ? fs::path() : fs::path(home) / below_home;
}

}  // namespace

std::string LocateStore(const std::string& option) {
  if (!option.empty()) return option;
  if (std::string directory(Environment("DOSSIER_STORE")); !directory.empty()) return directory;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (!error && fs::exists(program / "CMakeCache.txt", error)) return (program.parent_path() / "sample-store").string();
  const fs::path data = BaseDirectory("XDG_DATA_HOME", ".local/share");
  return (data.empty() ? fs::path("dossier-store") : data / "dossier" / "store").string();
}

std::string HistoryPath() {
  const fs::path state = BaseDirectory("XDG_STATE_HOME", ".local/state");
  return state.empty() ? "" : (state / "dossier" / "history").string();
}

std::string RcPath() {
  const fs::path config = BaseDirectory("XDG_CONFIG_HOME", ".config");
  return config.empty() ? "" : (config / "dossier" / "rc").string();
}

}  // namespace dossier
