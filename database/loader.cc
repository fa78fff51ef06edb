#include "database/loader.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "database/input_files.h"
#include "database/load_monitor.h"
#include "rdf/input.h"
#include "rdf/iri.h"
#include "rdf/line_chunks.h"
#include "rdf/reader.h"

namespace dossier {
namespace {

// The names of a file's blank nodes begin with a digest of its content. To take it means to read the whole file, so it
// is taken when the first blank node comes, and few large files have any.
class BlankNodePrefix {
 public:
  BlankNodePrefix(std::string path, const Cancellation* cancellation)
      : path_(std::move(path)), cancellation_(cancellation) {}

  // Thread-safe.
  absl::StatusOr<std::string> Get() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (prefix_.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(const std::string digest, ContentDigest(path_, cancellation_));
      prefix_ = absl::StrCat("f", digest, "_");
    }
    return prefix_;
  }

 private:
  const std::string path_;
  const Cancellation* const cancellation_;
  std::mutex mutex_;
  std::string prefix_;  // Guarded by mutex_; empty when not known yet.
};

RejectedLine RejectOf(const std::string& path, const Reject& reject) {
  return {path, reject.line, reject.column, reject.reason, reject.line_text};
}

absl::Status ReadFile(const std::string& path, const LoadOptions& options, LoadMonitor* monitor, QuadSink sink) {
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Input> input, OpenInput(path));
  const RdfFormat format = DetectFormat(path).value();
  ReaderOptions reader;
  reader.source = path;
  DOSSIER_ASSIGN_OR_RETURN(reader.base, AbsoluteFileIri(path));
  DOSSIER_ASSIGN_OR_RETURN(reader.blank_node_prefix, BlankNodePrefix(path, options.cancellation).Get());
  if (!options.graph.empty()) reader.default_graph = Term::Iri(options.graph);
  if (IsLineFormat(format) && !options.strict) {
    reader.on_reject = [&path, monitor](const Reject& reject) { monitor->Reject(RejectOf(path, reject)); };
  }
  DOSSIER_RETURN_IF_ERROR(ReadRdf(input.get(), format, reader, [&](Quad&& quad) -> absl::Status {
    DOSSIER_RETURN_IF_ERROR(monitor->CountStatements(1, input->bytes_read()));
    return sink(std::move(quad));
  }));
  monitor->EndInput(input->bytes_total());
  return absl::OkStatus();
}

// Gives the text of a line format to the load, which parses it.
absl::Status ReadLines(const std::string& path, const LoadOptions& options, LoadMonitor* monitor, LoadSink* sink) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Input> input, OpenInput(path));
  const auto prefix = std::make_shared<BlankNodePrefix>(path, options.cancellation);
  const auto bytes_read = std::make_shared<std::atomic<uint64_t>>(0);
  auto source = std::make_shared<LineSource>();
  source->with_graphs = DetectFormat(path) == RdfFormat::kNQuads;
  source->name = path;
  if (!options.graph.empty()) source->default_graph = Term::Iri(options.graph);
  source->blank_node_prefix = [prefix] { return prefix->Get(); };
  if (!options.strict) {
    source->on_reject = [path, monitor](const Reject& reject) { monitor->Reject(RejectOf(path, reject)); };
  }
  source->on_statements = [monitor, bytes_read](uint64_t statements) {
    return monitor->CountStatements(statements, bytes_read->load());
  };
  // Large enough that a chunk's terms are often met again, small enough for the processor's cache and the budget.
  LineChunks chunks(input.get(), std::clamp<size_t>(LoadMemory(options) / 256, size_t{64} << 10, size_t{1} << 20));
  std::string chunk;
  for (bool first = true;; first = false) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, chunks.Next(&chunk));
    if (!more) break;
    bytes_read->store(input->bytes_read());
    DOSSIER_RETURN_IF_ERROR(sink->AddLines(source, std::move(chunk), first));
    chunk.clear();
  }
  monitor->EndInput(input->bytes_total());
  return absl::OkStatus();
}

// The files as they are now, and what of the options changes what is loaded.
absl::StatusOr<std::string> LoadIdentity(const std::vector<std::string>& files, const LoadOptions& options) {
  std::string identity =
      absl::StrCat("graph ", options.graph, "\nrejects ", options.rejects_path, options.strict ? "\nstrict" : "");
  for (const std::string& file : files) {
    DOSSIER_ASSIGN_OR_RETURN(const std::string state, FileState(file));
    absl::StrAppend(&identity, "\n", state);
  }
  return identity;
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
  CommitSummary summary;
  if (UnpackedSizeEstimate(files) <= options.bulk_threshold_bytes) {
    const auto read_all = [&](QuadSink sink) -> absl::Status {
      for (const std::string& file : files) DOSSIER_RETURN_IF_ERROR(ReadFile(file, options, &monitor, sink));
      return monitor.CloseRejects();
    };
    DOSSIER_ASSIGN_OR_RETURN(summary, CommitAll(store, read_all));
  } else {
    const auto read_all = [&](LoadSink* sink) -> absl::Status {
      for (const std::string& file : files) {
        DOSSIER_RETURN_IF_ERROR(
            IsLineFormat(DetectFormat(file).value())
                ? ReadLines(file, options, &monitor, sink)
                : ReadFile(file, options, &monitor, [sink](Quad&& quad) { return sink->Add(std::move(quad)); }));
      }
      return absl::OkStatus();
    };
    BulkLoadOptions bulk;
    bulk.memory_bytes = LoadMemory(options);
    bulk.progress = ProgressAfterReading(options.progress);
    bulk.cancellation = options.cancellation;
    DOSSIER_ASSIGN_OR_RETURN(bulk.identity, LoadIdentity(files, options));
    bulk.save = [&monitor] { return monitor.SaveReport(); };
    bulk.restore = [&monitor](absl::string_view saved) { monitor.RestoreReport(saved); };
    bulk.on_read = [&monitor] { return monitor.CloseRejects(); };
    DOSSIER_ASSIGN_OR_RETURN(summary, store->BulkLoadFrom(read_all, bulk));
  }
  monitor.report().added = summary.added;
  monitor.report().commit = summary.commit;
  monitor.report().elapsed = monitor.Elapsed();
  return std::move(monitor.report());
}

}  // namespace dossier
