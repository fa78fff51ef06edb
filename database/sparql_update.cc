#include "database/sparql_update.h"

#include <memory>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "database/input_files.h"
#include "database/loader.h"
#include "query/sparql/ast.h"
#include "query/sparql/parser.h"
#include "query/sparql/update.h"
#include "rdf/input.h"

namespace dossier {
namespace {

using sparql::ast::Load;

// The LOAD that is all of the request, if its file is too large for an ordinary commit.
const Load* LargeLoad(const sparql::ast::Update& update) {
  if (update.operations.size() != 1) return nullptr;
  const auto* const load = std::get_if<Load>(&update.operations.front().part);
  if (load == nullptr) return nullptr;
  const absl::StatusOr<std::string> path = PathOfFileIri(load->source.iri);
  const bool is_large = path.ok() && UnpackedSizeEstimate({*path}) > LoadOptions().bulk_threshold_bytes;
  return is_large ? load : nullptr;
}

// What SILENT does not hush.
bool EndsTheRequest(const absl::Status& status) {
  return absl::IsCancelled(status) || absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status);
}

absl::Status ErrorAt(const absl::Status& status, absl::string_view text, SourceSpan span) {
  if (GetDiagnostic(status).has_value() || EndsTheRequest(status)) return status;
  return DiagnosticError(MakeDiagnostic(std::string(status.message()), text, span), status.code());
}

absl::StatusOr<CommitSummary> LoadInBulk(Store* store, const Load& load, const QueryContext& context) {
  LoadOptions options;
  options.strict = true;
  options.memory_bytes = context.memory->limit();
  options.cancellation = context.cancellation;
  if (load.into.has_value()) options.graph = load.into->iri;
  DOSSIER_ASSIGN_OR_RETURN(const std::string path, PathOfFileIri(load.source.iri));
  DOSSIER_ASSIGN_OR_RETURN(const LoadReport report, LoadRdf(store, {path}, options));
  return CommitSummary{report.commit, report.added, 0};
}

}  // namespace

absl::StatusOr<std::string> PathOfFileIri(absl::string_view iri) {
  absl::string_view rest = iri;
  if (!absl::ConsumePrefix(&rest, "file://")) {
    return absl::InvalidArgumentError(
        absl::StrCat("LOAD reads files only, and <", iri, "> names none: fetch it, and load the file"));
  }
  absl::ConsumePrefix(&rest, "localhost");
  if (rest.empty() || rest.front() != '/') {
    return absl::InvalidArgumentError(absl::StrCat("<", iri, "> names a file of another host; write file:///path"));
  }
  std::string path;
  for (size_t i = 0; i < rest.size(); ++i) {
    uint32_t byte = 0;
    if (rest[i] == '%' && i + 2 < rest.size() && absl::SimpleHexAtoi(rest.substr(i + 1, 2), &byte)) {
      path.push_back(static_cast<char>(byte));
      i += 2;
    } else {
      path.push_back(rest[i]);
    }
  }
  return path;
}

absl::Status ReadDocument(const std::string& iri, const std::optional<Term>& into, const Cancellation* cancellation,
                          QuadSink sink) {
  DOSSIER_ASSIGN_OR_RETURN(const std::string path, PathOfFileIri(iri));
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> files, FindRdfFiles({path}));
  for (const std::string& file : files) {
    DOSSIER_ASSIGN_OR_RETURN(const std::string digest, ContentDigest(file, cancellation));
    ReaderOptions options;
    options.blank_node_prefix = absl::StrCat("f", digest, "_");
    options.default_graph = into;
    DOSSIER_RETURN_IF_ERROR(ReadRdfFile(file, options, sink));
  }
  return absl::OkStatus();
}

absl::StatusOr<CommitSummary> RunUpdate(Store* store, absl::string_view text, absl::string_view base,
                                        const QueryContext& context) {
  DOSSIER_ASSIGN_OR_RETURN(const sparql::ast::Update update, sparql::ParseUpdate(text, base));
  if (const Load* const load = LargeLoad(update); load != nullptr) {
    absl::StatusOr<CommitSummary> summary = LoadInBulk(store, *load, context);
    if (summary.ok()) return summary;
    if (load->silent && !EndsTheRequest(summary.status())) return CommitSummary{store->GetSnapshot()->commit(), 0, 0};
    return ErrorAt(summary.status(), text, update.operations.front().span);
  }
  // Small data need no look at the store, and so go to the disk together with the commits of others.
  constexpr size_t kSmallData = 1'000;
  if (const std::optional<ChangeSet> changes = sparql::DataChanges(update, kSmallData); changes.has_value()) {
    DOSSIER_RETURN_IF_ERROR(context.cancellation->Check());
    return store->Commit(*changes);
  }
  const auto evaluate = [&](const std::shared_ptr<const Snapshot>& snapshot) {
    return sparql::EvaluateUpdate(update, text, snapshot, context,
                                  [&context](const std::string& iri, const std::optional<Term>& into, QuadSink sink) {
                                    return ReadDocument(iri, into, context.cancellation, sink);
                                  });
  };
  // First without keeping other writers waiting; what it found is good unless one of them has been quicker.
  const std::shared_ptr<const Snapshot> snapshot = store->GetSnapshot();
  DOSSIER_ASSIGN_OR_RETURN(ChangeSet changes, evaluate(snapshot));
  return store->Transact([&](const std::shared_ptr<const Snapshot>& current) -> absl::StatusOr<ChangeSet> {
    if (current->commit() == snapshot->commit()) return std::move(changes);
    changes = ChangeSet();
    return evaluate(current);
  });
}

}  // namespace dossier
