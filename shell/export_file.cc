#include "shell/export_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "shell/interrupt.h"

namespace dossier {
namespace {

absl::StatusOr<RdfFormat> ChooseFormat(const CommandLine& line) {
  if (line.export_format.has_value()) return *line.export_format;
  if (line.file.empty()) return RdfFormat::kNQuads;
  const std::string extension = std::filesystem::path(line.file).extension().string();
  for (const auto& [known, format] : {std::pair(".nt", RdfFormat::kNTriples), std::pair(".nq", RdfFormat::kNQuads),
                                      std::pair(".ttl", RdfFormat::kTurtle), std::pair(".trig", RdfFormat::kTriG)}) {
    if (extension == known) return format;
  }
  return absl::InvalidArgumentError(
      absl::StrCat("the format of ", line.file, " is not clear from its name; say --format nt, nq, ttl or trig"));
}

absl::Status ExportTo(RdfFormat format, StoreAccess* store, Output* output) {
  DOSSIER_ASSIGN_OR_RETURN(Session * session, store->ForReading());
  const InterruptScope interrupt(&session->cancellation());
  return session->database().Export(format, session->cancellation(),
                                    [output](absl::string_view piece) { return output->Write(piece); });
}

// Closes and, unless it was kept, removes the file.
class PartialFile {
 public:
  explicit PartialFile(const std::string& path)
      : path_(absl::StrCat(path, ".partial")), descriptor_(open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666)) {}
  PartialFile(const PartialFile&) = delete;
  PartialFile& operator=(const PartialFile&) = delete;
  ~PartialFile() {
    if (descriptor_ == -1) return;
    close(descriptor_);
    if (!kept_) unlink(path_.c_str());
  }

  int descriptor() const { return descriptor_; }

  // Gives the file its name.
  absl::Status Keep(const std::string& path) {
    std::error_code error;
    if (fsync(descriptor_) != 0) error = std::error_code(errno, std::generic_category());
    if (!error) std::filesystem::rename(path_, path, error);
    if (error) return absl::UnavailableError(absl::StrCat("cannot write ", path, ": ", error.message()));
    kept_ = true;
    return absl::OkStatus();
  }

 private:
  const std::string path_;
  const int descriptor_;
  bool kept_ = false;
};

absl::Status ExportToFile(RdfFormat format, const std::string& path, StoreAccess* store) {
  PartialFile file(path);
  if (file.descriptor() == -1) {
    return absl::UnavailableError(absl::StrCat("cannot write ", path, ": ", std::strerror(errno)));
  }
  Output output(file.descriptor());
  DOSSIER_RETURN_IF_ERROR(ExportTo(format, store, &output));
  return file.Keep(path);
}

}  // namespace

ExitCode ExportStore(const CommandLine& line, StoreAccess* store, Output* output) {
  const absl::StatusOr<RdfFormat> format = ChooseFormat(line);
  absl::Status status = format.status();
  if (status.ok()) {
    status = line.file.empty() ? ExportTo(*format, store, output) : ExportToFile(*format, line.file, store);
  }
  // A reader that has had enough is no failure.
  if (status.ok() || absl::IsAborted(output->status())) return ExitCode::kDone;
  PrintToStandardError(absl::StrCat("error: ", RenderError(status)));
  return ExitCodeOf(status);
}

}  // namespace dossier
