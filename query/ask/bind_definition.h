// define NAME as ...: a name of the user's own for an entity, a group, a class, a verb or a noun, kept as data in the
// graph like those that came with it.
#pragma once

#include "absl/status/statusor.h"
#include "query/ask/ask.h"
#include "query/ask/ast.h"
#include "query/ask/catalogue.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// define Rocket Man as Kim Jong-un               another name of an entity
// define the Quad as Kim, Putin and Xi           a group: a class with these members
// define chiefs as leaders                       another word for a class, a noun or a verb ("ran into" as "met")
// define "hosted" as the inverse of visited      a new relation, which says the same the other way round
// NotFound with the nearest names when the right side is not known; InvalidArgument for another form.
absl::StatusOr<Command> BindDefinition(const Statement& statement, const Catalogue& catalogue,
                                       const Snapshot& snapshot);

// export [PATH] [as FORMAT].
absl::StatusOr<Command> BindExport(const Statement& statement);

}  // namespace dossier::ask
