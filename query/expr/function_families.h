// The functions whose result follows from the values of their arguments alone, by family. Each takes the arguments as
// terms and gives the result, or nullopt for an error of the expression (SPARQL section 17.3).
#pragma once

#include <optional>

#include "absl/types/span.h"
#include "query/expr/function.h"
#include "rdf/term.h"
#include "rdf/xsd_value.h"

namespace dossier {

using Arguments = absl::Span<const Term* const>;

// kAdd to kRound.
std::optional<Term> ApplyNumericFunction(Function function, Arguments arguments);
// kStr to kObject.
std::optional<Term> ApplyTermFunction(Function function, Arguments arguments);
// kStrLen to kRegex.
std::optional<Term> ApplyStringFunction(Function function, Arguments arguments);
// kYear to kTimeEnd.
std::optional<Term> ApplyTimeFunction(Function function, Arguments arguments);

// Sums with type promotion, for + and for aggregates; nullopt when a value is no number or the result does not fit.
std::optional<XsdValue> AddNumbers(const XsdValue& a, const XsdValue& b);
std::optional<XsdValue> DivideNumbers(const XsdValue& a, const XsdValue& b);

Term BooleanTerm(bool value);
Term IntegerTerm(int64_t value);

}  // namespace dossier
