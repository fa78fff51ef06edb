// One user's conversation with a database: settings, and questions and statements one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "base/cancellation.h"
#include "base/progress.h"
#include "database/database.h"
#include "database/sparql_output.h"
#include "query/ask/ask.h"
#include "query/result/answer.h"
#include "query/result/completion.h"
#include "query/sparql/bound_query.h"
#include "query/sparql/statement_form.h"
#include "rdf/time_range.h"
#include "rdf/writer.h"

namespace dossier {

// As many as there are processors, and not more than a statement has a use for.
size_t DefaultThreads();

struct SessionSettings {
  // What "today" and "last year" are counted from; when not set the day of the newest article.
  std::optional<TimeRange> today;
  absl::Duration timeout = absl::InfiniteDuration();  // Per statement.
  size_t memory_bytes = size_t{1} << 30;              // Per statement.
  size_t threads = DefaultThreads();                  // Per statement.
  bool optimize = true;                               // False: operators in the order written.
  bool claim_statements = false;                      // Answers come with their claims as RDF.
  size_t search_limit = 10;                           // Articles that a search gives at most.
  ProgressCallback progress;                          // For statements that load.
  StageTimes* stages = nullptr;                       // Not null: where the time of questions goes is added up here.
  // SPARQL: declarations that hold for every statement; without a base it is the current folder.
  sparql::Prologue prologue;
  // Whether prefixes that everybody knows (rdf, rdfs, xsd, ...) need no declaration, as SPARQL has it. For text that
  // people type; what they get by it is a note.
  bool assume_common_prefixes = false;
};

// Which language a statement is of, by its first words.
sparql::StatementForm Recognize(absl::string_view statement, const SessionSettings& settings);

// Takes PREFIX, BASE and VERSION of a statement that has nothing else: they hold for the SPARQL that follows.
absl::Status Declare(absl::string_view declarations, SessionSettings* settings);

// What a statement did.
struct StatementResult {
  enum class Kind : uint8_t {
    kAnswer,  // `answer`.
    kChange,  // `change`, `reading`: assert, retract, updates.
    kLoad,    // `load`.
    kSearch,  // `hits`.
    kText,    // `text`: the plan of an explain, the results of a SPARQL query; empty for declarations.
    kHelp,    // `text` is the topic: the shell knows the rest.
  };
  Kind kind = Kind::kText;
  Answer answer;
  CommitSummary change;
  std::string reading;
  LoadReport load;
  std::vector<SearchHit> hits;
  std::string text;
};

// Not thread-safe, save Cancel(). The database must outlive it.
class Session {
 public:
  explicit Session(Database* database, SessionSettings settings = {})
      : database_(database), settings_(std::move(settings)) {}

  SessionSettings& settings() { return settings_; }
  Database& database() { return *database_; }

  // Answers a question. Other statements are an InvalidArgument. Errors in the text carry a Diagnostic.
  absl::StatusOr<Answer> Ask(absl::string_view question);

  // Runs a statement of the question language that only reads: a question, or explain, search, show sparql, export,
  // help. InvalidArgument for those that change something, for those that speak of a last answer when there is none,
  // and for SPARQL.
  absl::StatusOr<StatementResult> Read(absl::string_view statement);

  // Runs any one statement, of the question language or of SPARQL: a question, or a change as one commit.
  // FailedPrecondition for changes of a database that is read-only.
  absl::StatusOr<StatementResult> Run(absl::string_view statement);

  // What could stand at `offset` of a statement that is being written, in either language, the likeliest first. The
  // first call after a commit reads the names of the store.
  absl::StatusOr<std::vector<Completion>> Complete(absl::string_view text, size_t offset);

  // Runs a SPARQL query: gives `sink` its results as they are computed, in the format that `output` has for its form.
  // Results of any size pass through bounded memory, save as Turtle and TriG. After an error, what the sink has got is
  // not whole.
  absl::StatusOr<SparqlReport> Query(absl::string_view text, const SparqlOutput& output, TextSink sink);

  // Carries out a SPARQL update request as one commit. FailedPrecondition when the database is read-only.
  absl::StatusOr<CommitSummary> Update(absl::string_view text);

  // Ends the running statement with a Cancelled status. From any thread, or a signal handler.
  void Cancel() { cancellation_.Cancel(); }
  Cancellation& cancellation() { return cancellation_; }

 private:
  absl::StatusOr<std::vector<Completion>> CompleteSparql(absl::string_view text, size_t offset,
                                                         const Snapshot& snapshot) const;
  absl::StatusOr<ask::Command> Understand(absl::string_view text, const ask::Catalogue& catalogue,
                                          const Snapshot& snapshot) const;
  absl::StatusOr<StatementResult> CarryOut(const ask::Command& command, const ask::Catalogue& catalogue,
                                           const std::shared_ptr<const Snapshot>& snapshot);
  absl::StatusOr<Answer> AnswerQuestion(const ask::Command& command, const ask::Catalogue& catalogue,
                                        const std::shared_ptr<const Snapshot>& snapshot);
  // why, show sparql, export (session_recall.cc).
  absl::StatusOr<Answer> WhyRow(int64_t row, const ask::Catalogue& catalogue,
                                const std::shared_ptr<const Snapshot>& snapshot);
  absl::StatusOr<Answer> WhyEmpty(const ask::Catalogue& catalogue, const std::shared_ptr<const Snapshot>& snapshot);
  absl::StatusOr<std::string> ShowSparql(const ask::Command& command, const Snapshot& snapshot);
  absl::StatusOr<std::string> Export(const ask::Command& command);

  absl::StatusOr<StatementResult> RunSparql(absl::string_view statement, sparql::StatementForm form);
  absl::Status RunQuery(sparql::BoundQuery query, const SparqlOutput& output, TextSink sink, SparqlReport* report);

  Database* const database_;
  SessionSettings settings_;
  Cancellation cancellation_;
  // The last question and its answer, which `why` and `show sparql` speak of.
  std::shared_ptr<const ask::BoundQuestion> last_question_;
  Answer last_answer_;
};

}  // namespace dossier
