// The door of the room: open a store, read it through snapshots, change it in commits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/cancellation.h"
#include "base/progress.h"
#include "rdf/quad.h"
#include "rdf/reader.h"
#include "storage/load_source.h"
#include "storage/read_counters.h"
#include "storage/snapshot.h"

namespace dossier {

// Changes that take effect together. Retractions are applied before assertions; asserting what is there and
// retracting what is not are no errors. A quad with predicate rdf:reifies and a triple term as object is a reification.
struct ChangeSet {
  std::vector<Quad> assertions;
  std::vector<Quad> retractions;
};

struct CommitSummary {
  uint64_t commit = 0;   // Sequence number; that of the last commit when nothing changed.
  uint64_t added = 0;    // Rows that were not there before.
  uint64_t removed = 0;  // Rows that are no more.
};

struct OpenOptions {
  bool create_if_missing = true;
  bool read_only = false;          // Works beside a process that writes.
  size_t cache_bytes = 256 << 20;  // Block cache.
};

struct BulkLoadOptions {
  size_t memory_bytes = 1 << 30;  // Budget for sorting; beyond it runs are spilled beside the store.
  ProgressCallback progress;
  const Cancellation* cancellation = nullptr;  // May be null.
  size_t commit_quads = 20'000;                // A load of not more quads than this is an ordinary commit.
  // Called when all has been read and before anything is stored; an error cancels the load. May be empty.
  std::function<absl::Status()> on_read;

  // What makes two loads the same: inputs, as they are now, and options. When it is not empty and a load of this
  // identity was killed in this store, and nothing was committed since, the load goes on behind the stages that were
  // done: it may not read its source at all.
  std::string identity;
  // Called after on_read: what `restore` is to be given when the load goes on without reading. May be empty.
  std::function<std::string()> save;
  std::function<void(absl::string_view)> restore;
};

// A source of quads that the loader pulls: calls the sink (rdf/reader.h) for each quad, ends with OK or an error that
// cancels the load.
using QuadSource = absl::FunctionRef<absl::Status(QuadSink)>;

// Decides what to change from the state that the changes will follow; an error cancels the commit.
using ChangeMaker = absl::FunctionRef<absl::StatusOr<ChangeSet>(const std::shared_ptr<const Snapshot>&)>;

// Thread-safe: any number of readers, one writer at a time (others wait).
class Store {
 public:
  virtual ~Store() = default;

  virtual std::shared_ptr<const Snapshot> GetSnapshot() const = 0;

  // Durable and atomic when it returns OK; otherwise nothing has changed. FailedPrecondition when read-only.
  virtual absl::StatusOr<CommitSummary> Commit(const ChangeSet& changes) = 0;

  // The same for changes that depend on what is there: no other commit comes between the snapshot that `make` is given
  // and the commit of what it returns. Other writers wait while it runs; it must not write itself.
  virtual absl::StatusOr<CommitSummary> Transact(ChangeMaker make) = 0;

  // Adds all that `source` gives as one commit, whole or not at all, within the memory budget whatever its size.
  virtual absl::StatusOr<CommitSummary> BulkLoadFrom(LoadSource source, const BulkLoadOptions& options) = 0;
  absl::StatusOr<CommitSummary> BulkLoad(QuadSource source, const BulkLoadOptions& options);

  // Small values kept with the store (settings, what derived indexes reflect). Set is durable, and not a commit.
  virtual absl::StatusOr<std::string> GetSetting(absl::string_view name) const = 0;  // Empty when unset.
  virtual absl::Status SetSetting(absl::string_view name, absl::string_view value) = 0;

  // Recounts every index against the others and the statistics; returns one line per inconsistency, none when sound.
  virtual absl::StatusOr<std::vector<std::string>> Validate(const ProgressCallback& progress) const = 0;

  // What all readers together have read so far; nothing for a store in memory.
  virtual ReadCounters read_counters() const = 0;

  // Bytes on disk by part ("terms", "spo", ...).
  virtual std::vector<std::pair<std::string, uint64_t>> SizeByPart() const = 0;

  // A copy of the store as of now, in a directory that does not exist yet.
  virtual absl::Status Backup(const std::string& directory) const = 0;
};

// Opens or creates the store in `directory`. Errors: NotFound (no store there and none may be made); FailedPrecondition
// (another process holds it for writing: the message names the process; an unknown format version; not a store);
// DataLoss (damaged).
absl::StatusOr<std::unique_ptr<Store>> OpenStore(const std::string& directory, const OpenOptions& options);

// The same store over an ordered map in memory.
std::unique_ptr<Store> NewMemoryStore();

}  // namespace dossier
