// The functions by family. Each takes the arguments as terms and gives the result, or nullopt for an error of the
// expression (SPARQL section 17.3).
#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "query/expr/function.h"
#include "rdf/term.h"
#include "rdf/xsd_value.h"

namespace dossier {

class QueryValues;

using Arguments = absl::Span<const Term* const>;

// kAdd to kRound. Times and durations are added and subtracted too.
std::optional<Term> ApplyNumericFunction(Function function, Arguments arguments);
// kStr to kStrLangDirection.
std::optional<Term> ApplyTermFunction(Function function, Arguments arguments);
// kCast.
std::optional<Term> ApplyCast(Arguments arguments);
// kBlankNode to kRandom.
std::optional<Term> ApplyValueFunction(Function function, Arguments arguments, QueryValues* values);
// kStrLen to kLangMatches.
std::optional<Term> ApplyStringFunction(Function function, Arguments arguments);
// kRegex and kReplace. `constant_pattern`: the pattern and the flags stand in the query, so that a mistake in them is
// one of the query (InvalidArgument) and not of the data.
absl::StatusOr<std::optional<Term>> ApplyRegexFunction(Function function, Arguments arguments, bool constant_pattern,
                                                       QueryValues* values);
// kMd5 to kSha512.
std::optional<Term> ApplyDigestFunction(Function function, Arguments arguments);
// kYear to kTimeEnd.
std::optional<Term> ApplyTimeFunction(Function function, Arguments arguments);

// Sums with type promotion, for + and for aggregates; nullopt when a value is no number or the result does not fit.
std::optional<XsdValue> AddNumbers(const XsdValue& a, const XsdValue& b);
std::optional<XsdValue> DivideNumbers(const XsdValue& a, const XsdValue& b);
// kAdd, kSubtract, kMultiply or kDivide over moments and durations, as XPath has them; nullopt for what does not fit.
std::optional<XsdValue> CombineTimes(Function function, const XsdValue& a, const XsdValue& b);

// A literal of type xsd:string, or with a language tag.
bool IsStringLiteral(const Term& term);
// A literal of type xsd:string.
bool IsSimpleLiteral(const Term& term);
// A string with the language and the direction of `like`.
Term StringLike(const Term& like, std::string lexical);

Term BooleanTerm(bool value);
Term IntegerTerm(int64_t value);

}  // namespace dossier
