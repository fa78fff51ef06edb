// The store of one run of the program. Opened for reading first, which works beside a process that writes; opened for
// writing (and made, if need be) when the first change comes, and kept so.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "database/database.h"
#include "database/session.h"
#include "storage/store_watch.h"

namespace dossier {

// Not thread-safe.
class StoreAccess {
 public:
  StoreAccess(std::string directory, SessionSettings settings)
      : directory_(std::move(directory)), settings_(std::move(settings)) {}

  // A session that reads the store as other processes have left it up to now. FailedPrecondition when there is no
  // store.
  absl::StatusOr<Session*> ForReading();
  // A session that may change the store, which is made when there is none. FailedPrecondition names the process that
  // holds the store.
  absl::StatusOr<Session*> ForWriting();

  // Carries out one statement: opens the store for reading, and for writing when the statement turns out to need it.
  absl::StatusOr<StatementResult> Run(absl::string_view statement);

  // Goes on with another store, which need not be there yet.
  void SwitchTo(const std::string& directory);

  const std::string& directory() const { return directory_; }
  SessionSettings& settings() { return settings_; }

 private:
  absl::StatusOr<Session*> Open(bool read_only);

  std::string directory_;
  SessionSettings settings_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<Session> session_;
  bool is_missing_ = false;  // Nothing was there to open.
  StoreWatch watch_;         // Of the files as they were when the store was opened.
};

}  // namespace dossier
