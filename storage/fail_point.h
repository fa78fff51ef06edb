// Named places between two steps of a commit or a load where a test may want the process to die, so that recovery is
// tried where it is hardest. Outside such tests a fail point costs one comparison.
#pragma once

#include "absl/strings/string_view.h"

namespace dossier {

// Kills the process (SIGKILL, nothing is flushed) when the environment variable DOSSIER_FAIL_POINT is `name`, or is
// `name:N` and this is the Nth time (from 1) that this place is reached.
void FailPoint(absl::string_view name);

}  // namespace dossier
