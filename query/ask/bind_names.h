// Which entity a name means, when several have it; and how the user is told.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "query/ask/catalogue.h"
#include "query/ask/meaning.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// Chooses one candidate for every known participant: of those that fit the domain and range of the relations around it,
// the one whose primary name it is, else the most prominent (with the most claims).
absl::Status ChooseNames(const Catalogue& catalogue, const Snapshot& snapshot, Meaning* meaning);

// How many times a name stands where the relation expects something of another kind (its domain or range).
absl::StatusOr<int> CountMisfits(const Catalogue& catalogue, const Snapshot& snapshot, const Meaning& meaning);

// `Kim = Kim Jong-un; also Kim Jong-il, Kim Il-sung`: the names that stand for something other than what they say.
std::string DescribeReading(const Catalogue& catalogue, const Meaning& meaning);

}  // namespace dossier::ask
