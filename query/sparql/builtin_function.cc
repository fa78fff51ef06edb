#include "query/sparql/builtin_function.h"

namespace dossier::sparql {

Function FunctionOf(ast::Builtin builtin) {
  using ast::Builtin;
  switch (builtin) {
    case Builtin::kOr: return Function::kOr;
    case Builtin::kAnd: return Function::kAnd;
    case Builtin::kNot: return Function::kNot;
    case Builtin::kEqual: return Function::kEqual;
    case Builtin::kNotEqual: return Function::kNotEqual;
    case Builtin::kLess: return Function::kLess;
    case Builtin::kLessOrEqual: return Function::kLessOrEqual;
    case Builtin::kGreater: return Function::kGreater;
    case Builtin::kGreaterOrEqual: return Function::kGreaterOrEqual;
    case Builtin::kIn: return Function::kIn;
    case Builtin::kNotIn: return Function::kNotIn;
    case Builtin::kAdd: return Function::kAdd;
    case Builtin::kSubtract: return Function::kSubtract;
    case Builtin::kMultiply: return Function::kMultiply;
    case Builtin::kDivide: return Function::kDivide;
    case Builtin::kUnaryPlus: return Function::kPlus;
    case Builtin::kUnaryMinus: return Function::kNegate;
    case Builtin::kBound: return Function::kBound;
    case Builtin::kIf: return Function::kIf;
    case Builtin::kCoalesce: return Function::kCoalesce;
    case Builtin::kSameTerm: return Function::kSameTerm;
    case Builtin::kIsIri: return Function::kIsIri;
    case Builtin::kIsBlank: return Function::kIsBlank;
    case Builtin::kIsLiteral: return Function::kIsLiteral;
    case Builtin::kIsNumeric: return Function::kIsNumeric;
    case Builtin::kStr: return Function::kStr;
    case Builtin::kLang: return Function::kLang;
    case Builtin::kLangMatches: return Function::kLangMatches;
    case Builtin::kLangDir: return Function::kLangDirection;
    case Builtin::kHasLang: return Function::kHasLang;
    case Builtin::kHasLangDir: return Function::kHasLangDirection;
    case Builtin::kDatatype: return Function::kDatatype;
    case Builtin::kIri: return Function::kIri;
    case Builtin::kBNode: return Function::kBlankNode;
    case Builtin::kStrDt: return Function::kStrDatatype;
    case Builtin::kStrLang: return Function::kStrLang;
    case Builtin::kStrLangDir: return Function::kStrLangDirection;
    case Builtin::kUuid: return Function::kUuid;
    case Builtin::kStrUuid: return Function::kStrUuid;
    case Builtin::kTriple: return Function::kTriple;
    case Builtin::kSubject: return Function::kSubject;
    case Builtin::kPredicate: return Function::kPredicate;
    case Builtin::kObject: return Function::kObject;
    case Builtin::kIsTriple: return Function::kIsTriple;
    case Builtin::kStrLen: return Function::kStrLen;
    case Builtin::kSubstr: return Function::kSubStr;
    case Builtin::kUCase: return Function::kUpperCase;
    case Builtin::kLCase: return Function::kLowerCase;
    case Builtin::kStrStarts: return Function::kStrStarts;
    case Builtin::kStrEnds: return Function::kStrEnds;
    case Builtin::kContains: return Function::kContains;
    case Builtin::kStrBefore: return Function::kStrBefore;
    case Builtin::kStrAfter: return Function::kStrAfter;
    case Builtin::kEncodeForUri: return Function::kEncodeForUri;
    case Builtin::kConcat: return Function::kConcat;
    case Builtin::kRegex: return Function::kRegex;
    case Builtin::kReplace: return Function::kReplace;
    case Builtin::kAbs: return Function::kAbs;
    case Builtin::kRound: return Function::kRound;
    case Builtin::kCeil: return Function::kCeil;
    case Builtin::kFloor: return Function::kFloor;
    case Builtin::kRand: return Function::kRandom;
    case Builtin::kNow: return Function::kNow;
    case Builtin::kYear: return Function::kYear;
    case Builtin::kMonth: return Function::kMonth;
    case Builtin::kDay: return Function::kDay;
    case Builtin::kHours: return Function::kHours;
    case Builtin::kMinutes: return Function::kMinutes;
    case Builtin::kSeconds: return Function::kSeconds;
    case Builtin::kTimezone: return Function::kTimezone;
    case Builtin::kTz: return Function::kTz;
    case Builtin::kMd5: return Function::kMd5;
    case Builtin::kSha1: return Function::kSha1;
    case Builtin::kSha256: return Function::kSha256;
    case Builtin::kSha384: return Function::kSha384;
    case Builtin::kSha512: return Function::kSha512;
  }
  return Function::kAnd;
}

}  // namespace dossier::sparql
