#include "shell/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"

namespace dossier {

absl::Status Output::Write(absl::string_view text) {
  if (text_ != nullptr) {
    absl::StrAppend(text_, text);
    return status_;
  }
  while (status_.ok() && !text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      status_ = absl::AbortedError("the reader of the output has gone");
    } else if (errno != EINTR) {
      status_ = absl::UnavailableError(absl::StrCat("cannot write to standard output: ", std::strerror(errno)));
    }
  }
  return status_;
}

void PrintToStandardError(absl::string_view text) {
  Output error(STDERR_FILENO);
  // Where standard error cannot be written to there is nobody left to tell.
  (void)error.Write(absl::StrCat(text, "\n"));
}

}  // namespace dossier
