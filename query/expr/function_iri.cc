#include "query/expr/function_iri.h"

#include <array>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"

namespace dossier {
namespace {

struct NamedFunction {
  absl::string_view iri;
  Function function;
};

constexpr std::array<NamedFunction, 4> kNamedFunctions = {{
    {vocab::kTimeOverlaps, Function::kTimeOverlaps},
    {vocab::kTimeWithin, Function::kTimeWithin},
    {vocab::kTimeBegin, Function::kTimeBegin},
    {vocab::kTimeEnd, Function::kTimeEnd},
}};

std::optional<Function> FunctionByIri(absl::string_view iri) {
  for (const NamedFunction& named : kNamedFunctions) {
    if (named.iri == iri) return named.function;
  }
  // A datatype is the constructor of its values.
  if (XsdTypeOf(iri).has_value()) return Function::kCast;
  return std::nullopt;
}

std::string ArgumentCount(size_t count) { return absl::StrCat(count, count == 1 ? " argument" : " arguments"); }

}  // namespace

bool IsFunctionIri(absl::string_view iri) { return FunctionByIri(iri).has_value(); }

absl::StatusOr<Expression> CallByIri(absl::string_view iri, std::vector<Expression> arguments) {
  const std::optional<Function> function = FunctionByIri(iri);
  if (!function.has_value()) return absl::NotFoundError(absl::StrCat("there is no function <", iri, ">"));
  const bool casts = *function == Function::kCast;
  const size_t wanted = casts ? 1 : GetFunctionInfo(*function).minimum_arguments;
  if (arguments.size() != wanted) {
    return absl::InvalidArgumentError(
        absl::StrCat("<", iri, "> takes ", ArgumentCount(wanted), ", not ", arguments.size()));
  }
  if (casts) arguments.push_back(Expression::Constant(Term::Iri(std::string(iri))));
  return Expression::Call(*function, std::move(arguments));
}

}  // namespace dossier
