// Relations: which there are, what their objects answer, and how they hang together.
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "query/ask/catalogue_builder.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kRdfProperty = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property";
constexpr absl::string_view kOwlObjectProperty = "http://www.w3.org/2002/07/owl#ObjectProperty";
constexpr absl::string_view kOwlDatatypeProperty = "http://www.w3.org/2002/07/owl#DatatypeProperty";

}  // namespace

absl::Status CatalogueBuilder::AddRelation(TermId id, bool declared) {
  if (const auto it = catalogue_->relation_of_.find(id); it != catalogue_->relation_of_.end()) return absl::OkStatus();
  RelationInfo info;
  info.id = id;
  info.declared = declared;
  DOSSIER_ASSIGN_OR_RETURN(info.iri, graph_.GetTerm(id));
  const absl::string_view iri = info.iri.value();
  if (!declared && (IsOfStandardVocabulary(iri) || absl::StartsWith(iri, vocab::kPrefix))) {
    return absl::OkStatus();
  }
  not_entities_.insert(id);
  catalogue_->relation_of_.emplace(id, static_cast<uint32_t>(catalogue_->relations_.size()));
  catalogue_->relations_.push_back(std::move(info));
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::CollectRelations() {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> declared, Instances(vocab::kRelation));
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
  std::sort(used.begin(), used.end());
  DOSSIER_RETURN_IF_ERROR(Prefetch(declared));
  DOSSIER_RETURN_IF_ERROR(Prefetch(used));
  for (const TermId id : declared) DOSSIER_RETURN_IF_ERROR(AddRelation(id, true));
  // Sub-relations that nobody has used yet still link others.
  for (const TermId id : used) {
    if (id.tag() == TermTag::kIri) DOSSIER_RETURN_IF_ERROR(AddRelation(id, false));
  }
  for (uint32_t i = 0; i < catalogue_->relations_.size(); ++i) {
    DOSSIER_RETURN_IF_ERROR(ReadRelation(i));
    DOSSIER_RETURN_IF_ERROR(ReadVerbs(i));
    DOSSIER_RETURN_IF_ERROR(ReadNouns(i));
  }
  return LinkRelations();
}

TermId CatalogueBuilder::FirstObject(TermId relation) const {
  ScanSpec spec;
  spec.permutation = Permutation::kPso;
  spec.prefix = {relation};
  const absl::StatusOr<std::unique_ptr<ScanCursor>> cursor = graph_.snapshot().Scan(spec);
  RowBlock block;
  return cursor.ok() && (*cursor)->Next(&block).value_or(false) ? block.columns[2][0] : TermId();
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
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> measures, graph_.Objects(info.id, vocab::kMeasure));
  if (!measures.empty()) {
    DOSSIER_ASSIGN_OR_RETURN(const Term measure, graph_.snapshot().GetTerm(measures.front()));
    info.measure = MeasureKey(measure);
  }
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

}  // namespace dossier::ask
