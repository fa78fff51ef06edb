// What a user is told when words of a question are not known: where, and what is near.
#pragma once

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "query/ask/catalogue.h"

namespace dossier::ask {

// NotFound: `unknown KIND "words"`, with the nearest known phrases.
absl::Status UnknownName(const Catalogue& catalogue, absl::string_view text, SourceSpan span, absl::string_view kind);

// NotFound: no level of certainty of this name; all levels are suggested.
absl::Status UnknownLevel(const Catalogue& catalogue, absl::string_view text, SourceSpan span);

}  // namespace dossier::ask
