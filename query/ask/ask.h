// The door of the question language: text in, a bound command out, and from a bound question an answer. Whoever opens a
// store (the database room) carries commands out; this room reads only, through a snapshot.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/cancellation.h"
#include "query/ask/catalogue.h"
#include "query/query_context.h"
#include "query/result/answer.h"
#include "query/stage_times.h"
#include "rdf/time_range.h"
#include "storage/snapshot.h"
#include "storage/store.h"

namespace dossier::ask {

struct AskOptions {
  // The day that `today`, `last year` and `on Wednesday` are counted from. Without one it is the day on which the
  // newest article of the store was published, and where there are no articles the day of the clock.
  std::optional<TimeRange> today;
  StageTimes* stages = nullptr;                // When it is not null, parsing, reading and binding are added up here.
  const Cancellation* cancellation = nullptr;  // Unless it is null, reading ends with its error when it says so.
};

// A question whose names and relations are bound to the store; opaque to other rooms.
struct BoundQuestion;

// A statement that is understood and can be carried out.
struct Command {
  enum class Kind {
    kQuestion,  // AnswerQuestion(*question, ...).
    kExplain,   // ExplainQuestion(*question, ...).
    kChange,    // assert, retract: commit `changes` as they are.
    kLoad,      // load PATH...: `argument` is the path as written, without quotes.
    kSearch,    // search WORDS: `argument` are the words.
    kHelp,      // help [TOPIC]: `argument` is the topic or empty.
    kWhyRow,    // why N: `row` of the last answer, counted from 1.
    kWhyEmpty,  // why empty: of the last question.
    kSparql,    // show sparql [QUESTION]: `question`, null for the last one.
    kExport,    // export [PATH] [as FORMAT]: `argument` and `format`, each may be empty.
  };
  Kind kind = Kind::kQuestion;
  std::shared_ptr<const BoundQuestion> question;
  bool analyze = false;  // explain analyze.
  ChangeSet changes;
  std::string reading;  // What the names were taken for; for kChange also the claim that is made or withdrawn.
  std::string argument;
  std::string format;  // kExport.
  int64_t row = 0;     // kWhyRow.
};

// Parses and binds one statement. Errors (syntax, unknown names and relations, impossible dates, words that no reading
// accounts for) are InvalidArgument or NotFound with a Diagnostic: position, and the nearest known words.
absl::StatusOr<Command> Understand(absl::string_view text, const Catalogue& catalogue, const Snapshot& snapshot,
                                   const AskOptions& options);

// The sentence of an article's text; empty when the text is not loaded. Called while the claims of an answer are read.
using SentenceLookup = std::function<std::string(const Term& article, int64_t paragraph, int64_t sentence)>;

// Runs a bound question. `sentences` may be empty.
absl::StatusOr<Answer> AnswerQuestion(const BoundQuestion& question, const Catalogue& catalogue,
                                      const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                      const SentenceLookup& sentences);

// why N: the claims of one row, each with all that is known of it, and with its sentence.
absl::StatusOr<Answer> ExplainRow(const AnswerRow& row, const Catalogue& catalogue, const Snapshot& snapshot,
                                  const SentenceLookup& sentences);

// why empty: what answers there are without each part of the question in turn.
absl::StatusOr<Answer> ExplainEmpty(const BoundQuestion& question, const Catalogue& catalogue,
                                    const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                    const SentenceLookup& sentences);

// show sparql: the SPARQL 1.2 query that gives the rows which the answer is made from. InvalidArgument for what no
// single query stands for.
absl::StatusOr<std::string> ToSparql(const BoundQuestion& question, const Snapshot& snapshot);

// The algebra and the plan of a question; with `analyze` it runs it, and shows actual rows and times.
absl::StatusOr<std::string> ExplainQuestion(const BoundQuestion& question,
                                            const std::shared_ptr<const Snapshot>& snapshot,
                                            const QueryContext& context, bool analyze);

}  // namespace dossier::ask
