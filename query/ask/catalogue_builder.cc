// Reading the catalogue from the graph, one kind of thing after the other.
#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/catalogue.h"
#include "query/ask/english.h"
#include "query/ask/graph_reader.h"
#include "query/ask/local_name.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Beyond so many subjects and objects a store is not searched for entities that have no label at all.
constexpr uint64_t kMaximumUnlabelledNodes = 200'000;

// Beyond so many triples a relation is taken to have some that no claim states.
constexpr uint64_t kMaximumComparedRows = 2'000'000;

// A predicate of so many rows is read at once: relations ask for each of theirs.
constexpr uint64_t kWholePredicateRows = 100'000;

constexpr absl::string_view kFoafName = "http://xmlns.com/foaf/0.1/name";
constexpr absl::string_view kDctermsTitle = "http://purl.org/dc/terms/title";
constexpr absl::string_view kRdfProperty = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property";
constexpr absl::string_view kOwlClass = "http://www.w3.org/2002/07/owl#Class";
constexpr absl::string_view kOwlObjectProperty = "http://www.w3.org/2002/07/owl#ObjectProperty";
constexpr absl::string_view kOwlDatatypeProperty = "http://www.w3.org/2002/07/owl#DatatypeProperty";

// The label that answers show is the first of these that an entity has; all of them, and the aliases, are names.
constexpr std::array<absl::string_view, 6> kLabelPredicates = {rdfs::kLabel, skos::kPrefLabel,  schema::kName,
                                                               kFoafName,    schema::kHeadline, kDctermsTitle};
constexpr std::array<absl::string_view, 2> kAliasPredicates = {skos::kAltLabel, schema::kAlternateName};

// Predicates of these namespaces say how data are written, not what they tell.
constexpr std::array<absl::string_view, 6> kInfrastructure = {"http://www.w3.org/1999/02/22-rdf-syntax-ns#",
                                                              "http://www.w3.org/2000/01/rdf-schema#",
                                                              "http://www.w3.org/2002/07/owl#",
                                                              "http://www.w3.org/2004/02/skos/core#",
                                                              "http://www.w3.org/ns/prov#",
                                                              vocab::kPrefix};

std::string Vocabulary(absl::string_view local) { return absl::StrCat(vocab::kPrefix, local); }

void AddUnique(std::vector<uint32_t>* list, uint32_t value) {
  if (std::find(list->begin(), list->end(), value) == list->end()) list->push_back(value);
}

}  // namespace

class CatalogueBuilder {
 public:
  explicit CatalogueBuilder(const Snapshot& snapshot) : graph_(snapshot, kWholePredicateRows) {}

  absl::StatusOr<std::shared_ptr<const Catalogue>> Build() {
    catalogue_->commit_ = graph_.snapshot().commit();
    DOSSIER_RETURN_IF_ERROR(CollectLabels());
    DOSSIER_RETURN_IF_ERROR(CollectClasses());
    DOSSIER_RETURN_IF_ERROR(CollectRelations());
    DOSSIER_RETURN_IF_ERROR(CollectQualifiers());
    DOSSIER_RETURN_IF_ERROR(CollectLevelsAndUnits());
    DOSSIER_RETURN_IF_ERROR(CollectNames());
    DOSSIER_RETURN_IF_ERROR(CollectArticles());
    for (PhraseIndex* index : {&catalogue_->names_, &catalogue_->verbs_, &catalogue_->nouns_, &catalogue_->class_names_,
                               &catalogue_->certainty_names_, &catalogue_->unit_names_}) {
      index->Finish();
    }
    return std::shared_ptr<const Catalogue>(std::move(catalogue_));
  }

 private:
  struct Label {
    TermId id;
    uint32_t rank;  // Of the predicate, then of the language.
    std::string text;

    bool operator<(const Label& other) const {
      return std::tie(id, rank, text) < std::tie(other.id, other.rank, other.text);
    }
  };

