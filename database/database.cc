#include "database/database.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "database/article_loader.h"
#include "database/graph_reader.h"
#include "database/input_files.h"
#include "database/loader.h"
#include "database/sparql_update.h"
#include "rdf/vocabulary.h"
#include "storage/scan.h"

namespace dossier {
namespace {

// Beside the store's own files; derived, so backups leave it out.
constexpr absl::string_view kTextIndexFolder = "text-index";

std::string TextIndexDirectory(const std::string& directory) {
  return directory.empty() ? "" : (std::filesystem::path(directory) / std::string(kTextIndexFolder)).string();
}

bool IsArticleLines(absl::string_view path) {
  return absl::EndsWith(WithoutCompression(path), ".jsonl") || absl::EndsWith(WithoutCompression(path), ".ndjson");
}

// Adds what the second of two loads did to the first's report.
void Append(LoadReport other, LoadReport* report) {
  report->files += other.files;
  report->statements += other.statements;
  report->articles += other.articles;
  report->added += other.added;
  report->removed += other.removed;
  report->commit = std::max(report->commit, other.commit);
  report->rejected += other.rejected;
  report->first_rejects.insert(report->first_rejects.end(), other.first_rejects.begin(), other.first_rejects.end());
  if (report->rejects_path.empty()) report->rejects_path = std::move(other.rejects_path);
  report->elapsed += other.elapsed;
}

absl::Status Exists(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error)) return absl::OkStatus();
  return absl::AlreadyExistsError(absl::StrCat(directory, " exists already; name a directory that does not"));
}

}  // namespace

Database::Database(std::string directory, bool read_only, std::unique_ptr<Store> store)
    : directory_(std::move(directory)),
      read_only_(read_only),
      store_(std::move(store)),
      text_index_(NewTextIndex(TextIndexDirectory(directory_))) {}

Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const std::string& directory, const DatabaseOptions& options) {
  OpenOptions open;
  open.create_if_missing = options.create_if_missing;
  open.read_only = options.read_only;
  open.cache_bytes = options.cache_bytes;
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Store> store, OpenStore(directory, open));
  return std::unique_ptr<Database>(new Database(directory, options.read_only, std::move(store)));
}

std::unique_ptr<Database> Database::InMemory() {
  return std::unique_ptr<Database>(new Database("", /*read_only=*/false, NewMemoryStore()));
}

std::unique_ptr<Database> Database::Nothing() {
  return std::unique_ptr<Database>(new Database("", /*read_only=*/true, NewMemoryStore()));
}

absl::Status Database::RequireWritable() const {
  if (!read_only_) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the store ", directory_, directory_.empty() ? "" : " ", "is open for reading only"));
}

absl::StatusOr<std::shared_ptr<const ask::Catalogue>> Database::GetCatalogue(
    const std::shared_ptr<const Snapshot>& snapshot) {
  {
    const absl::MutexLock lock(&mutex_);
    if (catalogue_ != nullptr && catalogue_->commit() == snapshot->commit()) return catalogue_;
  }
  DOSSIER_RETURN_IF_ERROR(snapshot->CheckStatistics());
  DOSSIER_ASSIGN_OR_RETURN(std::shared_ptr<const ask::Catalogue> catalogue, ask::Catalogue::Build(snapshot));
  const absl::MutexLock lock(&mutex_);
  catalogue_ = catalogue;
  return catalogue;
}

absl::StatusOr<CommitSummary> Database::Commit(const ChangeSet& changes) {
  DOSSIER_RETURN_IF_ERROR(RequireWritable());
  return store_->Commit(changes);
}

absl::StatusOr<CommitSummary> Database::Update(absl::string_view text, absl::string_view base,
                                               const QueryContext& context) {
  DOSSIER_RETURN_IF_ERROR(RequireWritable());
  return RunUpdate(store_.get(), text, base, context);
}

absl::StatusOr<LoadReport> Database::Load(const std::vector<std::string>& paths, const LoadOptions& options) {
  DOSSIER_RETURN_IF_ERROR(RequireWritable());
  std::vector<std::string> rdf;
  std::vector<std::string> articles;
  for (const std::string& path : paths) (IsArticleLines(path) ? articles : rdf).push_back(path);
  LoadReport report;
  if (!rdf.empty() || articles.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(report, LoadRdf(store_.get(), rdf, options));
  }
  if (!articles.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(LoadReport more, dossier::LoadArticles(store_.get(), articles, options));
    Append(std::move(more), &report);
  }
  return report;
}

absl::StatusOr<LoadReport> Database::LoadArticles(const std::vector<std::string>& paths, const LoadOptions& options) {
  DOSSIER_RETURN_IF_ERROR(RequireWritable());
  return dossier::LoadArticles(store_.get(), paths, options);
}

absl::StatusOr<std::vector<SearchHit>> Database::Search(absl::string_view query, size_t limit,
                                                        const Cancellation& cancellation) {
  return text_index_->Search(*store_->GetSnapshot(), query, limit, cancellation);
}

absl::StatusOr<DatabaseStatistics> Database::Statistics() {
  const std::shared_ptr<const Snapshot> snapshot = store_->GetSnapshot();
  DOSSIER_RETURN_IF_ERROR(snapshot->CheckStatistics());
  DatabaseStatistics result;
  result.commit = snapshot->commit();
  result.quads = snapshot->statistics().quads.rows;
  result.claims = snapshot->statistics().reifications.rows;
  absl::flat_hash_set<TermId> relations;
  for (const auto& [id, counts] : snapshot->statistics().quads.predicates) {
    relations.insert(id);
    DOSSIER_ASSIGN_OR_RETURN(const Term predicate, snapshot->GetTerm(id));
    result.predicates.emplace_back(predicate.value(), counts.rows);
  }
  for (const auto& [id, counts] : snapshot->statistics().reifications.predicates) relations.insert(id);
  result.relations = relations.size();
  std::sort(result.predicates.begin(), result.predicates.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> articles,
                           SubjectsOf(*snapshot, rdf::kType, Term::Iri(std::string(schema::kArticle))));
  result.articles = articles.size();
  DOSSIER_ASSIGN_OR_RETURN(result.texts, CountSubjects(*snapshot, schema::kArticleBody));
  result.bytes_by_part = store_->SizeByPart();
  return result;
}

absl::StatusOr<std::vector<std::string>> Database::Check(const ProgressCallback& progress) {
  return store_->Validate(progress);
}

absl::Status Database::Backup(const std::string& directory) {
  DOSSIER_RETURN_IF_ERROR(Exists(directory));
  return store_->Backup(directory);
}

absl::Status Database::Restore(const std::string& backup, const std::string& directory) {
  DOSSIER_RETURN_IF_ERROR(Exists(directory));
  DatabaseOptions options;
  options.create_if_missing = false;
  options.read_only = true;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Database> source, Open(backup, options));
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> faults, source->Check(nullptr));
  if (!faults.empty()) {
    return absl::DataLossError(
        absl::StrCat("the backup ", backup, " is damaged, nothing was restored: ", faults.front()));
  }
  return source->Backup(directory);
}

}  // namespace dossier
