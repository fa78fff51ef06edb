#include "query/ask/empty_answer.h"

#include <utility>

#include "absl/time/time.h"
#include "base/cancellation.h"
#include "base/memory_budget.h"
#include "base/status_macros.h"
#include "query/ask/ask.h"
#include "query/ask/near_misses.h"

namespace dossier::ask {
namespace {

// Enough to name the nearest answers, and little enough to cost nothing on a large store.
constexpr uint64_t kRowsLookedAt = 1000;
constexpr int kMillisecondsForNotes = 2000;
constexpr size_t kMemoryForNotes = size_t{64} << 20U;

// The question that asks for what a verdict or a count is made of.
Meaning AskingForRows(Meaning meaning) {
  meaning.limit.reset();
  meaning.superlative = 0;
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

AnswerVariant Variants(const BoundQuestion& question, const Catalogue& catalogue,
                       const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                       ClaimReader* reader) {
  return [&question, &catalogue, &snapshot, context, reader](const Meaning& meaning) -> absl::StatusOr<Answer> {
    BoundQuestion variant;
    variant.meaning = AskingForRows(meaning);
    variant.today = question.today;
    variant.compiled = Compile(variant.meaning, catalogue, *snapshot);
    algebra::NodePtr& root = variant.compiled.query.root;
    root = algebra::MakeNode(algebra::Slice{std::move(root), 0, kRowsLookedAt});
    if (IsView(variant.meaning.kind)) variant.meaning.limit = kRowsLookedAt;
    return AnswerMeaning(variant, catalogue, snapshot, context, reader);
  };
}

}  // namespace

absl::Status AddNearMisses(const BoundQuestion& question, const Catalogue& catalogue,
                           const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                           ClaimReader* reader, Answer* answer) {
  // The notes are extra: they may not make an empty answer slow, and never an error of it.
  Cancellation soon;
  soon.SetTimeout(absl::Milliseconds(kMillisecondsForNotes));
  MemoryBudget memory(kMemoryForNotes);
  QueryContext limited = context;
  limited.cancellation = &soon;
  limited.memory = &memory;
  absl::StatusOr<std::vector<std::string>> notes =
      NearMissNotes(question.meaning, Variants(question, catalogue, snapshot, limited, reader));
  if (notes.ok()) {
    for (std::string& note : *notes) answer->notes.push_back(std::move(note));
  }
  return context.cancellation->Check();
}

absl::StatusOr<Answer> ExplainEmpty(const BoundQuestion& question, const Catalogue& catalogue,
                                    const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                    const SentenceLookup& sentences) {
  ClaimReader reader(catalogue, *snapshot, sentences);
  return NearMissTable(question.meaning, Variants(question, catalogue, snapshot, context, &reader));
}

}  // namespace dossier::ask
