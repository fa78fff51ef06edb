// Views: answers that show everything about something (a timeline, its conflicts, its sources) or what lies between two
// things, instead of the rows that fit one clause. A view chooses its claims by ids and reads in full only those it
// shows.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "query/ask/answer_builder.h"
#include "query/ask/bound_question.h"
#include "query/ask/views/claim_finder.h"
#include "query/ask/views/claim_judge.h"

namespace dossier::ask {

// What a view works with.
struct ViewContext {
  const BoundQuestion& question;
  const Catalogue& catalogue;
  const std::shared_ptr<const Snapshot>& snapshot;
  const QueryContext& context;
  ClaimReader* reader;
};

// A claim that a view shows or compares.
struct ViewClaim {
  ClaimOutline outline;
  std::optional<TimeRange> time;
  bool certain = true;  // In the time asked for.
  bool denied = false;
};

// The claims that the question is about and that keep to its limits, each once: of the subject of its scope, of its
// scope's time and place, or of its facts. What is kept is charged to the query's memory until `memory` goes.
absl::StatusOr<std::vector<ViewClaim>> CollectClaims(const ViewContext& view, MemoryReservation* memory);

// Reads in full the claims that a view shows, so that the reader has them.
absl::Status ReadClaims(const ViewContext& view, const std::vector<ViewClaim>& claims);

// REQUIRES: IsView(question.meaning.kind).
absl::StatusOr<Answer> AnswerView(const ViewContext& view);

absl::StatusOr<Answer> AnswerTimeline(const ViewContext& view);
absl::StatusOr<Answer> AnswerConflicts(const ViewContext& view);
absl::StatusOr<Answer> AnswerSources(const ViewContext& view);
absl::StatusOr<Answer> AnswerAccounts(const ViewContext& view);
absl::StatusOr<Answer> AnswerPath(const ViewContext& view);

}  // namespace dossier::ask
