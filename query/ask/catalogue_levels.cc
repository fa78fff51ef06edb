// Qualifiers of claims, levels of certainty, units, and the adjectives of measures.
#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/catalogue_builder.h"
#include "rdf/local_name.h"

namespace dossier::ask {

absl::Status CatalogueBuilder::CollectQualifiers() {
  DOSSIER_ASSIGN_OR_RETURN(std::vector<TermId> ids, Instances(VocabularyIri("Qualifier")));
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

absl::Status CatalogueBuilder::CollectLevels() {
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
  return absl::OkStatus();
}

absl::Status CatalogueBuilder::CollectUnits() {
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> units, Instances(VocabularyIri("Unit")));
  for (const TermId id : units) {
    not_entities_.insert(id);
    UnitInfo unit;
    DOSSIER_ASSIGN_OR_RETURN(unit.iri, graph_.snapshot().GetTerm(id));
    DOSSIER_ASSIGN_OR_RETURN(unit.label, LabelOf(id));
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> measures, graph_.Objects(id, vocab::kMeasure));
    for (const TermId measure : measures) {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, graph_.snapshot().GetTerm(measure));
      unit.measure = MeasureKey(term);
    }
    unit.base = unit.iri;
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> bases, graph_.Objects(id, VocabularyIri("baseUnit")));
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> factors, graph_.Texts(id, VocabularyIri("factor")));
    if (!bases.empty() && !factors.empty() && absl::SimpleAtod(factors.front(), &unit.factor)) {
      DOSSIER_ASSIGN_OR_RETURN(unit.base, graph_.snapshot().GetTerm(bases.front()));
    }
    for (const auto& [property, part] : {std::pair("numerator", &unit.numerator), {"denominator", &unit.denominator}}) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> parts, graph_.Objects(id, VocabularyIri(property)));
      if (parts.empty()) continue;
      DOSSIER_ASSIGN_OR_RETURN(*part, graph_.snapshot().GetTerm(parts.front()));
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> names, NamesOf(id));
    unit.one = unit.label;
    for (const std::string& name : names) {
      if (unit.label == absl::StrCat(name, "s")) unit.one = name;
      catalogue_->unit_names_.Add(PhraseKey(name), static_cast<uint32_t>(catalogue_->units_.size()));
    }
    catalogue_->units_.push_back(std::move(unit));
  }
  for (absl::string_view type : {"Polarity", "Bound", "Measure", "ObjectRole", "Verb", "Certainty", "Relation"}) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> ids, Instances(VocabularyIri(type)));
    not_entities_.insert(ids.begin(), ids.end());
  }
  return absl::OkStatus();
}

std::string MeasureKey(const Term& measure) {
  const absl::string_view iri = measure.value();
  return std::string(absl::StartsWith(iri, vocab::kPrefix) ? iri.substr(vocab::kPrefix.size()) : iri);
}

void CatalogueBuilder::AddAdjective(absl::string_view word, int direction, absl::string_view measure) {
  const AdjectiveForms forms = FormsOfAdjective(word);
  using Form = AdjectiveUse::Form;
  const auto add = [&](const std::string& key, Form form) {
    AdjectiveUse& use = catalogue_->adjectives_[key];
    use.word = std::string(word);
    use.form = form;
    use.direction = direction;
    if (!measure.empty()) use.measures.emplace_back(measure);
  };
  add(std::string(word), Form::kPositive);
  for (const std::string& form : forms.comparative) add(form, Form::kComparative);
  for (const std::string& form : forms.superlative) add(form, Form::kSuperlative);
}

absl::Status CatalogueBuilder::CollectAdjectives() {
  for (const GeneralAdjective& adjective : GeneralAdjectives()) AddAdjective(adjective.word, adjective.direction, "");
  for (const auto& adjective : {std::pair("adjective", 1), std::pair("oppositeAdjective", -1)}) {
    const int direction = adjective.second;
    DOSSIER_RETURN_IF_ERROR(
        graph_.ForEach(VocabularyIri(adjective.first), [&](TermId measure, TermId word) -> absl::Status {
          DOSSIER_ASSIGN_OR_RETURN(const Term iri, graph_.snapshot().GetTerm(measure));
          DOSSIER_ASSIGN_OR_RETURN(const Term text, graph_.snapshot().GetTerm(word));
          AddAdjective(PhraseKey(text.value()), direction, MeasureKey(iri));
          return absl::OkStatus();
        }));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask
