#include "shell/store_access.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "shell/interrupt.h"

namespace dossier {
namespace {

absl::Status NoStore(const std::string& directory) {
  return absl::FailedPreconditionError(absl::StrCat(
      "there is no store in ", directory, " yet; `load PATH` makes it (`dossier --store ", directory, " load PATH`)"));
}

absl::StatusOr<StatementResult> RunIn(Session* session, absl::string_view statement) {
  session->cancellation().Reset();
  const InterruptScope interrupt(&session->cancellation());
  // The user may have been quicker than the opening of the store.
  if (TakeInterrupt()) session->Cancel();
  return session->Run(statement);
}

}  // namespace

absl::StatusOr<Session*> StoreAccess::Open(bool read_only) {
  session_.reset();
  database_.reset();
  DatabaseOptions options;
  options.create_if_missing = !read_only;
  options.read_only = read_only;
  // Before it is opened: a commit in between shows the next time.
  watch_ = StoreWatch(directory_);
  absl::StatusOr<std::unique_ptr<Database>> database = Database::Open(directory_, options);
  is_missing_ = absl::IsNotFound(database.status());
  if (is_missing_) return NoStore(directory_);
  DOSSIER_RETURN_IF_ERROR(database.status());
  database_ = *std::move(database);
  session_ = std::make_unique<Session>(database_.get(), settings_);
  return session_.get();
}

absl::StatusOr<Session*> StoreAccess::ForReading() {
  // A store that is open for reading only does not see the commits of other processes.
  if (session_ == nullptr || (database_->read_only() && watch_.HasChanged())) {
    return Open(/*read_only=*/true);
  }
  session_->settings() = settings_;
  return session_.get();
}

absl::StatusOr<Session*> StoreAccess::ForWriting() {
  if (session_ == nullptr || database_->read_only()) return Open(/*read_only=*/false);
  session_->settings() = settings_;
  return session_.get();
}

void StoreAccess::SwitchTo(const std::string& directory) {
  session_.reset();
  database_.reset();
  directory_ = directory;
}

absl::StatusOr<StatementResult> StoreAccess::Run(absl::string_view statement) {
  absl::StatusOr<Session*> session = ForReading();
  const bool is_missing = !session.ok() && is_missing_;
  if (!is_missing && !session.ok()) return session.status();
  // Without a store, an empty one tells whether the statement is one that would make it.
  const std::unique_ptr<Database> nothing = is_missing ? Database::Nothing() : nullptr;
  Session substitute(nothing.get(), settings_);
  if (is_missing) session = &substitute;
  absl::StatusOr<StatementResult> result = RunIn(*session, statement);
  const bool wants_to_write = absl::IsFailedPrecondition(result.status()) && (*session)->database().read_only();
  if (!wants_to_write) {
    const bool needs_none = result.ok() && result->kind == StatementResult::Kind::kHelp;
    return is_missing && !needs_none ? NoStore(directory_) : std::move(result);
  }
  DOSSIER_ASSIGN_OR_RETURN(Session * writing, ForWriting());
  return RunIn(writing, statement);
}

}  // namespace dossier
