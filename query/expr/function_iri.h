// Functions that a query calls by IRI: the casts of XML Schema's datatypes, and Dossier's functions over vague times.
// docs/functions.md describes them for users.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "query/expr/expression.h"

namespace dossier {

// The call that `iri` names. NotFound for an IRI that names no function, InvalidArgument for a wrong number of
// arguments; the messages are for whoever wrote the query.
absl::StatusOr<Expression> CallByIri(absl::string_view iri, std::vector<Expression> arguments);

// Whether `iri` names a function.
bool IsFunctionIri(absl::string_view iri);

}  // namespace dossier
