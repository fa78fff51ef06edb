// Reads the catalogue from the graph, one kind of thing after the other. Each kind has a file of its own: classes,
// relations, the words of relations, and levels, units and qualifiers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "query/ask/catalogue.h"
#include "query/ask/english.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {

// The key of a measure: its name in Dossier's vocabulary, or the IRI of one that a dataset has made.
std::string MeasureKey(const Term& measure);

class CatalogueBuilder {
 public:
  explicit CatalogueBuilder(const std::shared_ptr<const Snapshot>& snapshot);

  // Once.
  absl::StatusOr<std::shared_ptr<const Catalogue>> Build();

 private:
  // Classes (catalogue_classes.cc).
  absl::Status CollectClasses();

  // Relations (catalogue_relations.cc).
  absl::Status CollectRelations();
  absl::Status AddRelation(TermId id, bool declared);
  absl::Status ReadRelation(uint32_t index);
  absl::Status LinkRelations();

  // Their verbs and nouns (catalogue_words.cc).
  absl::Status ReadVerbs(uint32_t index);
  absl::Status ReadNouns(uint32_t index);
  void NameByLabel(uint32_t index);
  bool NameByPreposition(uint32_t index, absl::string_view key);  // Whether the label is such a one.
  void InferFromObjects(uint32_t index);
  void InferMeasure(uint32_t index);
  // Of some triple of the relation; undefined when there is none.
  TermId FirstObject(TermId relation) const;
  void AddVerbForms(uint32_t relation, absl::string_view base, const VerbForms& forms, absl::string_view preposition);
  void AddNoun(uint32_t relation, absl::string_view key, NounSide side);

  // Qualifiers, levels of certainty, units, adjectives (catalogue_levels.cc).
  absl::Status CollectQualifiers();
  absl::Status CollectLevels();
  absl::Status CollectUnits();
  absl::Status CollectAdjectives();
  void AddAdjective(absl::string_view word, int direction, absl::string_view measure);

  // What all of them need (catalogue_builder.cc).
  absl::StatusOr<std::vector<TermId>> Instances(absl::string_view type);
  // Reads terms and labels in one go, for who will ask for each.
  absl::Status Prefetch(const std::vector<TermId>& ids);
  absl::StatusOr<std::string> LabelOf(TermId id);
  // Labels and aliases; the label, or the end of the IRI, when there are none.
  absl::StatusOr<std::vector<std::string>> NamesOf(TermId id);

  std::shared_ptr<Catalogue> catalogue_;
  GraphReader graph_;
  absl::flat_hash_set<TermId> not_entities_;  // Relations, classes, units, levels: not what questions are about.
  uint32_t verbs_ = 0;
  std::vector<std::pair<std::string, uint32_t>> head_nouns_;  // The last words of longer names of classes.
};

// Whether a predicate or class belongs to the standard vocabularies (RDF, RDFS, OWL, SKOS, PROV-O), which say how data
// are written and not what they tell.
bool IsOfStandardVocabulary(absl::string_view iri);

// The IRI of a term of Dossier's own vocabulary.
inline std::string VocabularyIri(absl::string_view local) { return absl::StrCat(vocab::kPrefix, local); }

}  // namespace dossier::ask