  absl::Status CollectLabels();
  absl::Status CollectUnlabelled();
  absl::Status CollectClasses();
  absl::Status CollectRelations();
  absl::Status AddRelation(TermId id, bool declared);
  absl::Status ReadRelation(uint32_t index);
  absl::Status ReadVerbs(uint32_t index);
  absl::Status ReadNouns(uint32_t index);
  void NameByLabel(uint32_t index);
  absl::Status FindPlainTriples(uint32_t index);
  absl::Status LinkRelations();
  absl::Status CollectQualifiers();
  absl::Status CollectLevelsAndUnits();
  absl::Status CollectNames();
  absl::Status CollectArticles();

  absl::StatusOr<std::vector<TermId>> Instances(absl::string_view type) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, graph_.Id(type));
    if (id.is_undefined()) return std::vector<TermId>();
    return graph_.Subjects(rdf::kType, id);
  }
  absl::StatusOr<std::string> LabelOf(TermId id) {
    if (const absl::string_view label = catalogue_->Label(id); !label.empty()) return std::string(label);
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(id));
    return LocalName(term);
  }
  absl::StatusOr<std::vector<std::string>> NamesOf(TermId id) {
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
  uint32_t EntityIndex(TermId id) const {
    const auto& entities = catalogue_->entities_;
    const auto it = std::lower_bound(entities.begin(), entities.end(), id,
                                     [](const Catalogue::Entity& e, TermId wanted) { return e.id < wanted; });
    return it == entities.end() || it->id != id ? std::numeric_limits<uint32_t>::max()
                                                : static_cast<uint32_t>(it - entities.begin());
  }
  uint8_t AddVerbForms(uint32_t relation, absl::string_view base, const VerbForms& forms,
                       absl::string_view preposition);

  GraphReader graph_;
  std::shared_ptr<Catalogue> catalogue_ = std::make_shared<Catalogue>();
  std::vector<Label> found_labels_;
  absl::flat_hash_set<TermId> not_entities_;  // Relations, classes, units, levels: not what questions are about.
  uint32_t verbs_ = 0;
};

absl::Status CatalogueBuilder::CollectLabels() {
  uint32_t rank = 0;
  for (absl::string_view predicate : kLabelPredicates) {
    DOSSIER_RETURN_IF_ERROR(graph_.ForEach(predicate, [&](TermId subject, TermId object) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(object));
      if (!term.is_literal()) return absl::OkStatus();
      const bool preferred = term.language().empty() || absl::StartsWith(term.language(), "en");
      found_labels_.push_back({subject, rank + (preferred ? 0U : 1U), term.value()});
      return absl::OkStatus();
    }));
    rank += 2;
  }
  DOSSIER_RETURN_IF_ERROR(CollectUnlabelled());
  std::sort(found_labels_.begin(), found_labels_.end());
  for (const Label& label : found_labels_) {
    if (!catalogue_->entities_.empty() && catalogue_->entities_.back().id == label.id) continue;
    catalogue_->entities_.push_back(
        {label.id, static_cast<uint32_t>(catalogue_->labels_.size()), static_cast<uint32_t>(label.text.size())});
    absl::StrAppend(&catalogue_->labels_, label.text);
  }
  return absl::OkStatus();
}

// Plain RDF often has no labels: then the end of the IRI is the name.
absl::Status CatalogueBuilder::CollectUnlabelled() {
  const Statistics& statistics = graph_.snapshot().statistics();
  if (statistics.quads.distinct_subjects + statistics.quads.distinct_objects > kMaximumUnlabelledNodes) {
    return absl::OkStatus();
  }
  absl::flat_hash_set<TermId> known;
  for (const Label& label : found_labels_) known.insert(label.id);
  // Claims are not entities.
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(prov::kWasDerivedFrom, [&](TermId claim, TermId) {
    known.insert(claim);
    return absl::OkStatus();
  }));
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(vocab::kCertainty, [&](TermId claim, TermId) {
    known.insert(claim);
    return absl::OkStatus();
  }));
  ScanSpec spec;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, graph_.snapshot().Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return absl::OkStatus();
    for (size_t row = 0; row < block.rows; ++row) {
      for (const size_t column : {0, 2}) {
        const TermId id = block.columns[column][row];
        if (id.tag() != TermTag::kIri || !known.insert(id).second) continue;
        DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(id));
        if (std::string name = LocalName(term); !name.empty()) found_labels_.push_back({id, 99, std::move(name)});
      }
    }
  }
}

