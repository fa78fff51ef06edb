// Expressions of SPARQL's tree (query/sparql/ast.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "rdf/term.h"

namespace dossier::sparql::ast {

struct GroupPattern;

// Operators, and functions that have a keyword. The number of arguments has been checked.
enum class Builtin : uint8_t {
  // Operators. kAnd and kOr have two arguments; long chains of them are balanced trees.
  kOr,
  kAnd,
  kNot,
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kIn,     // The first argument, then the list, which may be empty.
  kNotIn,  // Likewise.
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kUnaryPlus,
  kUnaryMinus,
  // Functional forms.
  kBound,  // Of a variable.
  kIf,
  kCoalesce,
  kSameTerm,
  // Terms.
  kIsIri,  // isIRI and isURI.
  kIsBlank,
  kIsLiteral,
  kIsNumeric,
  kStr,
  kLang,
  kLangMatches,
  kLangDir,
  kHasLang,
  kHasLangDir,
  kDatatype,
  kIri,    // IRI and URI; relative ones are resolved against `base` of the expression.
  kBNode,  // One argument or none.
  kStrDt,
  kStrLang,
  kStrLangDir,
  kUuid,
  kStrUuid,
  // Triple terms. <<( s p o )>> in an expression is a call of kTriple too.
  kTriple,
  kSubject,
  kPredicate,
  kObject,
  kIsTriple,
  // Strings.
  kStrLen,
  kSubstr,  // Two or three arguments.
  kUCase,
  kLCase,
  kStrStarts,
  kStrEnds,
  kContains,
  kStrBefore,
  kStrAfter,
  kEncodeForUri,
  kConcat,   // Any number.
  kRegex,    // Two or three.
  kReplace,  // Three or four.
  // Numbers.
  kAbs,
  kRound,
  kCeil,
  kFloor,
  kRand,
  // Times.
  kNow,
  kYear,
  kMonth,
  kDay,
  kHours,
  kMinutes,
  kSeconds,
  kTimezone,
  kTz,
  // Hashes.
  kMd5,
  kSha1,
  kSha256,
  kSha384,
  kSha512,
};

enum class AggregateKind : uint8_t { kCount, kSum, kMin, kMax, kAvg, kSample, kGroupConcat };

struct Expression {
  enum class Kind : uint8_t {
    kTerm,      // A constant.
    kVariable,  //
    kBuiltin,   // An operator or function with its arguments.
    kCall,      // A function named by an IRI: a cast, an extension or an aggregate of someone's own.
    kExists,
    kNotExists,
    kAggregate,
  };

  Kind kind = Kind::kTerm;
  Term term;                                        // kTerm.
  std::string name;                                 // kVariable: its name. kCall: the function's IRI.
  Builtin builtin = Builtin::kOr;                   // kBuiltin.
  AggregateKind aggregate = AggregateKind::kCount;  // kAggregate.
  bool distinct = false;                            // kAggregate and kCall: DISTINCT before the arguments.
  bool star = false;                                // kAggregate: COUNT(*), which has no argument.
  std::optional<std::string> separator;             // kAggregate: that of GROUP_CONCAT, when given.
  std::vector<Expression> arguments;                // kBuiltin, kCall; kAggregate: one.
  std::shared_ptr<const GroupPattern> pattern;      // kExists, kNotExists.
  std::string base;                                 // kBuiltin of kIri: the base IRI in force.
  SourceSpan span;

  bool is_variable() const { return kind == Kind::kVariable; }
};

}  // namespace dossier::sparql::ast
