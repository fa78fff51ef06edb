#include <string>
#include <utility>

#include "query/expr/function_families.h"
#include "query/expr/query_values.h"

namespace dossier {
namespace {

using OptionalTerm = std::optional<Term>;

}  // namespace

absl::StatusOr<OptionalTerm> ApplyRegexFunction(Function function, Arguments arguments, bool constant_pattern,
                                                QueryValues* values) {
  const Term& text = *arguments[0];
  if (!IsStringLiteral(text)) return OptionalTerm();
  for (const Term* argument : arguments.subspan(1)) {
    if (!IsSimpleLiteral(*argument)) return OptionalTerm();
  }
  const size_t flags_at = function == Function::kRegex ? 2 : 3;
  const absl::string_view flags = arguments.size() > flags_at ? arguments[flags_at]->value() : absl::string_view();
  const absl::StatusOr<const Regex*> regex = values->regexes()->Get(arguments[1]->value(), flags);
  if (!regex.ok()) {
    if (constant_pattern) return regex.status();
    return OptionalTerm();
  }
  if (function == Function::kRegex) return OptionalTerm(BooleanTerm((*regex)->Matches(text.value())));
  absl::StatusOr<std::string> replaced = (*regex)->Replace(text.value(), arguments[2]->value());
  if (!replaced.ok()) return OptionalTerm();
  return OptionalTerm(StringLike(text, *std::move(replaced)));
}

}  // namespace dossier
