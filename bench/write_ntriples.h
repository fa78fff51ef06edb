// Generated quads to standard output as N-Triples, for the generators of this folder.
#pragma once

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "rdf/reader.h"

namespace dossier::bench {

// Writes all that `source` gives to its sink. Internal when standard output cannot be written.
absl::Status WriteNTriples(absl::FunctionRef<absl::Status(QuadSink)> source);

}  // namespace dossier::bench
