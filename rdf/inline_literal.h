// The inline id of a literal that is at hand as text and not as a Term: for loaders, which see the same few datatypes a
// million times over and make Terms of hardly any of them.
#pragma once

#include <optional>

#include "absl/strings/string_view.h"
#include "rdf/term_id.h"

namespace dossier {

// What InlineTermId is for the literal of that lexical form and datatype, which has no language tag.
std::optional<TermId> InlineLiteralId(absl::string_view lexical, absl::string_view datatype);

}  // namespace dossier
