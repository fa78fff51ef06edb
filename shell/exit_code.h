// What the program tells its caller (docs/shell.md).
#pragma once

#include "absl/status/status.h"

namespace dossier {

enum class ExitCode : int {
  kDone = 0,
  kUserError = 1,    // The text given is wrong: syntax, an unknown name, a file that is not there.
  kCommandLine = 2,  // The command line is wrong.
  kPartial = 3,      // Lines were rejected and written beside.
  kSystemError = 4,  // The store or the system failed, or a limit was reached.
  kCancelled = 130,  // Ctrl-C.
};

inline ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk: return ExitCode::kDone;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kOutOfRange:
    case absl::StatusCode::kUnimplemented: return ExitCode::kUserError;
    case absl::StatusCode::kCancelled: return ExitCode::kCancelled;
    default: return ExitCode::kSystemError;
  }
}

}  // namespace dossier
