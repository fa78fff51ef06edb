// Answers sums of quantities that the question gives (Meaning::sum): what is missing of rate, numerator and
// denominator, or whether the three agree; with the claims that tell these numbers.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {

// InvalidArgument when the units do not go together.
absl::StatusOr<Answer> AnswerSum(const Meaning& meaning, const Catalogue& catalogue,
                                 const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                 ClaimReader* reader);

}  // namespace dossier::ask
