#include "shell/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace dossier {
namespace {

constexpr size_t kMaximumKept = 1 << 20;  // Bytes, for a result that is one endless line.

// How many rows of the screen a line takes; escape sequences for colours take no place.
size_t RowsOf(absl::string_view line, size_t columns) {
  size_t width = 0;
  while (!line.empty()) {
    const size_t escape = line.find('\x1b');
    width += DisplayWidth(line.substr(0, escape));
    if (escape == absl::string_view::npos) break;
    const size_t end = line.find('m', escape);
    line = end == absl::string_view::npos ? absl::string_view() : line.substr(end + 1);
  }
  return columns == 0 ? 1 : std::max<size_t>(1, (width + columns - 1) / columns);
}

// Whether the shell will find this program. (What is set before it, `LESS=-S less`, is left to the shell.)
bool IsThere(absl::string_view program) {
  if (program.empty()) return false;
  if (program.find_first_of("/=") != absl::string_view::npos) return true;
  const char* path = std::getenv("PATH");
  const std::vector<std::string> folders = absl::StrSplit(path == nullptr ? "/usr/bin:/bin" : path, ':');
  return std::any_of(folders.begin(), folders.end(), [program](const std::string& folder) {
    return access(absl::StrCat(folder, "/", program).c_str(), X_OK) == 0;
  });
}

}  // namespace

std::string PagerCommand() {
  const char* wanted = std::getenv("PAGER");
  const absl::string_view command = wanted == nullptr ? "less" : wanted;
  return IsThere(command.substr(0, command.find(' '))) ? std::string(command) : "";
}

Pager::Pager(int descriptor, size_t rows, size_t columns, std::string command)
    : descriptor_(descriptor),
      rows_(rows),
      columns_(columns),
      command_(std::move(command)),
      direct_(command_.empty()) {}

Pager::~Pager() {
  if (process_ < 0) {
    if (!direct_) (void)WriteTo(descriptor_, kept_);
    return;
  }
  if (pipe_ >= 0) close(pipe_);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

absl::Status Pager::Write(absl::string_view text) {
  if (direct_) return WriteTo(descriptor_, text);
  if (process_ >= 0) return WriteTo(pipe_, text);
  for (absl::string_view line : absl::StrSplit(text, '\n')) kept_rows_ += RowsOf(line, columns_);
  --kept_rows_;  // What follows the last line end begins a line that is not there yet.
  absl::StrAppend(&kept_, text);
  // The last line of the screen is for the prompt.
  if (kept_rows_ + 1 < rows_ && kept_.size() < kMaximumKept) return absl::OkStatus();
  if (Start()) return WriteTo(pipe_, kept_);
  direct_ = true;
  return WriteTo(descriptor_, kept_);
}

bool Pager::Start() {
  std::array<int, 2> ends = {-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return false;
  // Quits at once when all fits, keeps colours, leaves the text on the screen; the user's own settings come first.
  setenv("LESS", "FRX", /*overwrite=*/0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t defaults;
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "sh";
  std::string option = "-c";
  std::string command = command_;
  std::array<char*, 4> arguments = {shell.data(), option.data(), command.data(), nullptr};
  const int error = posix_spawn(&process_, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[0]);
  if (error != 0) {
    close(ends[1]);
    process_ = -1;
    return false;
  }
  pipe_ = ends[1];
  return true;
}

absl::Status Pager::WriteTo(int descriptor, absl::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return absl::AbortedError("the pager was left");
    } else if (errno != EINTR) {
      return absl::UnavailableError(absl::StrCat("cannot write to standard output: ", std::strerror(errno)));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