absl::Status CatalogueBuilder::CollectClasses() {
  std::vector<TermId> ids;
  const auto add = [&](TermId id) {
    if (id.tag() != TermTag::kIri || catalogue_->class_of_.contains(id)) return;
    catalogue_->class_of_.emplace(id, static_cast<uint32_t>(ids.size()));
    ids.push_back(id);
  };
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(rdf::kType, [&](TermId, TermId type) {
    add(type);
    return absl::OkStatus();
  }));
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(rdfs::kSubClassOf, [&](TermId narrow, TermId broad) {
    add(narrow);
    add(broad);
    return absl::OkStatus();
  }));
  for (absl::string_view meta : {rdfs::kClass, kOwlClass}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> instances, Instances(meta));
    for (const TermId id : instances) add(id);
  }
  std::vector<std::vector<uint32_t>> below(ids.size());
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(rdfs::kSubClassOf, [&](TermId narrow, TermId broad) {
    const auto n = catalogue_->class_of_.find(narrow);
    const auto b = catalogue_->class_of_.find(broad);
    if (n != catalogue_->class_of_.end() && b != catalogue_->class_of_.end()) below[b->second].push_back(n->second);
    return absl::OkStatus();
  }));
  for (uint32_t i = 0; i < ids.size(); ++i) {
    ClassInfo info;
    info.id = ids[i];
    not_entities_.insert(ids[i]);
    DOSSIER_ASSIGN_OR_RETURN(info.iri, graph_.snapshot().GetTerm(ids[i]));
    DOSSIER_ASSIGN_OR_RETURN(info.label, LabelOf(ids[i]));
    info.narrower.push_back(i);
    for (size_t next = 0; next < info.narrower.size(); ++next) {
      for (const uint32_t child : below[info.narrower[next]]) AddUnique(&info.narrower, child);
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> plurals, graph_.Texts(ids[i], vocab::kPlural));
    info.plural = plurals.empty() ? PluralOf(info.label) : plurals.front();
    // The classes of the RDF vocabularies themselves are not what people ask about.
    const bool infrastructure =
        std::any_of(kInfrastructure.begin(), kInfrastructure.end() - 1,
                    [&](absl::string_view space) { return absl::StartsWith(info.iri.value(), space); });
    if (!infrastructure) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesOf(ids[i]));
      for (const std::string& name : names) {
        const std::string key = PhraseKey(name);
        catalogue_->class_names_.Add(key, i);
        catalogue_->class_names_.Add(PluralOf(key), i);
      }
      for (const std::string& plural : plurals) catalogue_->class_names_.Add(PhraseKey(plural), i);
    }
    catalogue_->classes_.push_back(std::move(info));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::AddRelation(TermId id, bool declared) {
  if (const auto it = catalogue_->relation_of_.find(id); it != catalogue_->relation_of_.end()) return absl::OkStatus();
  RelationInfo info;
  info.id = id;
  info.declared = declared;
  DOSSIER_ASSIGN_OR_RETURN(info.iri, graph_.snapshot().GetTerm(id));
  if (!declared && std::any_of(kInfrastructure.begin(), kInfrastructure.end(),
                               [&](absl::string_view space) { return absl::StartsWith(info.iri.value(), space); })) {
    return absl::OkStatus();
  }
  not_entities_.insert(id);
  catalogue_->relation_of_.emplace(id, static_cast<uint32_t>(catalogue_->relations_.size()));
  catalogue_->relations_.push_back(std::move(info));
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::CollectRelations() {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> declared, Instances(vocab::kRelation));
  for (const TermId id : declared) DOSSIER_RETURN_IF_ERROR(AddRelation(id, true));
  std::vector<TermId> used;
  const Statistics& statistics = graph_.snapshot().statistics();
  for (const auto& [id, counts] : statistics.quads.predicates) {
    if (counts.rows > 0) used.push_back(id);
  }
  for (const auto& [id, counts] : statistics.reifications.predicates) {
    if (counts.rows > 0) used.push_back(id);
  }
  for (absl::string_view type : {kRdfProperty, kOwlObjectProperty, kOwlDatatypeProperty}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> properties, Instances(type));
    for (const TermId id : properties) {
      not_entities_.insert(id);
      used.push_back(id);
    }
  }
  // Sub-relations that nobody has used yet still link others.
  std::sort(used.begin(), used.end());
  for (const TermId id : used) {
    if (id.tag() == TermTag::kIri) DOSSIER_RETURN_IF_ERROR(AddRelation(id, false));
  }
  for (uint32_t i = 0; i < catalogue_->relations_.size(); ++i) {
    DOSSIER_RETURN_IF_ERROR(ReadRelation(i));
    DOSSIER_RETURN_IF_ERROR(ReadVerbs(i));
    DOSSIER_RETURN_IF_ERROR(ReadNouns(i));
    DOSSIER_RETURN_IF_ERROR(FindPlainTriples(i));
  }
  return LinkRelations();
}

