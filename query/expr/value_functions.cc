#include "absl/strings/str_cat.h"
#include "query/expr/function_families.h"
#include "query/expr/query_values.h"

namespace dossier {
namespace {

std::optional<Term> MakeBlankNode(Arguments arguments, QueryValues* values) {
  if (!arguments.empty() && !IsSimpleLiteral(*arguments[0])) return std::nullopt;
  // Without a solution to be the same in, each call makes a node of its own.
  if (arguments.size() < 2) return values->NewBlankNode();
  return values->BlankNodeFor(arguments[0]->value(), arguments[1]->value());
}

}  // namespace

std::optional<Term> ApplyValueFunction(Function function, Arguments arguments, QueryValues* values) {
  switch (function) {
    case Function::kBlankNode: return MakeBlankNode(arguments, values);
    case Function::kSolution: return IntegerTerm(values->NextSolution());
    case Function::kUuid: return Term::Iri(absl::StrCat("urn:uuid:", values->Uuid()));
    case Function::kStrUuid: return Term::String(values->Uuid());
    case Function::kNow: return values->now();
    default: return XsdValue::Double(values->Random()).ToTerm();
  }
}

}  // namespace dossier
