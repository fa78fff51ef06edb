// The question language: any text is parsed or refused with a position inside it, and bound against a small store or
// refused; what is understood compiles. No text may take long.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "query/ask/ask.h"
#include "query/ask/complete.h"
#include "query/ask/parser.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::fuzz::Check;

constexpr absl::string_view kWorld = R"(
@prefix : <urn:fuzz:> . @prefix d: <urn:dossier:vocabulary:> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Kim a :Person ; rdfs:label "Kim" . :Xi a :Person ; rdfs:label "Xi" . :Rome a :City ; rdfs:label "Rome" .
:Person rdfs:label "person" . :City rdfs:label "city" .
:meet a d:Relation, <http://www.w3.org/2002/07/owl#SymmetricProperty> ; rdfs:label "meet" ; d:verb [ d:base "meet" ] ;
  d:eventNoun "meeting" ; d:noun "partner" .
:visit a d:Relation ; d:objectRole d:place ; d:verb [ d:base "visit" ] , [ d:base "travel" ; d:preposition "to" ] ;
  d:eventNoun "trip" ; d:objectNoun "destination" .
d:where a d:Qualifier ; d:preposition "in" . d:means a d:Qualifier ; d:preposition "by" .
:Kim :meet :Xi ~ :c1 {| d:when "2018"^^<http://id.loc.gov/datatypes/edtf> ; d:where :Rome |} .
)";

struct World {
  std::unique_ptr<dossier::Store> store = dossier::NewMemoryStore();
  std::shared_ptr<const dossier::Snapshot> snapshot;
  std::shared_ptr<const dossier::ask::Catalogue> catalogue;

  World() {
    dossier::ChangeSet changes;
    const absl::Status status =
        dossier::ReadRdfText(kWorld, dossier::RdfFormat::kTurtle, {}, [&](dossier::Quad&& quad) {
          changes.assertions.push_back(std::move(quad));
          return absl::OkStatus();
        });
    Check(status.ok(), "the world is read", "", "");
    Check(store->Commit(changes).ok(), "the world is stored", "", "");
    snapshot = store->GetSnapshot();
    catalogue = *dossier::ask::Catalogue::Build(snapshot);
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const World& world = *new World();
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto offered = dossier::ask::Complete(text, size, *world.catalogue, *world.snapshot);
  Check(offered.ok(), "any text can be completed", text, "");
  for (const dossier::Completion& completion : *offered) {
    Check(completion.begin <= size, "completions begin in the text", text, completion.text);
  }
  const auto statement = dossier::ask::ParseStatement(text);
  if (!statement.ok()) {
    const std::optional<dossier::Diagnostic> diagnostic = dossier::GetDiagnostic(statement.status());
    if (diagnostic.has_value()) Check(diagnostic->line >= 1, "an error has a place", text, "");
    return 0;
  }
  for (const dossier::ask::Element& element : statement->question.elements) {
    Check(element.span.begin <= element.span.end && element.span.end <= text.size(), "elements lie in the text", text,
          "");
  }
  const auto command = dossier::ask::Understand(text, *world.catalogue, *world.snapshot, {});
  if (!command.ok()) {
    Check(command.status().code() == absl::StatusCode::kInvalidArgument ||
              command.status().code() == absl::StatusCode::kNotFound,
          "what is not understood is the text's fault", text, command.status().ToString());
  }
  return 0;
}
