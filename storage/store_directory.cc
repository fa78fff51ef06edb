#include "storage/store_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "storage/key_layout.h"

namespace dossier::storage {
namespace {

constexpr absl::string_view kFormatLine = "dossier store, format ";

std::string FormatFile(const std::string& directory) { return absl::StrCat(directory, "/FORMAT"); }

absl::Status SystemError(absl::string_view doing) {
  return absl::UnavailableError(absl::StrCat(doing, ": ", std::strerror(errno)));
}

absl::Status SyncPath(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return SystemError(absl::StrCat("cannot open ", path));
  const int result = fsync(file);
  close(file);
  return result == 0 ? absl::OkStatus() : SystemError(absl::StrCat("cannot write ", path));
}

absl::Status CheckFormat(const std::string& directory) {
  std::ifstream file(FormatFile(directory));
  std::string line;
  std::getline(file, line);
  absl::string_view number = line;
  int version = 0;
  if (!absl::ConsumePrefix(&number, kFormatLine) || !absl::SimpleAtoi(number, &version)) {
    return absl::DataLossError(absl::StrCat("the file ", FormatFile(directory), " is damaged"));
  }
  if (version == static_cast<int>(kFormatVersion)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the store in ", directory, " has format ", version, "; this program reads format ", kFormatVersion,
                   version > static_cast<int>(kFormatVersion) ? ": use a newer program"
                                                              : ": export it with the program that made it"));
}

absl::Status CreateDirectory(const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot create ", directory, ": ", error.message()));
  return WriteFormatFile(directory);
}

}  // namespace

std::string DataDirectory(const std::string& directory) { return absl::StrCat(directory, "/data"); }
std::string RunDirectory(const std::string& directory) { return absl::StrCat(directory, "/runs"); }

absl::Status WriteFormatFile(const std::string& directory) {
  const std::string draft = absl::StrCat(FormatFile(directory), ".new");
  std::ofstream(draft) << kFormatLine << kFormatVersion << "\n" << std::flush;
  DOSSIER_RETURN_IF_ERROR(SyncPath(draft, O_RDONLY));
  if (std::rename(draft.c_str(), FormatFile(directory).c_str()) != 0) {
    return SystemError(absl::StrCat("cannot create ", FormatFile(directory)));
  }
  return SyncPath(directory, O_RDONLY | O_DIRECTORY);
}

absl::Status PrepareDirectory(const std::string& directory, bool create_if_missing) {
  std::error_code error;
  if (std::filesystem::exists(FormatFile(directory), error)) return CheckFormat(directory);
  const bool exists = std::filesystem::exists(directory, error);
  if (exists && !std::filesystem::is_directory(directory, error)) {
    return absl::FailedPreconditionError(absl::StrCat(directory, " is not a directory"));
  }
  // A crash right at the making of a store leaves at most the draft of the format file.
  bool is_empty = true;
  for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    is_empty = is_empty && it->path().filename() == "FORMAT.new";
  }
  if (exists && error) {
    return absl::PermissionDeniedError(absl::StrCat("cannot read ", directory, ": ", error.message()));
  }
  if (exists && !is_empty) {
    return absl::FailedPreconditionError(absl::StrCat(directory, " is not a store of Dossier, and not empty"));
  }
  if (!create_if_missing) return absl::NotFoundError(absl::StrCat("there is no store in ", directory));
  return CreateDirectory(directory);
}

}  // namespace dossier::storage
