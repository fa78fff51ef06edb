#include "query/expr/digest.h"
#include "query/expr/function_families.h"

namespace dossier {
namespace {

DigestKind KindOf(Function function) {
  switch (function) {
    case Function::kMd5: return DigestKind::kMd5;
    case Function::kSha1: return DigestKind::kSha1;
    case Function::kSha256: return DigestKind::kSha256;
    case Function::kSha384: return DigestKind::kSha384;
    default: return DigestKind::kSha512;
  }
}

}  // namespace

std::optional<Term> ApplyDigestFunction(Function function, Arguments arguments) {
  if (!IsSimpleLiteral(*arguments[0])) return std::nullopt;
  std::optional<std::string> digest = DigestInHex(KindOf(function), arguments[0]->value());
  if (!digest.has_value()) return std::nullopt;
  return Term::String(*std::move(digest));
}

}  // namespace dossier
