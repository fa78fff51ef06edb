#include "database/loader.h"

#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "database/input_files.h"
#include "database/load_monitor.h"
#include "rdf/input.h"
#include "rdf/iri.h"
#include "rdf/reader.h"

namespace dossier {
namespace {

absl::Status ReadFile(const std::string& path, const LoadOptions& options, LoadMonitor* monitor, QuadSink sink) {
  DOSSIER_ASSIGN_OR_RETURN(const std::string digest, ContentDigest(path, options.cancellation));
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Input> input, OpenInput(path));
  const RdfFormat format = DetectFormat(path).value();
  ReaderOptions reader;
  reader.source = path;
  DOSSIER_ASSIGN_OR_RETURN(reader.base, AbsoluteFileIri(path));
  reader.blank_node_prefix = absl::StrCat("f", digest, "_");
  if (!options.graph.empty()) reader.default_graph = Term::Iri(options.graph);
  if (IsLineFormat(format) && !options.strict) {
    reader.on_reject = [&path, monitor](const Reject& reject) {
      monitor->Reject({path, reject.line, reject.column, reject.reason, reject.line_text});
    };
  }
  DOSSIER_RETURN_IF_ERROR(ReadRdf(input.get(), format, reader, [&](Quad&& quad) -> absl::Status {
    ++monitor->report().statements;
    DOSSIER_RETURN_IF_ERROR(monitor->CountItem(input->bytes_read()));
    return sink(std::move(quad));
  }));
  monitor->EndInput(input->bytes_total());
  return absl::OkStatus();
}

absl::StatusOr<CommitSummary> CommitAll(Store* store, QuadSource source) {
  ChangeSet changes;
  DOSSIER_RETURN_IF_ERROR(source([&changes](Quad&& quad) {
    changes.assertions.push_back(std::move(quad));
    return absl::OkStatus();
  }));
  return store->Commit(changes);
}

}  // namespace

absl::StatusOr<std::vector<std::string>> FindRdfFiles(const std::vector<std::string>& paths) {
  const auto is_rdf = [](absl::string_view path) { return DetectFormat(path).has_value(); };
  DOSSIER_ASSIGN_OR_RETURN(std::vector<std::string> files, ExpandPaths(paths, is_rdf));
  for (const std::string& file : files) {
    if (!is_rdf(file)) {
      return absl::InvalidArgumentError(
          absl::StrCat("the format of ", file,
                       " is not known: .nt, .nq, .ttl, .trig, .rdf, .owl and .xml can be loaded, also with .gz or "
                       ".zst after it; texts of articles are loaded with --articles"));
    }
  }
  if (files.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no RDF files in ", absl::StrJoin(paths, ", ")));
  }
  return files;
}

absl::StatusOr<LoadReport> LoadRdf(Store* store, const std::vector<std::string>& paths, const LoadOptions& options) {
  if (!options.graph.empty() && !(IsAbsoluteIri(options.graph) && HasOnlyIriCharacters(options.graph))) {
    return absl::InvalidArgumentError(absl::StrCat("the graph's name is no absolute IRI: ", options.graph));
  }
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> files, FindRdfFiles(paths));
  LoadMonitor monitor(options, paths.front(), TotalSize(files));
  monitor.report().files = files.size();
  const auto read_all = [&](QuadSink sink) -> absl::Status {
    for (const std::string& file : files) {
      DOSSIER_RETURN_IF_ERROR(ReadFile(file, options, &monitor, sink));
    }
    return monitor.CloseRejects();
  };
  CommitSummary summary;
  if (UnpackedSizeEstimate(files) <= options.bulk_threshold_bytes) {
    DOSSIER_ASSIGN_OR_RETURN(summary, CommitAll(store, read_all));
  } else {
    BulkLoadOptions bulk;
    bulk.memory_bytes = options.memory_bytes;
    bulk.progress = ProgressAfterReading(options.progress);
    bulk.cancellation = options.cancellation;
    DOSSIER_ASSIGN_OR_RETURN(summary, store->BulkLoad(read_all, bulk));
  }
  monitor.report().added = summary.added;
  monitor.report().commit = summary.commit;
  monitor.report().elapsed = monitor.Elapsed();
  return std::move(monitor.report());
}

}  // namespace dossier
