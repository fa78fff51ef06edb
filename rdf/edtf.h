// The Extended Date/Time Format (ISO 8601-2, https://www.loc.gov/standards/datetime/): the datatype of dates that are
// vague, partial or intervals. Levels 0, 1 and 2 are read.
#pragma once

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/time_range.h"

namespace dossier {

// The range of an EDTF expression: `2023`, `2023-09-12`, `2023-09-12T10:30:00Z`, `2019/2020`, `2019/..`, `/2019`,
// `2023-21` (spring), `2023-09?`, `2023~`, `201X`, `2004-06-XX`, `Y170000002`, `1950S2`, `{1960,1961-12}`, `[..1983]`,
// `2004-?06-~11`.
//
// InvalidArgument, with a message for the user, when it is not EDTF or names a day that does not exist.
//
// Seasons without a hemisphere (21 to 24) are the northern ones and those of meteorologists: spring is March to May,
// winter is December to February of the next year.
absl::StatusOr<TimeRange> ParseEdtf(absl::string_view text);

}  // namespace dossier
