#include "query/ask/empty_answer.h"

#include <algorithm>
#include <utility>

#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "base/status_macros.h"
#include "base/work_budget.h"
#include "query/ask/ask.h"
#include "query/ask/near_misses.h"
#include "storage/bounded_snapshot.h"

namespace dossier::ask {
namespace {

// Enough to name the nearest answers, and little enough to cost nothing on a large store.
constexpr uint64_t kRowsLookedAt = 1000;
constexpr size_t kMemoryForNotes = size_t{64} << 20U;
// Of all notes together, and of one: some milliseconds.
constexpr uint64_t kWorkForNotes = 420;
constexpr uint64_t kWorkForNote = 260;
// A path looks at a hundred times as many claims as another question; so may its notes, and cost little beside it.
constexpr uint64_t kTimesForPaths = 200;

// The question that asks for what a verdict or a count is made of.
Meaning AskingForRows(Meaning meaning) {
  meaning.limit.reset();
  meaning.ordinal = 0;
  if (meaning.kind == Meaning::Kind::kCountAnswers) meaning.kind = Meaning::Kind::kSelect;
  if (meaning.kind == Meaning::Kind::kCountEvents) meaning.kind = Meaning::Kind::kEvents;
  if (meaning.kind != Meaning::Kind::kAsk) return meaning;
  meaning.kind = Meaning::Kind::kSelect;
  for (const Fact& fact : meaning.facts) {
    if (fact.restricts || fact.negated) continue;
    for (const int side : {fact.subject, fact.object}) {
      Target target;
      target.participant = side;
      meaning.targets.push_back(target);
    }
  }
  return meaning;
}

absl::StatusOr<Answer> AnswerWith(const Meaning& meaning, const BoundQuestion& question, const Catalogue& catalogue,
                                  const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                  ClaimReader* reader) {
  BoundQuestion variant;
  variant.meaning = AskingForRows(meaning);
  variant.today = question.today;
  variant.compiled = Compile(variant.meaning, catalogue, *snapshot);
  algebra::NodePtr& root = variant.compiled.query.root;
  root = algebra::MakeNode(algebra::Slice{std::move(root), 0, kRowsLookedAt});
  if (IsView(variant.meaning.kind)) variant.meaning.limit = kRowsLookedAt;
  return AnswerMeaning(variant, catalogue, snapshot, context, reader);
}

}  // namespace

absl::Status AddNearMisses(const BoundQuestion& question, const Catalogue& catalogue,
                           const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                           Answer* answer) {
  // The notes are extra: they may not make an empty answer slow, and never an error of it.
  MemoryBudget memory(kMemoryForNotes);
  const uint64_t times = question.meaning.kind == Meaning::Kind::kPath ? kTimesForPaths : 1;
  uint64_t spent = 0;
  const AnswerVariant bounded = [&](const Meaning& meaning) -> absl::StatusOr<VariantAnswer> {
    DOSSIER_RETURN_IF_ERROR(context.cancellation->Check());
    if (spent >= kWorkForNotes * times) return VariantAnswer();
    const uint64_t units = std::min(kWorkForNote * times, kWorkForNotes * times - spent);
    WorkBudget work(units, units / 4);
    const std::shared_ptr<const Snapshot> part = BoundSnapshot(snapshot, &work);
    const SentenceLookup no_sentences;
    ClaimReader reader(catalogue, *part, no_sentences);
    QueryContext limited = context;
    limited.memory = &memory;
    limited.work = &work;
    limited.threads = 1;
    absl::StatusOr<Answer> variant = AnswerWith(meaning, question, catalogue, part, limited, &reader);
    spent += work.spent();
    if (variant.ok()) return VariantAnswer{*std::move(variant), work.has_refused()};
    if (absl::IsResourceExhausted(variant.status())) return VariantAnswer();
    return variant.status();
  };
  const absl::StatusOr<std::vector<std::string>> notes = NearMissNotes(question.meaning, bounded);
  if (notes.ok()) answer->notes.insert(answer->notes.end(), notes->begin(), notes->end());
  return context.cancellation->Check();
}

absl::StatusOr<Answer> ExplainEmpty(const BoundQuestion& question, const Catalogue& catalogue,
                                    const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                    const SentenceLookup& sentences) {
  ClaimReader reader(catalogue, *snapshot, sentences);
  return NearMissTable(question.meaning, [&](const Meaning& meaning) -> absl::StatusOr<VariantAnswer> {
    DOSSIER_ASSIGN_OR_RETURN(Answer answer, AnswerWith(meaning, question, catalogue, snapshot, context, &reader));
    return VariantAnswer{std::move(answer), false};
  });
}

}  // namespace dossier::ask
