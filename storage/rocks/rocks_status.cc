#include "storage/rocks/rocks_status.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace dossier::storage {

absl::Status FromRocks(const rocksdb::Status& status, absl::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat(doing, ": ", status.ToString());
  if (status.IsNoSpace()) return absl::ResourceExhaustedError(message);
  if (status.IsCorruption() || status.IsPathNotFound()) return absl::DataLossError(message);
  if (status.IsIOError()) {
    // A file that the manifest names is gone, or shorter than it says.
    if (absl::StrContains(message, "No such file") || absl::StrContains(message, "truncated")) {
      return absl::DataLossError(message);
    }
    if (absl::StrContains(message, "Permission denied")) return absl::PermissionDeniedError(message);
    return absl::UnavailableError(message);
  }
  if (status.IsNotSupported() || status.IsInvalidArgument()) return absl::FailedPreconditionError(message);
  return absl::InternalError(message);
}

}  // namespace dossier::storage
