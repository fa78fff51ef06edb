// One user's conversation with a database: settings, and questions and statements one after the other.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/cancellation.h"
#include "base/progress.h"
#include "database/database.h"
#include "query/result/answer.h"

namespace dossier {

struct SessionSettings {
  // "last year" and the like are relative to it; the clock when not set.
  std::optional<absl::CivilDay> today;
  absl::Duration timeout = absl::InfiniteDuration();  // Per statement.
  size_t memory_bytes = size_t{1} << 30;              // Per statement.
  bool optimize = true;                               // False: operators in the order written.
  bool use_article_text = true;                       // Fill in the sentences that claims cite.
  ProgressCallback progress;                          // For statements that load.
};

// What a statement did: a question has an answer, a change a summary.
struct StatementResult {
  std::optional<Answer> answer;
  std::optional<LoadReport> load;
  std::string message;  // One line for people: "12 rows added, 0 removed".
};

// Not thread-safe, save Cancel(). The database must outlive it.
class Session {
 public:
  explicit Session(Database* database, SessionSettings settings = {})
      : database_(database), settings_(std::move(settings)) {}

  SessionSettings& settings() { return settings_; }
  Database& database() { return *database_; }

  // Answers a question. A statement that changes data is an InvalidArgument. Errors in the text carry a Diagnostic.
  absl::StatusOr<Answer> Ask(absl::string_view question);

  // Runs any one statement: a question, or a change as one commit.
  absl::StatusOr<StatementResult> Run(absl::string_view statement);

  // The plan of a question with estimated rows; with `analyze` the question is run, and actual rows and times are
  // shown.
  absl::StatusOr<std::string> Explain(absl::string_view question, bool analyze);

  // Ends the running statement with a Cancelled status. From any thread, or a signal handler.
  void Cancel() { cancellation_.Cancel(); }

 private:
  Database* const database_;
  SessionSettings settings_;
  Cancellation cancellation_;
};

}  // namespace dossier
