// The functions that expressions may call: SPARQL's (https://www.w3.org/TR/sparql12-query/#SparqlOps) and Dossier's own
// over vague times. The table gives each one's name in printed plans and how many arguments it takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>

#include "absl/strings/string_view.h"

namespace dossier {

enum class Function : uint8_t {
  // Logic and comparison. kAnd, kOr, kIf, kCoalesce, kIn and kNotIn treat errors of arguments as SPARQL section 17.2
  // says.
  kAnd,
  kOr,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,     // First argument is among the others.
  kNotIn,  // First argument is none of the others.
  kSameTerm,
  kBound,
  kIf,
  kCoalesce,
  // Arithmetic with XSD type promotion.
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kNegate,
  kPlus,  // The number as it is; an error for what is no number.
  kAbs,
  kCeil,
  kFloor,
  kRound,
  // Terms.
  kStr,
  kLang,
  kLangDirection,  // LANGDIR: "ltr", "rtl" or "".
  kDatatype,
  kIsIri,
  kIsBlank,
  kIsLiteral,
  kIsNumeric,
  kIsTriple,
  kHasLang,           // hasLANG
  kHasLangDirection,  // hasLANGDIR
  kTriple,
  kSubject,
  kPredicate,
  kObject,
  kIri,          // Of an IRI or a string; the second argument, if any, is the base that relative ones resolve against.
  kStrDatatype,  // STRDT
  kStrLang,      // STRLANG
  kStrLangDirection,  // STRLANGDIR
  kCast,              // (value, datatype): XPath's constructor functions; the datatype is a constant IRI.
  // What does not follow from arguments: see query/expr/query_values.h.
  kBlankNode,  // BNODE: (), a new one each time; (label), (label, solution): the same one for the same arguments.
               // Whoever runs a query adds the second one: query/algebra/number_solutions.h.
  kSolution,   // A number that no other row of the query has: the second argument of kBlankNode.
  kUuid,
  kStrUuid,
  kNow,
  kRandom,
  // Strings.
  kStrLen,
  kContains,
  kStrStarts,
  kStrEnds,
  kUpperCase,
  kLowerCase,
  kConcat,
  kSubStr,
  kStrBefore,
  kStrAfter,
  kEncodeForUri,
  kLangMatches,
  kRegex,    // (text, pattern[, flags])
  kReplace,  // (text, pattern, replacement[, flags])
  // Digests of strings, in hexadecimal.
  kMd5,
  kSha1,
  kSha256,
  kSha384,
  kSha512,
  // Dates.
  kYear,
  kMonth,
  kDay,
  kHours,
  kMinutes,
  kSeconds,
  kTimezone,  // As an xsd:dayTimeDuration.
  kTz,        // As it was written.
  // Vague times: an xsd:date, dateTime, gYear, gYearMonth or EDTF literal stands for a half-open range of time.
  kTimeOverlaps,  // (a, b): the ranges have a moment in common: a is possibly in b.
  kTimeWithin,    // (a, b): a's range lies wholly inside b's: a is certainly in b.
  kTimeBegin,     // The first day as an xsd:date; an error for an open begin.
  kTimeEnd,       // The last day as an xsd:date; an error for an open end.
};

struct FunctionInfo {
  Function function;
  absl::string_view name;
  size_t minimum_arguments;
  size_t maximum_arguments;
};

inline constexpr size_t kAnyNumberOfArguments = std::numeric_limits<size_t>::max();

const FunctionInfo& GetFunctionInfo(Function function);

}  // namespace dossier
