// assert and retract: from a clause to the changes of the store that it stands for.
#pragma once

#include "absl/status/statusor.h"
#include "query/ask/ask.h"
#include "query/ask/ast.h"
#include "query/ask/catalogue.h"
#include "rdf/time_range.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// assert: a new claim of the clause's triple with its time, place, speaker, article and certainty (confirmed unless
// `at least LEVEL` says otherwise); the triple itself is asserted when the claim is confirmed or reported. Unknown
// names stand in quotes and become new entities. retract: every claim of the clause that the qualifiers fit, with its
// annotations; and the triple, when no other claim holds it. NotFound when there is nothing to retract.
absl::StatusOr<Command> BindChange(const Statement& statement, const Catalogue& catalogue, const Snapshot& snapshot,
                                   const TimeRange& today);

}  // namespace dossier::ask
