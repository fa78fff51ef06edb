// Which stages of a load are done, so that a load that was killed goes on behind the last of them. The journal is a
// file in the directory of the load's temporary files, together with the files that its records speak of.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace dossier::storage {

// What must be the same for one load to go on with another's files.
struct LoadIdentity {
  std::string input;    // As the caller describes inputs and options (BulkLoadOptions::identity).
  uint64_t commit = 0;  // Of the store that the load adds to.
};

class LoadJournal {
 public:
  // The journal in `directory` when it is of this load; else a new one, and all files that were there are removed.
  // Records that were not written whole are dropped.
  static absl::StatusOr<std::unique_ptr<LoadJournal>> Open(const std::string& directory, const LoadIdentity& identity);
  LoadJournal(const LoadJournal&) = delete;
  LoadJournal& operator=(const LoadJournal&) = delete;
  ~LoadJournal();

  // One for each stage that is done, in the order in which they were.
  const std::vector<std::string>& stages() const { return stages_; }
  // Durable when it returns.
  absl::Status Append(absl::string_view stage);

  // Removes the files that are not in `kept` (names) and not the journal.
  void RemoveOthers(const std::vector<std::string>& kept) const;
  // The load is done, or has failed: nothing of it is needed any more. To be called once, at the end.
  void RemoveAll() const;

 private:
  LoadJournal(std::string directory, int descriptor) : directory_(std::move(directory)), descriptor_(descriptor) {}

  const std::string directory_;
  const int descriptor_;
  std::vector<std::string> stages_;
};

// Removes what a load has left in `directory` that cannot go on: its store had another commit number. (What has no
// journal goes too.)
void RemoveStaleLoad(const std::string& directory, uint64_t commit);

}  // namespace dossier::storage
