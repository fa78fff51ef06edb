// The facade that a program embeds: one store with what is derived from it. Questions are asked through a Session
// (database/session.h).
//
//   DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Database::Open("kim.dossier", {}));
//   DOSSIER_ASSIGN_OR_RETURN(LoadReport report, database->Load({"datasets/kim-russia-2023"}, {}));
//   Session session(database.get());
//   DOSSIER_ASSIGN_OR_RETURN(Answer answer, session.Ask("who accompanied Kim in 2023"));
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "base/cancellation.h"
#include "base/progress.h"
#include "database/load_options.h"
#include "database/text_index.h"
#include "query/ask/catalogue.h"
#include "query/query_context.h"
#include "rdf/writer.h"
#include "storage/store.h"

namespace dossier {

struct DatabaseOptions {
  bool create_if_missing = true;
  bool read_only = false;                  // Works beside a process that writes.
  size_t cache_bytes = size_t{256} << 20;  // For blocks of the store.
};

// How large a store is and what it holds.
struct DatabaseStatistics {
  uint64_t commit = 0;
  uint64_t quads = 0;      // Asserted.
  uint64_t claims = 0;     // Reifications.
  uint64_t relations = 0;  // Distinct predicates of quads and claims.
  uint64_t articles = 0;
  uint64_t texts = 0;                                           // Articles whose text is loaded.
  std::vector<std::pair<std::string, uint64_t>> predicates;     // IRI and rows, most frequent first.
  std::vector<std::pair<std::string, uint64_t>> bytes_by_part;  // On disk.
};

// Thread-safe: any number of sessions may use one database.
class Database {
 public:
  // Errors as OpenStore gives them (storage/store.h).
  static absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& directory, const DatabaseOptions& options);
  // Empty, and gone with the object.
  static std::unique_ptr<Database> InMemory();
  // An empty one that cannot be changed: stands for a store that is not there yet.
  static std::unique_ptr<Database> Nothing();
  ~Database();

  // Empty for a database in memory.
  const std::string& directory() const { return directory_; }
  bool read_only() const { return read_only_; }

  std::shared_ptr<const Snapshot> GetSnapshot() const { return store_->GetSnapshot(); }
  // Of all who read the database, since it was opened.
  ReadCounters read_counters() const { return store_->read_counters(); }
  // What `snapshot` speaks of; that of the last commit asked for is kept.
  absl::StatusOr<std::shared_ptr<const ask::Catalogue>> GetCatalogue(const std::shared_ptr<const Snapshot>& snapshot);

  // Changes; FailedPrecondition when the database is read-only.
  absl::StatusOr<CommitSummary> Commit(const ChangeSet& changes);
  // Carries out a SPARQL update request as one commit: see database/sparql_update.h. FailedPrecondition when the
  // database is read-only.
  absl::StatusOr<CommitSummary> Update(absl::string_view text, absl::string_view base, const QueryContext& context);

  // See database/loader.h and database/article_loader.h. Load() takes files of JSONL for articles, which are a commit
  // of their own after that of the RDF.
  absl::StatusOr<LoadReport> Load(const std::vector<std::string>& paths, const LoadOptions& options);
  absl::StatusOr<LoadReport> LoadArticles(const std::vector<std::string>& paths, const LoadOptions& options);

  // Writes everything in `format`. The line formats stream; Turtle and TriG hold all statements in memory while they
  // group them. A store with named graphs cannot be written in a format without graphs: InvalidArgument.
  absl::Status Export(RdfFormat format, const Cancellation& cancellation, TextSink sink);

  // See database/text_index.h.
  absl::StatusOr<std::vector<SearchHit>> Search(absl::string_view query, size_t limit,
                                                const Cancellation& cancellation);

  absl::StatusOr<DatabaseStatistics> Statistics();

  // Recounts every index; one line per inconsistency, none when the store is sound.
  absl::StatusOr<std::vector<std::string>> Check(const ProgressCallback& progress);

  // A copy of the store as of now, in a directory that does not exist yet. Other processes may go on reading and
  // writing.
  absl::Status Backup(const std::string& directory);
  // Makes the store `directory`, which must not exist yet, from a backup, and checks it.
  static absl::Status Restore(const std::string& backup, const std::string& directory);

 private:
  Database(std::string directory, bool read_only, std::unique_ptr<Store> store);
  absl::Status RequireWritable() const;

  const std::string directory_;
  const bool read_only_;
  const std::unique_ptr<Store> store_;
  const std::unique_ptr<TextIndex> text_index_;
  absl::Mutex mutex_;
  std::shared_ptr<const ask::Catalogue> catalogue_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace dossier
