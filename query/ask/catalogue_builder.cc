#include "query/ask/catalogue_builder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "rdf/local_name.h"

namespace dossier::ask {
namespace {

// A predicate of so many rows is read at once: relations ask for each of theirs.
constexpr uint64_t kWholePredicateRows = 20'000;

constexpr std::array<absl::string_view, 5> kStandardVocabularies = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#", "http://www.w3.org/2004/02/skos/core#", "http://www.w3.org/ns/prov#"};

}  // namespace

bool IsOfStandardVocabulary(absl::string_view iri) {
  return std::any_of(kStandardVocabularies.begin(), kStandardVocabularies.end(),
                     [&](absl::string_view space) { return absl::StartsWith(iri, space); });
}

CatalogueBuilder::CatalogueBuilder(const std::shared_ptr<const Snapshot>& snapshot)
    : catalogue_(std::make_shared<Catalogue>(snapshot)), graph_(*snapshot, kWholePredicateRows) {}

absl::StatusOr<std::shared_ptr<const Catalogue>> CatalogueBuilder::Build() {
  catalogue_->commit_ = graph_.snapshot().commit();
  DOSSIER_RETURN_IF_ERROR(CollectClasses());
  DOSSIER_RETURN_IF_ERROR(
      graph_.PrefetchTexts({vocab::kBase, vocab::kPreposition, vocab::kPast, vocab::kParticiple, vocab::kGerund,
                            vocab::kThird, vocab::kNoun, vocab::kObjectNoun, vocab::kEventNoun}));
  DOSSIER_RETURN_IF_ERROR(CollectRelations());
  DOSSIER_RETURN_IF_ERROR(CollectQualifiers());
  DOSSIER_RETURN_IF_ERROR(CollectLevels());
  DOSSIER_RETURN_IF_ERROR(CollectUnits());
  DOSSIER_RETURN_IF_ERROR(CollectAdjectives());
  catalogue_->names_.Exclude(std::move(not_entities_));
  for (PhraseIndex* index : {&catalogue_->verbs_, &catalogue_->nouns_, &catalogue_->class_names_,
                             &catalogue_->certainty_names_, &catalogue_->unit_names_}) {
    index->Finish();
  }
  // Whether a word is taken is decided before any of them is added.
  const auto taken = [&](const std::pair<std::string, uint32_t>& head) {
    return catalogue_->names_.Contains(head.first) || catalogue_->nouns_.Contains(head.first) ||
           catalogue_->verbs_.Contains(head.first) || catalogue_->class_names_.Contains(head.first);
  };
  head_nouns_.erase(std::remove_if(head_nouns_.begin(), head_nouns_.end(), taken), head_nouns_.end());
  for (const auto& [noun, kind] : head_nouns_) {
    catalogue_->class_names_.Add(noun, kind);
    catalogue_->class_names_.Add(PluralOf(noun), kind);
  }
  catalogue_->class_names_.Finish();
  DOSSIER_RETURN_IF_ERROR(catalogue_->status());
  return std::shared_ptr<const Catalogue>(std::move(catalogue_));
}

absl::StatusOr<std::vector<TermId>> CatalogueBuilder::Instances(absl::string_view type) {
  DOSSIER_ASSIGN_OR_RETURN(const TermId id, graph_.Id(type));
  if (id.is_undefined()) return std::vector<TermId>();
  return graph_.Subjects(rdf::kType, id);
}

absl::Status CatalogueBuilder::Prefetch(const std::vector<TermId>& ids) {
  DOSSIER_RETURN_IF_ERROR(graph_.PrefetchTerms(ids));
  return catalogue_->names_.Prefetch(ids);
}

absl::StatusOr<std::string> CatalogueBuilder::LabelOf(TermId id) {
  if (std::string label = catalogue_->Label(id); !label.empty()) return label;
  DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.GetTerm(id));
  return LocalName(term);
}

absl::StatusOr<std::vector<std::string>> CatalogueBuilder::NamesOf(TermId id) {
  std::vector<std::string> names;
  for (absl::string_view predicate : {rdfs::kLabel, skos::kPrefLabel, skos::kAltLabel}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> texts, graph_.Texts(id, predicate));
    names.insert(names.end(), texts.begin(), texts.end());
  }
  if (names.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(std::string label, LabelOf(id));
    names.push_back(std::move(label));
  }
  return names;
}

absl::StatusOr<std::shared_ptr<const Catalogue>> Catalogue::Build(const std::shared_ptr<const Snapshot>& snapshot) {
  return CatalogueBuilder(snapshot).Build();
}

}  // namespace dossier::ask