// Walks the asserted triples of a relation along with those that claims state; both come in the same order.
absl::Status CatalogueBuilder::FindPlainTriples(uint32_t index) {
  RelationInfo& info = catalogue_->relations_[index];
  const Statistics& statistics = graph_.snapshot().statistics();
  const auto asserted = statistics.quads.predicates.find(info.id);
  const auto claimed = statistics.reifications.predicates.find(info.id);
  if (asserted == statistics.quads.predicates.end() || asserted->second.rows == 0) return absl::OkStatus();
  if (claimed == statistics.reifications.predicates.end() || asserted->second.rows > kMaximumComparedRows) {
    info.has_plain = true;
    return absl::OkStatus();
  }
  std::vector<std::pair<TermId, TermId>> stated;
  ScanSpec spec;
  spec.permutation = Permutation::kClaimPso;
  spec.prefix = {info.id};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, graph_.snapshot().Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) break;
    for (size_t row = 0; row < block.rows; ++row) stated.emplace_back(block.columns[1][row], block.columns[2][row]);
  }
  return graph_.ForEach(info.iri.value(), [&](TermId subject, TermId object) {
    info.has_plain |= !std::binary_search(stated.begin(), stated.end(), std::make_pair(subject, object));
    return absl::OkStatus();
  });
}

absl::Status CatalogueBuilder::ReadRelation(uint32_t index) {
  RelationInfo& info = catalogue_->relations_[index];
  DOSSIER_ASSIGN_OR_RETURN(info.label, LabelOf(info.id));
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, graph_.Objects(info.id, rdf::kType));
  for (const TermId type : types) {
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(type));
    info.symmetric |= term.value() == owl::kSymmetricProperty;
    info.transitive |= term.value() == owl::kTransitiveProperty;
    info.functional |= term.value() == owl::kFunctionalProperty;
  }
  const auto local = [&](absl::string_view predicate) -> absl::StatusOr<std::string> {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> objects, graph_.Objects(info.id, predicate));
    if (objects.empty()) return std::string();
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(objects.front()));
    return absl::StartsWith(term.value(), vocab::kPrefix) ? term.value().substr(vocab::kPrefix.size()) : std::string();
  };
  DOSSIER_ASSIGN_OR_RETURN(info.measure, local(vocab::kMeasure));
  DOSSIER_ASSIGN_OR_RETURN(const std::string role, local(vocab::kObjectRole));
  info.role = role == "place"       ? ObjectRole::kPlace
              : role == "time"      ? ObjectRole::kTime
              : role == "means"     ? ObjectRole::kMeans
              : role == "cause"     ? ObjectRole::kCause
              : role == "statement" ? ObjectRole::kStatement
                                    : ObjectRole::kNone;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> units, graph_.Objects(info.id, vocab::kUnit));
  if (!units.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(info.unit, graph_.snapshot().GetTerm(units.front()));
  }
  for (const auto& [predicate, target] :
       {std::pair(rdfs::kDomain, &info.domain), std::pair(rdfs::kRange, &info.range)}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> classes, graph_.Objects(info.id, predicate));
    for (const TermId id : classes) {
      if (const std::optional<uint32_t> kind = catalogue_->FindClass(id)) target->push_back(*kind);
    }
  }
  return absl::OkStatus();
}

