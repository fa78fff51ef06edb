#include "bench/claim_maker.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "rdf/vocabulary.h"

namespace dossier::bench {
namespace {

Term Node(absl::string_view name, uint64_t value) {
  return Term::Iri(absl::StrCat("http://example.org/", name, value));
}

}  // namespace

void AddClaim(uint64_t number, ChangeSet* changes) {
  const Term claim = Node("claim", number);
  const Triple triple{Node("person", number % 500), Node("relation", number % 20), Node("person", number % 400)};
  changes->assertions.push_back({claim, Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm(triple), std::nullopt});
  changes->assertions.push_back({triple.subject, triple.predicate, triple.object, std::nullopt});
  for (uint64_t i = 0; i < 4; ++i) {
    changes->assertions.push_back({claim, Node("annotation", i), Node("value", number % (10 + i)), std::nullopt});
  }
}

}  // namespace dossier::bench
