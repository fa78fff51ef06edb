#include "query/sparql/builtin_function.h"

#include <array>
#include <cassert>
#include <cstddef>

namespace dossier::sparql {
namespace {

using ast::Builtin;

struct Meaning {
  Builtin builtin;
  Function function;
};

// In the order of Builtin.
constexpr std::array kMeanings = {
    Meaning{Builtin::kOr, Function::kOr},
    Meaning{Builtin::kAnd, Function::kAnd},
    Meaning{Builtin::kNot, Function::kNot},
    Meaning{Builtin::kEqual, Function::kEqual},
    Meaning{Builtin::kNotEqual, Function::kNotEqual},
    Meaning{Builtin::kLess, Function::kLess},
    Meaning{Builtin::kLessOrEqual, Function::kLessOrEqual},
    Meaning{Builtin::kGreater, Function::kGreater},
    Meaning{Builtin::kGreaterOrEqual, Function::kGreaterOrEqual},
    Meaning{Builtin::kIn, Function::kIn},
    Meaning{Builtin::kNotIn, Function::kNotIn},
    Meaning{Builtin::kAdd, Function::kAdd},
    Meaning{Builtin::kSubtract, Function::kSubtract},
    Meaning{Builtin::kMultiply, Function::kMultiply},
    Meaning{Builtin::kDivide, Function::kDivide},
    Meaning{Builtin::kUnaryPlus, Function::kPlus},
    Meaning{Builtin::kUnaryMinus, Function::kNegate},
    Meaning{Builtin::kBound, Function::kBound},
    Meaning{Builtin::kIf, Function::kIf},
    Meaning{Builtin::kCoalesce, Function::kCoalesce},
    Meaning{Builtin::kSameTerm, Function::kSameTerm},
    Meaning{Builtin::kIsIri, Function::kIsIri},
    Meaning{Builtin::kIsBlank, Function::kIsBlank},
    Meaning{Builtin::kIsLiteral, Function::kIsLiteral},
    Meaning{Builtin::kIsNumeric, Function::kIsNumeric},
    Meaning{Builtin::kStr, Function::kStr},
    Meaning{Builtin::kLang, Function::kLang},
    Meaning{Builtin::kLangMatches, Function::kLangMatches},
    Meaning{Builtin::kLangDir, Function::kLangDirection},
    Meaning{Builtin::kHasLang, Function::kHasLang},
    Meaning{Builtin::kHasLangDir, Function::kHasLangDirection},
    Meaning{Builtin::kDatatype, Function::kDatatype},
    Meaning{Builtin::kIri, Function::kIri},
    Meaning{Builtin::kBNode, Function::kBlankNode},
    Meaning{Builtin::kStrDt, Function::kStrDatatype},
    Meaning{Builtin::kStrLang, Function::kStrLang},
    Meaning{Builtin::kStrLangDir, Function::kStrLangDirection},
    Meaning{Builtin::kUuid, Function::kUuid},
    Meaning{Builtin::kStrUuid, Function::kStrUuid},
    Meaning{Builtin::kTriple, Function::kTriple},
    Meaning{Builtin::kSubject, Function::kSubject},
    Meaning{Builtin::kPredicate, Function::kPredicate},
    Meaning{Builtin::kObject, Function::kObject},
    Meaning{Builtin::kIsTriple, Function::kIsTriple},
    Meaning{Builtin::kStrLen, Function::kStrLen},
    Meaning{Builtin::kSubstr, Function::kSubStr},
    Meaning{Builtin::kUCase, Function::kUpperCase},
    Meaning{Builtin::kLCase, Function::kLowerCase},
    Meaning{Builtin::kStrStarts, Function::kStrStarts},
    Meaning{Builtin::kStrEnds, Function::kStrEnds},
    Meaning{Builtin::kContains, Function::kContains},
    Meaning{Builtin::kStrBefore, Function::kStrBefore},
    Meaning{Builtin::kStrAfter, Function::kStrAfter},
    Meaning{Builtin::kEncodeForUri, Function::kEncodeForUri},
    Meaning{Builtin::kConcat, Function::kConcat},
    Meaning{Builtin::kRegex, Function::kRegex},
    Meaning{Builtin::kReplace, Function::kReplace},
    Meaning{Builtin::kAbs, Function::kAbs},
    Meaning{Builtin::kRound, Function::kRound},
    Meaning{Builtin::kCeil, Function::kCeil},
    Meaning{Builtin::kFloor, Function::kFloor},
    Meaning{Builtin::kRand, Function::kRandom},
    Meaning{Builtin::kNow, Function::kNow},
    Meaning{Builtin::kYear, Function::kYear},
    Meaning{Builtin::kMonth, Function::kMonth},
    Meaning{Builtin::kDay, Function::kDay},
    Meaning{Builtin::kHours, Function::kHours},
    Meaning{Builtin::kMinutes, Function::kMinutes},
    Meaning{Builtin::kSeconds, Function::kSeconds},
    Meaning{Builtin::kTimezone, Function::kTimezone},
    Meaning{Builtin::kTz, Function::kTz},
    Meaning{Builtin::kMd5, Function::kMd5},
    Meaning{Builtin::kSha1, Function::kSha1},
    Meaning{Builtin::kSha256, Function::kSha256},
    Meaning{Builtin::kSha384, Function::kSha384},
    Meaning{Builtin::kSha512, Function::kSha512},
};

}  // namespace

Function FunctionOf(Builtin builtin) {
  const Meaning& meaning = kMeanings.at(static_cast<size_t>(builtin));
  assert(meaning.builtin == builtin);
  return meaning.function;
}

}  // namespace dossier::sparql
