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
    FunctionInfo{Function::kSameTerm, "sameTerm", 2, 2},
    FunctionInfo{Function::kBound, "bound", 1, 1},
    FunctionInfo{Function::kIf, "if", 3, 3},
    FunctionInfo{Function::kCoalesce, "coalesce", 0, kAny},
    FunctionInfo{Function::kAdd, "+", 2, 2},
    FunctionInfo{Function::kSubtract, "-", 2, 2},
    FunctionInfo{Function::kMultiply, "*", 2, 2},
    FunctionInfo{Function::kDivide, "/", 2, 2},
    FunctionInfo{Function::kNegate, "negate", 1, 1},
    FunctionInfo{Function::kAbs, "abs", 1, 1},
    FunctionInfo{Function::kCeil, "ceil", 1, 1},
    FunctionInfo{Function::kFloor, "floor", 1, 1},
    FunctionInfo{Function::kRound, "round", 1, 1},
    FunctionInfo{Function::kStr, "str", 1, 1},
    FunctionInfo{Function::kLang, "lang", 1, 1},
    FunctionInfo{Function::kDatatype, "datatype", 1, 1},
    FunctionInfo{Function::kIsIri, "isIRI", 1, 1},
    FunctionInfo{Function::kIsBlank, "isBlank", 1, 1},
    FunctionInfo{Function::kIsLiteral, "isLiteral", 1, 1},
    FunctionInfo{Function::kIsNumeric, "isNumeric", 1, 1},
    FunctionInfo{Function::kIsTriple, "isTriple", 1, 1},
    FunctionInfo{Function::kTriple, "triple", 3, 3},
    FunctionInfo{Function::kSubject, "subject", 1, 1},
    FunctionInfo{Function::kPredicate, "predicate", 1, 1},
    FunctionInfo{Function::kObject, "object", 1, 1},
    FunctionInfo{Function::kStrLen, "strlen", 1, 1},
    FunctionInfo{Function::kContains, "contains", 2, 2},
    FunctionInfo{Function::kStrStarts, "strstarts", 2, 2},
    FunctionInfo{Function::kStrEnds, "strends", 2, 2},
    FunctionInfo{Function::kUpperCase, "ucase", 1, 1},
    FunctionInfo{Function::kLowerCase, "lcase", 1, 1},
    FunctionInfo{Function::kConcat, "concat", 0, kAny},
    FunctionInfo{Function::kSubStr, "substr", 2, 3},
    FunctionInfo{Function::kRegex, "regex", 2, 3},
    FunctionInfo{Function::kYear, "year", 1, 1},
    FunctionInfo{Function::kMonth, "month", 1, 1},
    FunctionInfo{Function::kDay, "day", 1, 1},
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
