#include "query/sparql/parse/function_names.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "base/text.h"

namespace dossier::sparql {

using ast::AggregateKind;
using ast::Builtin;

const std::vector<NamedFunction>& NamedFunctions() {
  static const auto& functions = *new std::vector<NamedFunction>{
      {"BOUND", Builtin::kBound},
      {"IF", Builtin::kIf, 3, 3},
      {"COALESCE", Builtin::kCoalesce, 0, kAnyNumber},
      {"sameTerm", Builtin::kSameTerm, 2, 2},
      {"isIRI", Builtin::kIsIri},
      {"isURI", Builtin::kIsIri},
      {"isBLANK", Builtin::kIsBlank},
      {"isLITERAL", Builtin::kIsLiteral},
      {"isNUMERIC", Builtin::kIsNumeric},
      {"STR", Builtin::kStr},
      {"LANG", Builtin::kLang},
      {"LANGMATCHES", Builtin::kLangMatches, 2, 2},
      {"LANGDIR", Builtin::kLangDir},
      {"hasLANG", Builtin::kHasLang},
      {"hasLANGDIR", Builtin::kHasLangDir},
      {"DATATYPE", Builtin::kDatatype},
      {"IRI", Builtin::kIri},
      {"URI", Builtin::kIri},
      {"BNODE", Builtin::kBNode, 0, 1},
      {"STRDT", Builtin::kStrDt, 2, 2},
      {"STRLANG", Builtin::kStrLang, 2, 2},
      {"STRLANGDIR", Builtin::kStrLangDir, 3, 3},
      {"UUID", Builtin::kUuid, 0, 0},
      {"STRUUID", Builtin::kStrUuid, 0, 0},
      {"TRIPLE", Builtin::kTriple, 3, 3},
      {"SUBJECT", Builtin::kSubject},
      {"PREDICATE", Builtin::kPredicate},
      {"OBJECT", Builtin::kObject},
      {"isTRIPLE", Builtin::kIsTriple},
      {"STRLEN", Builtin::kStrLen},
      {"SUBSTR", Builtin::kSubstr, 2, 3},
      {"UCASE", Builtin::kUCase},
      {"LCASE", Builtin::kLCase},
      {"STRSTARTS", Builtin::kStrStarts, 2, 2},
      {"STRENDS", Builtin::kStrEnds, 2, 2},
      {"CONTAINS", Builtin::kContains, 2, 2},
      {"STRBEFORE", Builtin::kStrBefore, 2, 2},
      {"STRAFTER", Builtin::kStrAfter, 2, 2},
      {"ENCODE_FOR_URI", Builtin::kEncodeForUri},
      {"CONCAT", Builtin::kConcat, 0, kAnyNumber},
      {"REGEX", Builtin::kRegex, 2, 3},
      {"REPLACE", Builtin::kReplace, 3, 4},
      {"ABS", Builtin::kAbs},
      {"ROUND", Builtin::kRound},
      {"CEIL", Builtin::kCeil},
      {"FLOOR", Builtin::kFloor},
      {"RAND", Builtin::kRand, 0, 0},
      {"NOW", Builtin::kNow, 0, 0},
      {"YEAR", Builtin::kYear},
      {"MONTH", Builtin::kMonth},
      {"DAY", Builtin::kDay},
      {"HOURS", Builtin::kHours},
      {"MINUTES", Builtin::kMinutes},
      {"SECONDS", Builtin::kSeconds},
      {"TIMEZONE", Builtin::kTimezone},
      {"TZ", Builtin::kTz},
      {"MD5", Builtin::kMd5},
      {"SHA1", Builtin::kSha1},
      {"SHA256", Builtin::kSha256},
      {"SHA384", Builtin::kSha384},
      {"SHA512", Builtin::kSha512},
  };
  return functions;
}

const std::vector<NamedAggregate>& NamedAggregates() {
  static const auto& aggregates = *new std::vector<NamedAggregate>{{"COUNT", AggregateKind::kCount},
                                                                   {"SUM", AggregateKind::kSum},
                                                                   {"MIN", AggregateKind::kMin},
                                                                   {"MAX", AggregateKind::kMax},
                                                                   {"AVG", AggregateKind::kAvg},
                                                                   {"SAMPLE", AggregateKind::kSample},
                                                                   {"GROUP_CONCAT", AggregateKind::kGroupConcat}};
  return aggregates;
}

namespace {

template <typename Named>
const Named* Find(absl::string_view name, const std::vector<Named>& all) {
  static const auto& by_name = *[&all] {
    auto* const map = new absl::flat_hash_map<std::string, const Named*>();
    for (const Named& named : all) map->emplace(absl::AsciiStrToUpper(named.name), &named);
    return map;
  }();
  const auto found = by_name.find(absl::AsciiStrToUpper(name));
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace

const NamedFunction* FindFunction(absl::string_view name) { return Find(name, NamedFunctions()); }

const NamedAggregate* FindAggregate(absl::string_view name) { return Find(name, NamedAggregates()); }

std::vector<std::string> FunctionsLike(absl::string_view name) {
  const std::string upper = absl::AsciiStrToUpper(name);
  std::vector<std::pair<size_t, std::string>> near;
  const size_t limit = std::min<size_t>(3, (name.size() + 1) / 2);
  const auto consider = [&](absl::string_view known) {
    const size_t distance = EditDistance(upper, absl::AsciiStrToUpper(known), limit);
    if (distance <= limit) near.emplace_back(distance, std::string(known));
  };
  for (const NamedFunction& function : NamedFunctions()) consider(function.name);
  for (const NamedAggregate& aggregate : NamedAggregates()) consider(aggregate.name);
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  constexpr size_t kMost = 3;
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(kMost, near.size()); ++i) names.push_back(std::move(near[i].second));
  return names;
}

}  // namespace dossier::sparql
