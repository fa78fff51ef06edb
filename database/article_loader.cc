#include "database/article_loader.h"

#include <filesystem>
#include <memory>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "database/article_graph.h"
#include "database/article_json.h"
#include "database/input_files.h"
#include "database/line_reader.h"
#include "database/load_monitor.h"
#include "rdf/input.h"

namespace dossier {
namespace {

bool IsText(absl::string_view path) { return absl::EndsWith(WithoutCompression(path), ".txt"); }
bool IsJsonl(absl::string_view path) {
  return absl::EndsWith(WithoutCompression(path), ".jsonl") || absl::EndsWith(WithoutCompression(path), ".ndjson");
}

// Reads the files one after the other and hands their statements on.
class ArticleReader {
 public:
  ArticleReader(ArticleGraph* graph, const LoadOptions& options, LoadMonitor* monitor)
      : graph_(graph), options_(options), monitor_(monitor) {}

  absl::Status Read(const std::string& path, QuadSink sink) {
    DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Input> input, OpenInput(path));
    DOSSIER_RETURN_IF_ERROR(IsText(path) ? ReadText(path, input.get(), sink) : ReadLines(path, input.get(), sink));
    monitor_->EndInput(input->bytes_total());
    return absl::OkStatus();
  }

  // The texts that new ones replace.
  std::vector<Quad>& retractions() { return retractions_; }

 private:
  absl::Status ReadText(const std::string& path, Input* input, QuadSink sink) {
    DOSSIER_ASSIGN_OR_RETURN(const std::string text, ReadAll(input));
    if (FindInvalidUtf8(text) != absl::string_view::npos) {
      return Skip({path, 0, 0, "the text is not UTF-8", ""});
    }
    const absl::StatusOr<Term> article =
        graph_->FindByFileName(std::filesystem::path(std::string(WithoutCompression(path))).stem().string());
    if (!article.ok()) return Skip({path, 0, 0, std::string(article.status().message()), ""});
    if (absl::Status status = graph_->AddText(*article, text, &assertions_, &retractions_); !status.ok()) {
      return absl::IsFailedPrecondition(status) ? Skip({path, 0, 0, std::string(status.message()), ""}) : status;
    }
    return Emit(input->bytes_read(), sink);
  }

  absl::Status ReadLines(const std::string& path, Input* input, QuadSink sink) {
    LineReader lines(input);
    std::string line;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, lines.Next(&line));
      if (!more) return absl::OkStatus();
      if (absl::StripAsciiWhitespace(line).empty()) continue;
      absl::StatusOr<ArticleRecord> record = ParseArticleJson(line);
      absl::Status status = record.status();
      if (status.ok()) {
        status = graph_->AddRecord(*record, &assertions_, &retractions_);
        if (status.ok()) {
          DOSSIER_RETURN_IF_ERROR(Emit(input->bytes_read(), sink));
          continue;
        }
        if (!absl::IsFailedPrecondition(status)) return status;
        assertions_.clear();
      }
      DOSSIER_RETURN_IF_ERROR(Skip({path, lines.line_number(), 0, std::string(status.message()), line}));
    }
  }

  absl::Status Emit(uint64_t bytes_read, QuadSink sink) {
    ++monitor_->report().articles;
    monitor_->report().statements += assertions_.size();
    for (Quad& quad : assertions_) DOSSIER_RETURN_IF_ERROR(sink(std::move(quad)));
    assertions_.clear();
    return monitor_->CountItem(bytes_read);
  }

  // Notes the line and goes on, or is the error that ends a strict load.
  absl::Status Skip(RejectedLine rejected) {
    if (!options_.strict) {
      monitor_->Reject(std::move(rejected));
      return absl::OkStatus();
    }
    Diagnostic diagnostic;
    diagnostic.message = std::move(rejected.reason);
    diagnostic.source = std::move(rejected.file);
    diagnostic.line = rejected.line;
    diagnostic.column = rejected.line == 0 ? 0 : 1;
    return DiagnosticError(diagnostic);
  }

  ArticleGraph* const graph_;
  const LoadOptions& options_;
  LoadMonitor* const monitor_;
  std::vector<Quad> assertions_;  // Of the current article.
  std::vector<Quad> retractions_;
};

absl::StatusOr<std::vector<std::string>> FindArticleFiles(const std::vector<std::string>& paths) {
  const auto is_article = [](absl::string_view path) { return IsText(path) || IsJsonl(path); };
  DOSSIER_ASSIGN_OR_RETURN(std::vector<std::string> files, ExpandPaths(paths, is_article));
  for (const std::string& file : files) {
    if (!is_article(file)) {
      return absl::InvalidArgumentError(absl::StrCat(
          file, " is no text of an article: .txt and .jsonl can be loaded, also with .gz or .zst after it"));
    }
  }
  if (files.empty()) {
    return absl::InvalidArgumentError(absl::StrCat("no .txt or .jsonl files in ", absl::StrJoin(paths, ", ")));
  }
  return files;
}

}  // namespace

absl::StatusOr<LoadReport> LoadArticles(Store* store, const std::vector<std::string>& paths,
                                        const LoadOptions& options) {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> files, FindArticleFiles(paths));
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<ArticleGraph> graph, ArticleGraph::Make(store->GetSnapshot()));
  LoadMonitor monitor(options, paths.front(), TotalSize(files));
  monitor.report().files = files.size();
  ArticleReader reader(graph.get(), options, &monitor);
  const auto read_all = [&](QuadSink sink) -> absl::Status {
    for (const std::string& file : files) DOSSIER_RETURN_IF_ERROR(reader.Read(file, sink));
    return monitor.CloseRejects();
  };
  LoadReport& report = monitor.report();
  ChangeSet changes;
  if (UnpackedSizeEstimate(files) <= options.bulk_threshold_bytes) {
    DOSSIER_RETURN_IF_ERROR(read_all([&changes](Quad&& quad) {
      changes.assertions.push_back(std::move(quad));
      return absl::OkStatus();
    }));
  } else {
    BulkLoadOptions bulk;
    bulk.memory_bytes = LoadMemory(options);
    bulk.progress = ProgressAfterReading(options.progress);
    bulk.cancellation = options.cancellation;
    DOSSIER_ASSIGN_OR_RETURN(const CommitSummary loaded, store->BulkLoad(read_all, bulk));
    report.added = loaded.added;
  }
  // A bulk load cannot take away: the texts that it has replaced go in a commit after it.
  changes.retractions = std::move(reader.retractions());
  DOSSIER_ASSIGN_OR_RETURN(const CommitSummary summary, store->Commit(changes));
  report.added += summary.added;
  report.removed = summary.removed;
  report.commit = summary.commit;
  report.elapsed = monitor.Elapsed();
  return std::move(report);
}

}  // namespace dossier