uint8_t CatalogueBuilder::AddVerbForms(uint32_t relation, absl::string_view base, const VerbForms& forms,
                                       absl::string_view preposition) {
  std::map<std::string, uint8_t> by_word;
  by_word[PhraseKey(base)] |= kFormBase;
  by_word[PhraseKey(forms.third)] |= kFormThird;
  by_word[PhraseKey(forms.past)] |= kFormPast;
  by_word[PhraseKey(forms.participle)] |= kFormParticiple;
  by_word[PhraseKey(forms.gerund)] |= kFormGerund;
  if (base == "be" || absl::StartsWith(base, "be ")) {
    const absl::string_view rest = base.substr(2);
    by_word[absl::StrCat("are", rest)] |= kFormThird;
    by_word[absl::StrCat("were", rest)] |= kFormPast;
  }
  for (const auto& [word, bits] : by_word) {
    catalogue_->verbs_.Add(word, static_cast<uint32_t>(catalogue_->verb_uses_.size()));
    catalogue_->verb_uses_.push_back({relation, bits, PhraseKey(preposition), verbs_});
  }
  ++verbs_;
  return 0;
}

absl::Status CatalogueBuilder::ReadVerbs(uint32_t index) {
  const TermId id = catalogue_->relations_[index].id;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> verbs, graph_.Objects(id, vocab::kVerb));
  for (const TermId verb : verbs) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> bases, graph_.Texts(verb, vocab::kBase));
    DOSSIER_ASSIGN_OR_RETURN(std::vector<std::string> prepositions, graph_.Texts(verb, vocab::kPreposition));
    if (prepositions.empty()) prepositions.emplace_back();
    for (const std::string& base : bases) {
      VerbForms forms = FormsOf(base);
      for (const auto& [predicate, form] :
           {std::pair(vocab::kThird, &forms.third), std::pair(vocab::kPast, &forms.past),
            std::pair(vocab::kParticiple, &forms.participle), std::pair(vocab::kGerund, &forms.gerund)}) {
        DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> texts, graph_.Texts(verb, predicate));
        if (!texts.empty()) *form = texts.front();
      }
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> participles, graph_.Texts(verb, vocab::kParticiple));
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> pasts, graph_.Texts(verb, vocab::kPast));
      if (participles.empty() && !pasts.empty() && forms.participle == FormsOf(base).past)
        forms.participle = pasts.front();
      for (const std::string& preposition : prepositions) AddVerbForms(index, base, forms, preposition);
    }
  }
  if (!verbs.empty()) catalogue_->relations_[index].declared = true;
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::ReadNouns(uint32_t index) {
  const TermId id = catalogue_->relations_[index].id;
  bool any = false;
  for (const auto& [predicate, side] :
       {std::pair(vocab::kNoun, NounSide::kSubject), std::pair(vocab::kObjectNoun, NounSide::kObject),
        std::pair(vocab::kEventNoun, NounSide::kEvent)}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> nouns, graph_.Texts(id, predicate));
    for (const std::string& noun : nouns) {
      any = true;
      const std::string key = PhraseKey(noun);
      for (const bool plural : {false, true}) {
        catalogue_->nouns_.Add(plural ? PluralOf(key) : key, static_cast<uint32_t>(catalogue_->noun_uses_.size()));
        catalogue_->noun_uses_.push_back({index, side, plural});
      }
    }
  }
  if (!any && !catalogue_->relations_[index].declared) NameByLabel(index);
  return absl::OkStatus();
}

