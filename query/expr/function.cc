#include "query/expr/function.h"

#include <array>

namespace dossier {
namespace {

constexpr size_t kAny = kAnyNumberOfArguments;

constexpr std::array kFunctions = {
    FunctionInfo{Function::kAnd, "&&", 2, kAny},
    FunctionInfo{Function::kOr, "||", 2, kAny},
    FunctionInfo{Function::kNot, "!", 1, 1},
    FunctionInfo{Function::kEqual, "=", 2, 2},
    FunctionInfo{Function::kNotEqual, "!=", 2, 2},
    FunctionInfo{Function::kLess, "<", 2, 2},
    FunctionInfo{Function::kLessOrEqual, "<=", 2, 2},
    FunctionInfo{Function::kGreater, ">", 2, 2},
    FunctionInfo{Function::kGreaterOrEqual, ">=", 2, 2},
    FunctionInfo{Function::kIn, "in", 1, kAny},
    FunctionInfo{Function::kNotIn, "not-in", 1, kAny},
    FunctionInfo{Function::kSameTerm, "sameTerm", 2, 2},
    FunctionInfo{Function::kBound, "bound", 1, 1},
    FunctionInfo{Function::kIf, "if", 3, 3},
    FunctionInfo{Function::kCoalesce, "coalesce", 0, kAny},
    FunctionInfo{Function::kAdd, "+", 2, 2},
    FunctionInfo{Function::kSubtract, "-", 2, 2},
    FunctionInfo{Function::kMultiply, "*", 2, 2},
    FunctionInfo{Function::kDivide, "/", 2, 2},
    FunctionInfo{Function::kNegate, "negate", 1, 1},
    FunctionInfo{Function::kPlus, "plus", 1, 1},
    FunctionInfo{Function::kAbs, "abs", 1, 1},
    FunctionInfo{Function::kCeil, "ceil", 1, 1},
    FunctionInfo{Function::kFloor, "floor", 1, 1},
    FunctionInfo{Function::kRound, "round", 1, 1},
    FunctionInfo{Function::kStr, "str", 1, 1},
    FunctionInfo{Function::kLang, "lang", 1, 1},
    FunctionInfo{Function::kLangDirection, "langdir", 1, 1},
    FunctionInfo{Function::kDatatype, "datatype", 1, 1},
    FunctionInfo{Function::kIsIri, "isIRI", 1, 1},
    FunctionInfo{Function::kIsBlank, "isBlank", 1, 1},
    FunctionInfo{Function::kIsLiteral, "isLiteral", 1, 1},
    FunctionInfo{Function::kIsNumeric, "isNumeric", 1, 1},
    FunctionInfo{Function::kIsTriple, "isTriple", 1, 1},
    FunctionInfo{Function::kHasLang, "hasLang", 1, 1},
    FunctionInfo{Function::kHasLangDirection, "hasLangdir", 1, 1},
    FunctionInfo{Function::kTriple, "triple", 3, 3},
    FunctionInfo{Function::kSubject, "subject", 1, 1},
    FunctionInfo{Function::kPredicate, "predicate", 1, 1},
    FunctionInfo{Function::kObject, "object", 1, 1},
    FunctionInfo{Function::kIri, "iri", 1, 2},
    FunctionInfo{Function::kStrDatatype, "strdt", 2, 2},
    FunctionInfo{Function::kStrLang, "strlang", 2, 2},
    FunctionInfo{Function::kStrLangDirection, "strlangdir", 3, 3},
    FunctionInfo{Function::kCast, "cast", 2, 2},
    FunctionInfo{Function::kBlankNode, "bnode", 0, 2},
    FunctionInfo{Function::kSolution, "solution", 0, 0},
    FunctionInfo{Function::kUuid, "uuid", 0, 0},
    FunctionInfo{Function::kStrUuid, "struuid", 0, 0},
    FunctionInfo{Function::kNow, "now", 0, 0},
    FunctionInfo{Function::kRandom, "rand", 0, 0},
    FunctionInfo{Function::kStrLen, "strlen", 1, 1},
    FunctionInfo{Function::kContains, "contains", 2, 2},
    FunctionInfo{Function::kStrStarts, "strstarts", 2, 2},
    FunctionInfo{Function::kStrEnds, "strends", 2, 2},
    FunctionInfo{Function::kUpperCase, "ucase", 1, 1},
    FunctionInfo{Function::kLowerCase, "lcase", 1, 1},
    FunctionInfo{Function::kConcat, "concat", 0, kAny},
    FunctionInfo{Function::kSubStr, "substr", 2, 3},
    FunctionInfo{Function::kStrBefore, "strbefore", 2, 2},
    FunctionInfo{Function::kStrAfter, "strafter", 2, 2},
    FunctionInfo{Function::kEncodeForUri, "encode_for_uri", 1, 1},
    FunctionInfo{Function::kLangMatches, "langMatches", 2, 2},
    FunctionInfo{Function::kRegex, "regex", 2, 3},
    FunctionInfo{Function::kReplace, "replace", 3, 4},
    FunctionInfo{Function::kMd5, "md5", 1, 1},
    FunctionInfo{Function::kSha1, "sha1", 1, 1},
    FunctionInfo{Function::kSha256, "sha256", 1, 1},
    FunctionInfo{Function::kSha384, "sha384", 1, 1},
    FunctionInfo{Function::kSha512, "sha512", 1, 1},
    FunctionInfo{Function::kYear, "year", 1, 1},
    FunctionInfo{Function::kMonth, "month", 1, 1},
    FunctionInfo{Function::kDay, "day", 1, 1},
    FunctionInfo{Function::kHours, "hours", 1, 1},
    FunctionInfo{Function::kMinutes, "minutes", 1, 1},
    FunctionInfo{Function::kSeconds, "seconds", 1, 1},
    FunctionInfo{Function::kTimezone, "timezone", 1, 1},
    FunctionInfo{Function::kTz, "tz", 1, 1},
    FunctionInfo{Function::kTimeOverlaps, "timeOverlaps", 2, 2},
    FunctionInfo{Function::kTimeWithin, "timeWithin", 2, 2},
    FunctionInfo{Function::kTimeBegin, "timeBegin", 1, 1},
    FunctionInfo{Function::kTimeEnd, "timeEnd", 1, 1},
};

constexpr bool IsInOrderOfEnumeration() {
  for (size_t i = 0; i < kFunctions.size(); ++i) {
    if (static_cast<size_t>(kFunctions[i].function) != i) return false;
  }
  return kFunctions.size() == static_cast<size_t>(Function::kTimeEnd) + 1;
}
static_assert(IsInOrderOfEnumeration(), "the table is indexed by the enumeration");

}  // namespace

const FunctionInfo& GetFunctionInfo(Function function) { return kFunctions[static_cast<size_t>(function)]; }

}  // namespace dossier
