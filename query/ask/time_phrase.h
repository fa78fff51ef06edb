// Dates and time phrases of a question, as ranges of time.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/ask/ast.h"
#include "query/ask/meaning.h"
#include "rdf/time_range.h"

namespace dossier::ask {

// The range that `date` names, counted from `today` where it is relative. A month or season without a year is the last
// one that has begun by `today`, with `future` the next one; so is a weekday. InvalidArgument with a Diagnostic in
// `text` for days that do not exist.
absl::StatusOr<TimeRange> ResolveDate(const DatePhrase& date, const TimeRange& today, bool future,
                                      absl::string_view text);

// What a claim's time must overlap. InvalidArgument also for an interval that ends before it begins.
absl::StatusOr<TimeLimit> ResolveTime(const TimePhrase& phrase, const TimeRange& today, bool future,
                                      absl::string_view text);

}  // namespace dossier::ask
