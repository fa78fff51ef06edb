// Language tags as the texts of RDF 1.2 write them behind a string: `en`, `zh-hant`, `ar--rtl`
// (https://www.w3.org/TR/rdf12-turtle/#grammar-production-LANG_DIR).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/term.h"

namespace dossier {

// Whether `tag` is one, without a direction: letters, then parts of letters and digits behind `-`, each of one to
// eight.
bool IsLanguageTag(absl::string_view tag);

// The literal of `lexical` with `tag`, which is what follows the `@`. InvalidArgument with a sentence for the user when
// a part of the tag has more than eight characters, or when its direction is neither `ltr` nor `rtl` (in lower case).
absl::StatusOr<Term> TermWithLanguageTag(std::string lexical, absl::string_view tag);

}  // namespace dossier