// A relation without words of its own is known by its label: as a noun ("the birth place of X") and as a verb as it
// stands ("X knows Y").
void CatalogueBuilder::NameByLabel(uint32_t index) {
  const std::string key = PhraseKey(catalogue_->relations_[index].label);
  if (key.empty()) return;
  for (const bool plural : {false, true}) {
    catalogue_->nouns_.Add(plural ? PluralOf(key) : key, static_cast<uint32_t>(catalogue_->noun_uses_.size()));
    catalogue_->noun_uses_.push_back({index, NounSide::kObject, plural});
  }
  VerbForms same{key, key, key, key};
  AddVerbForms(index, key, same, "");
  // "knows" is also asked as "who does Ann know".
  const size_t end = std::min(key.find(' '), key.size());
  if (end > 3 && key[end - 1] == 's' && key[end - 2] != 's') {
    const std::string base = absl::StrCat(key.substr(0, end - 1), key.substr(end));
    AddVerbForms(index, base, FormsOf(base), "");
  }
}

absl::Status CatalogueBuilder::LinkRelations() {
  std::vector<RelationInfo>& relations = catalogue_->relations_;
  std::vector<std::vector<uint32_t>> below(relations.size());
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(rdfs::kSubPropertyOf, [&](TermId narrow, TermId broad) {
    const auto n = catalogue_->FindRelation(narrow);
    const auto b = catalogue_->FindRelation(broad);
    if (n.has_value() && b.has_value()) below[*b].push_back(*n);
    return absl::OkStatus();
  }));
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(owl::kInverseOf, [&](TermId one, TermId other) {
    const auto a = catalogue_->FindRelation(one);
    const auto b = catalogue_->FindRelation(other);
    if (a.has_value() && b.has_value()) {
      AddUnique(&relations[*a].inverses, *b);
      AddUnique(&relations[*b].inverses, *a);
    }
    return absl::OkStatus();
  }));
  for (uint32_t i = 0; i < relations.size(); ++i) {
    relations[i].narrower.push_back(i);
    for (size_t next = 0; next < relations[i].narrower.size(); ++next) {
      for (const uint32_t child : below[relations[i].narrower[next]]) AddUnique(&relations[i].narrower, child);
    }
    if (relations[i].transitive && relations[i].role == ObjectRole::kPlace) catalogue_->containment_.push_back(i);
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::CollectQualifiers() {
  DOSSIER_ASSIGN_OR_RETURN(std::vector<TermId> ids, Instances(Vocabulary("Qualifier")));
  // The two that the language itself needs are there even when the vocabulary was not loaded.
  for (const auto& [iri, words] :
       {std::pair(vocab::kWhere, std::array{"in", "at"}), std::pair(vocab::kMeans, std::array{"by", "on"})}) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId id, graph_.Id(iri));
    if (id.is_undefined() || std::find(ids.begin(), ids.end(), id) != ids.end()) continue;
    QualifierInfo info{id, Term::Iri(std::string(iri)), LocalName(Term::Iri(std::string(iri))), {words[0], words[1]}};
    catalogue_->qualifiers_.push_back(std::move(info));
  }
  for (const TermId id : ids) {
    QualifierInfo info;
    info.id = id;
    not_entities_.insert(id);
    DOSSIER_ASSIGN_OR_RETURN(info.iri, graph_.snapshot().GetTerm(id));
    DOSSIER_ASSIGN_OR_RETURN(info.label, LabelOf(id));
    DOSSIER_ASSIGN_OR_RETURN(info.prepositions, graph_.Texts(id, vocab::kPreposition));
    catalogue_->qualifiers_.push_back(std::move(info));
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::CollectLevelsAndUnits() {
  std::vector<std::pair<int64_t, TermId>> levels;
  DOSSIER_RETURN_IF_ERROR(graph_.ForEach(vocab::kRank, [&](TermId level, TermId rank) -> absl::Status {
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(rank));
    int64_t value = 0;
    if (absl::SimpleAtoi(term.value(), &value)) levels.emplace_back(value, level);
    return absl::OkStatus();
  }));
  std::sort(levels.begin(), levels.end());
  for (const auto& [rank, id] : levels) {
    not_entities_.insert(id);
    CertaintyLevel level;
    level.rank = rank;
    DOSSIER_ASSIGN_OR_RETURN(level.iri, graph_.snapshot().GetTerm(id));
    DOSSIER_ASSIGN_OR_RETURN(level.label, LabelOf(id));
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesOf(id));
    for (const std::string& name : names) {
      catalogue_->certainty_names_.Add(PhraseKey(name), static_cast<uint32_t>(catalogue_->certainty_levels_.size()));
    }
    catalogue_->certainty_levels_.push_back(std::move(level));
  }
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> units, Instances(Vocabulary("Unit")));
  for (const TermId id : units) {
    not_entities_.insert(id);
    UnitInfo unit;
    DOSSIER_ASSIGN_OR_RETURN(unit.iri, graph_.snapshot().GetTerm(id));
    DOSSIER_ASSIGN_OR_RETURN(unit.label, LabelOf(id));
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> measures, graph_.Objects(id, vocab::kMeasure));
    for (const TermId measure : measures) {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(measure));
      unit.measure = LocalName(term);
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesOf(id));
    for (const std::string& name : names) {
      catalogue_->unit_names_.Add(PhraseKey(name), static_cast<uint32_t>(catalogue_->units_.size()));
    }
    catalogue_->units_.push_back(std::move(unit));
  }
  for (absl::string_view type : {"Polarity", "Bound", "Measure", "ObjectRole", "Verb", "Certainty", "Relation"}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> ids, Instances(Vocabulary(type)));
    not_entities_.insert(ids.begin(), ids.end());
  }
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::CollectNames() {
  const auto add = [&](TermId id, absl::string_view name) {
    const uint32_t index = not_entities_.contains(id) ? std::numeric_limits<uint32_t>::max() : EntityIndex(id);
    if (index != std::numeric_limits<uint32_t>::max()) catalogue_->names_.Add(PhraseKey(name), index);
  };
  for (const Label& label : found_labels_) add(label.id, label.text);
  found_labels_.clear();
  for (absl::string_view predicate : kAliasPredicates) {
    DOSSIER_RETURN_IF_ERROR(graph_.ForEach(predicate, [&](TermId id, TermId name) -> absl::Status {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(name));
      add(id, term.value());
      return absl::OkStatus();
    }));
  }
  return graph_.ForEach(vocab::kPrimaryName, [&](TermId id, TermId name) -> absl::Status {
    DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(name));
    add(id, term.value());
    catalogue_->primary_names_.emplace(PhraseKey(term.value()), id);
    return absl::OkStatus();
  });
}

absl::Status CatalogueBuilder::CollectArticles() {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> articles, Instances(schema::kArticle));
  for (const TermId id : articles) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> identifiers, graph_.Texts(id, schema::kIdentifier));
    const uint32_t index = EntityIndex(id);
    for (const std::string& identifier : identifiers) {
      if (index == std::numeric_limits<uint32_t>::max()) continue;
      catalogue_->names_.Add(PhraseKey(absl::StrCat("article ", identifier)), index);
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> dates, graph_.Objects(id, schema::kDatePublished));
    for (const TermId date : dates) {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(date));
      const std::optional<TimeRange> range = TimeRangeOf(term);
      std::optional<TimeRange>& newest = catalogue_->newest_article_;
      if (range.has_value() && !range->open_end && (!newest.has_value() || newest->end < range->end)) newest = range;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Catalogue>> Catalogue::Build(const Snapshot& snapshot) {
  return CatalogueBuilder(snapshot).Build();
}

}  // namespace dossier::ask
