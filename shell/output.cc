#include "shell/output.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "shell/terminal.h"

namespace dossier {

Output::~Output() {
  EndPaging();
  if (file_ >= 0) close(file_);
}

absl::Status Output::Write(absl::string_view text) {
  if (!status_.ok()) return status_;
  if (file_ >= 0) {
    status_ = WriteTo(file_, text);
  } else if (text_ != nullptr) {
    absl::StrAppend(text_, text);
  } else if (pager_ != nullptr) {
    status_ = pager_->Write(text);
  } else {
    status_ = WriteTo(descriptor_, text);
  }
  return status_;
}

absl::Status Output::WriteTo(int descriptor, absl::string_view text) const {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<size_t>(written));
    } else if (errno == EPIPE) {
      return absl::AbortedError("the reader of the output has gone");
    } else if (errno != EINTR) {
      return absl::UnavailableError(absl::StrCat(
          "cannot write to ", in_file() ? "the file of .output" : "standard output", ": ", std::strerror(errno)));
    }
  }
  return absl::OkStatus();
}

absl::Status Output::SwitchToFile(const std::string& path) {
  int file = -1;
  if (!path.empty()) {
    constexpr mode_t kMode = 0666;
    file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
    if (file < 0) return absl::InvalidArgumentError(absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
  }
  EndPaging();
  if (file_ >= 0) {
    close(file_);
    status_ = absl::OkStatus();
  }
  file_ = file;
  return absl::OkStatus();
}

bool Output::to_terminal() const { return text_ == nullptr && file_ < 0 && IsTerminal(descriptor_); }

void Output::BeginPaging(const std::string& command) {
  if (command.empty() || !to_terminal()) return;
  const size_t rows = TerminalHeight(descriptor_);
  if (rows > 1) pager_ = std::make_unique<Pager>(descriptor_, rows, TerminalWidth(descriptor_), command);
}

void Output::EndPaging() {
  if (pager_ == nullptr) return;
  pager_.reset();
  if (absl::IsAborted(status_)) status_ = absl::OkStatus();
}

void PrintToStandardError(absl::string_view text) {
  Output error(STDERR_FILENO);
  // Where standard error cannot be written to there is nobody left to tell.
  (void)error.Write(absl::StrCat(text, "\n"));
}

}  // namespace dossier
