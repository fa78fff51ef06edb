// IRIs from how a request writes them: relative to a base, or with a prefix.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "query/sparql/parse/problem.h"

namespace dossier::sparql {

class Names {
 public:
  // `base` is absolute or empty: none.
  Names(absl::string_view base, Problems* problems) : base_(base), problems_(*problems) {}

  // A BASE and a PREFIX declaration; they hold for what is resolved from then on. `iri` is written `<...>`, `prefix`
  // `name:`.
  void SetBase(absl::string_view iri, SourceSpan span);
  void Declare(absl::string_view prefix, absl::string_view iri, SourceSpan span);

  // The IRI that is written `<...>` or `prefix:local`; when it cannot be resolved, a problem and some IRI.
  std::string Resolve(absl::string_view written, SourceSpan span);

  const std::string& base() const { return base_; }
  const std::vector<std::pair<std::string, std::string>>& prefixes() const { return prefixes_; }

 private:
  std::string ResolveReference(absl::string_view written, SourceSpan span);
  const std::string* Find(absl::string_view prefix) const;
  void ReportUnknownPrefix(absl::string_view prefix, SourceSpan span);

  std::string base_;
  std::vector<std::pair<std::string, std::string>> prefixes_;  // Names without the colon; each once.
  Problems& problems_;
};

}  // namespace dossier::sparql
