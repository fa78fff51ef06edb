#include "shell/export_file.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "rdf/output.h"
#include "shell/interrupt.h"

namespace dossier {
namespace {

absl::StatusOr<RdfFormat> ChooseFormat(const CommandLine& line) {
  if (line.export_format.has_value()) return *line.export_format;
  if (line.file.empty()) return RdfFormat::kNQuads;
  const std::optional<RdfFormat> format = DetectFormat(line.file);
  if (format.has_value() && format != RdfFormat::kRdfXml) return *format;
  return absl::InvalidArgumentError(
      absl::StrCat("the format of ", line.file, " is not clear from its name; say --format nt, nq, ttl or trig"));
}

absl::Status ExportTo(RdfFormat format, StoreAccess* store, TextSink sink) {
  DOSSIER_ASSIGN_OR_RETURN(Session * session, store->ForReading());
  const InterruptScope interrupt(&session->cancellation());
  return session->database().Export(format, session->cancellation(), sink);
}

absl::Status ExportToFile(RdfFormat format, const std::string& path, StoreAccess* store) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<OutputFile> file, CreateOutputFile(path));
  DOSSIER_RETURN_IF_ERROR(ExportTo(format, store, [&file](absl::string_view piece) { return file->Write(piece); }));
  return file->Finish();
}

absl::Status ExportToOutput(RdfFormat format, Output* output, StoreAccess* store) {
  return ExportTo(format, store, [output](absl::string_view piece) { return output->Write(piece); });
}

}  // namespace

ExitCode ExportStore(const CommandLine& line, StoreAccess* store, Output* output) {
  const absl::StatusOr<RdfFormat> format = ChooseFormat(line);
  absl::Status status = format.status();
  if (status.ok()) {
    status = line.file.empty() ? ExportToOutput(*format, output, store) : ExportToFile(*format, line.file, store);
  }
  // A reader that has had enough is no failure.
  if (status.ok() || absl::IsAborted(output->status())) return ExitCode::kDone;
  PrintToStandardError(absl::StrCat("error: ", RenderError(status)));
  return ExitCodeOf(status);
}

}  // namespace dossier
