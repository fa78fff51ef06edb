// From the rows of a question's algebra to its answer: rows gathered by what was asked for, with their claims.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "query/ask/catalogue.h"
#include "query/ask/claim_reader.h"
#include "query/ask/compile.h"
#include "query/ask/meaning.h"
#include "query/query_context.h"
#include "query/result/answer.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// One solution of the algebra, with its claims read.
struct Solution {
  std::vector<std::optional<AnswerCell>> targets;
  std::vector<std::string> target_keys;    // What makes two targets the same.
  std::vector<const ClaimRecord*> claims;  // Of each fact; null where the fact is negated.
  bool certain = true;                     // Every claim's time lies inside the time asked for.
};

// Runs the compiled question and reads the claims of every row.
absl::StatusOr<std::vector<Solution>> Solve(const CompiledQuestion& compiled,
                                            const std::shared_ptr<const Snapshot>& snapshot,
                                            const QueryContext& context, ClaimReader* reader);

// The answer of a question but for what only says how it was read (ask.cc).
absl::StatusOr<Answer> AnswerMeaning(const BoundQuestion& question, const Catalogue& catalogue,
                                     const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                     ClaimReader* reader);

// Whether what a yes-no question names is what its ordinal chooses: "was Hanoi Kim's second trip".
absl::StatusOr<Answer> AnswerOrdinalVerdict(const Meaning& meaning, const Catalogue& catalogue,
                                            const std::shared_ptr<const Snapshot>& snapshot,
                                            const QueryContext& context, ClaimReader* reader);

// Where one sentence has somebody report what somebody else says, "who reported" it asks for the one and "who said" it
// for the other, though each of the relations may have both verbs. A note names the others.
void KeepWhoDidSo(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution>* solutions,
                  std::vector<std::string>* notes);

// "met Xi before Trump": what was before one of several meetings with Trump, but after the first, was not.
void KeepBeforeFirst(const Meaning& meaning, std::vector<Solution>* solutions);

// Leaves out what does not answer in the tense of the question: of what had happened, expectations (unless people or
// things are listed); of what is so, what is over, as long as something is left. Notes say what was left out.
void SiftByTense(const Meaning& meaning, const Catalogue& catalogue, const TimeRange& today,
                 std::vector<Solution>* solutions, std::vector<std::string>* notes);

// Of a question for who did it, whose answers are people and things, only those who are somebody (dossier:Actor). A
// note says what was left out.
void KeepActors(const Meaning& meaning, const Catalogue& catalogue, std::vector<Solution>* solutions,
                std::vector<std::string>* notes);

// Of a question for the first (or the last) article to tell something: what comes from the one that came out then.
void KeepByPublication(const Meaning& meaning, std::vector<Solution>* solutions, std::vector<std::string>* notes);

// A whole number, or one with a fraction, as a cell.
AnswerCell NumberCell(double value);
// Words as a cell; of type "date" they are EDTF.
AnswerCell TextCell(std::string text, absl::string_view type = "text");

// Solutions gathered to the rows, verdict, count or lengths of time that the question asks for.
void GatherRows(const Meaning& meaning, const std::vector<Solution>& solutions, Answer* answer);
// The rows of an answer as one: how many there are, with the claims of all of them.
void CountAnswers(Answer* answer);
void GatherLasting(const Meaning& meaning, const std::vector<Solution>& solutions, Answer* answer);
void GatherVerdict(const Meaning& meaning, const std::vector<Solution>& solutions, Answer* answer);
void GatherEvents(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer);

// The most, the largest, more than three times: rows of which each is measured (score.h), and only those that the
// question asks for. `than` is the score of what a comparative compares with.
struct Score;
void GatherRanked(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  const Score* than, Answer* answer);

// For each year, country, article, ...: the answer to the rest of the question, with the group in the first column.
void GatherGroups(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer);
// Puts the kinds of things in the place of the things, where the question groups by a kind that they are of.
absl::Status GroupByKinds(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                          std::vector<Solution>* solutions);
// What the question asks for without groups.
void GatherAnswer(const Meaning& meaning, const Catalogue& catalogue, const std::vector<Solution>& solutions,
                  Answer* answer);

// The groups that a solution belongs to; none when it is too vague for one ("2018" has no month).
std::vector<AnswerCell> GroupsOf(const Grouping& grouping, const Meaning& meaning, const Solution& solution);

// The solutions of the occasion, or the answer, that the question's ordinal names ("the first", "the second last").
// What is undated is none; of a vague date that a precise one of the same thing refines, only the precise one counts. A
// note says when there are not so many.
std::vector<Solution> ChosenInTime(const Meaning& meaning, const std::vector<Solution>& solutions,
                                   std::vector<std::string>* notes);

// Leaves out what is only possibly in the time asked for where another claim of the same triple dates it outside:
// "2019" is no answer to `in February 2019` when the store knows it to be 24 April 2019.
absl::Status DropDatedOutside(const Meaning& meaning, const Snapshot& snapshot, const Cancellation& cancellation,
                              ClaimReader* reader, std::vector<Solution>* solutions, std::vector<std::string>* notes);

// Puts a claim into a row once, keeping the strongest first, and the row's when, certainty and sources up to date.
// `dates_row`: the claim says what was asked, and not only who somebody is.
class RowGatherer {
 public:
  void Add(const ClaimRecord* record, bool dates_row);
  // Moves all that was gathered into `row`.
  void Finish(AnswerRow* row);
  size_t sources() const;
  const std::optional<TimeRange>& time() const { return time_; }
  int64_t rank() const { return rank_; }
  const std::vector<const ClaimRecord*>& dating() const { return dating_; }

 private:
  std::vector<const ClaimRecord*> dating_;  // Those that say what was asked.
  std::vector<const ClaimRecord*> others_;
  std::optional<TimeRange> time_;
  std::string when_;
  std::array<absl::flat_hash_set<const ClaimRecord*>, 2> seen_;  // What is in these lists.
  int64_t rank_ = -1;
  std::string certainty_;
};

// Whether a claim of this fact dates a row: facts that only say who somebody is do not, unless there are no others.
std::vector<bool> DatingFacts(const Meaning& meaning);

// first/last, order by, limit, and the least number of sources.
void OrderRows(const Meaning& meaning, Answer* answer);
// Only what the end of the question says: order by, limit.
void ApplyTail(const Meaning& meaning, Answer* answer);

// Everything that claims say about one entity.
absl::StatusOr<Answer> DescribeEntity(const Meaning& meaning, const Catalogue& catalogue,
                                      const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                      ClaimReader* reader);

}  // namespace dossier::ask
