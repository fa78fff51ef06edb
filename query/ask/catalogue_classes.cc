// Classes: what instances are called, and which class lies below which.
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/catalogue_builder.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kOwlClass = "http://www.w3.org/2002/07/owl#Class";

}  // namespace

absl::Status CatalogueBuilder::CollectClasses() {
  std::vector<TermId> ids;
  const auto add = [&](TermId id) {
    if (id.tag() != TermTag::kIri || catalogue_->class_of_.contains(id)) return;
    catalogue_->class_of_.emplace(id, static_cast<uint32_t>(ids.size()));
    ids.push_back(id);
  };
  DOSSIER_RETURN_IF_ERROR(graph_.ForEachObject(rdf::kType, [&](TermId type) {
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
  DOSSIER_RETURN_IF_ERROR(Prefetch(ids));
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
    DOSSIER_ASSIGN_OR_RETURN(info.iri, graph_.GetTerm(ids[i]));
    DOSSIER_ASSIGN_OR_RETURN(info.label, LabelOf(ids[i]));
    info.narrower.push_back(i);
    for (size_t next = 0; next < info.narrower.size(); ++next) {
      for (const uint32_t child : below[info.narrower[next]]) AddUnique(&info.narrower, child);
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> plurals, graph_.Texts(ids[i], vocab::kPlural));
    info.plural = plurals.empty() ? PluralOf(info.label) : plurals.front();
    // The classes of the RDF vocabularies themselves are not what people ask about.
    if (!IsOfStandardVocabulary(info.iri.value())) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesOf(ids[i]));
      for (const std::string& name : names) {
        const std::string key = PhraseKey(name);
        catalogue_->class_names_.Add(key, i);
        catalogue_->class_names_.Add(PluralOf(key), i);
        // "people", and "persons" too.
        if (absl::EndsWith(key, "person")) catalogue_->class_names_.Add(absl::StrCat(key, "s"), i);
      }
      // "agencies" for news agencies, where nothing else is called so.
      const std::string key = PhraseKey(info.label);
      if (const size_t blank = key.rfind(' '); blank != std::string::npos && key.find(" of ") == std::string::npos) {
        head_nouns_.emplace_back(key.substr(blank + 1), i);
      }
      for (const std::string& plural : plurals) catalogue_->class_names_.Add(PhraseKey(plural), i);
    }
    catalogue_->classes_.push_back(std::move(info));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask
