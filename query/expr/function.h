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
  // Logic and comparison. kAnd, kOr, kIf, kCoalesce and kIn treat errors of arguments as SPARQL section 17.2 says.
  kAnd,
  kOr,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,  // First argument is among the others.
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
  kAbs,
  kCeil,
  kFloor,
  kRound,
  // Terms.
  kStr,
  kLang,
  kDatatype,
  kIsIri,
  kIsBlank,
  kIsLiteral,
  kIsNumeric,
  kIsTriple,
  kTriple,
  kSubject,
  kPredicate,
  kObject,
  // Strings.
  kStrLen,
  kContains,
  kStrStarts,
  kStrEnds,
  kUpperCase,
  kLowerCase,
  kConcat,
  kSubStr,
  kRegex,  // Text, pattern, and optionally flags; RE2 syntax.
  // Dates.
  kYear,
  kMonth,
  kDay,
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
