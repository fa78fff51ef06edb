#include "storage/rocks/rocks_lock.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace dossier::storage {
namespace {

// RocksDB locks the file LOCK as a whole with fcntl; the system knows the owner. 0 when nobody has it (any more).
// Only for locks of other processes: closing the file would give up one of our own.
pid_t LockHolder(const std::string& directory) {
  const int file = open(absl::StrCat(directory, "/LOCK").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) return 0;
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool found = fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close(file);
  return found ? lock.l_pid : 0;
}

std::string ProcessName(pid_t pid) {
  std::ifstream file(absl::StrCat("/proc/", pid, "/comm"));
  std::string name;
  std::getline(file, name);
  return name;
}

}  // namespace

absl::Status LockedError(const std::string& directory, bool same_process) {
  std::string holder = "another process";
  if (same_process) {
    holder = absl::StrCat("this process (", getpid(), ")");
  } else if (const pid_t pid = LockHolder(directory); pid > 0) {
    const std::string name = ProcessName(pid);
    holder = name.empty() ? absl::StrCat("process ", pid) : absl::StrCat("process ", pid, " (", name, ")");
  }
  return absl::FailedPreconditionError(
      absl::StrCat("the store is open for writing in ", holder, "; close it there, or open it read-only here"));
}

}  // namespace dossier::storage
