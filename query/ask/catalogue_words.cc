// The words of relations: verbs with their forms, nouns, and the label where a relation has neither.
#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "query/ask/catalogue_builder.h"

namespace dossier::ask {

void CatalogueBuilder::AddVerbForms(uint32_t relation, absl::string_view base, const VerbForms& forms,
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
      AddNoun(index, PhraseKey(noun), side);
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
  AddNoun(index, key, NounSide::kObject);
  VerbForms same{key, key, key, key};
  AddVerbForms(index, key, same, "");
  // "knows" is also asked as "who does Ann know".
  const size_t end = std::min(key.find(' '), key.size());
  if (end > 3 && key[end - 1] == 's' && key[end - 2] != 's') {
    const std::string base = absl::StrCat(key.substr(0, end - 1), key.substr(end));
    AddVerbForms(index, base, FormsOf(base), "");
  }
  NameByPreposition(index, key);
}

// "lives in", "born in", "located at": a verb whose object follows a preposition, so that "where does Ann live" is
// understood.
void CatalogueBuilder::NameByPreposition(uint32_t index, absl::string_view key) {
  const size_t blank = key.find(' ');
  if (blank == absl::string_view::npos || blank < 3 || key.find(' ', blank + 1) != absl::string_view::npos) return;
  const absl::string_view first = key.substr(0, blank);
  const std::string preposition(key.substr(blank + 1));
  const bool place = preposition == "in" || preposition == "at";
  if (!place && preposition != "on" && preposition != "for" && preposition != "with" && preposition != "to" &&
      preposition != "from" && preposition != "by") {
    return;
  }
  if (absl::EndsWith(first, "ed") || absl::EndsWith(first, "rn") || absl::EndsWith(first, "en")) {
    const std::string base = absl::StrCat("be ", first);
    AddVerbForms(index, base, FormsOf(base), preposition);
  } else if (absl::EndsWith(first, "s") && !absl::EndsWith(first, "ss")) {
    const std::string base(first.substr(0, first.size() - 1));
    AddVerbForms(index, base, FormsOf(base), preposition);
  } else {
    return;
  }
  RelationInfo& info = catalogue_->relations_[index];
  if (place && info.role == ObjectRole::kNone && HasEntityObjects(info.id)) info.role = ObjectRole::kPlace;
}

void CatalogueBuilder::AddNoun(uint32_t relation, absl::string_view key, NounSide side) {
  for (const bool plural : {false, true}) {
    catalogue_->nouns_.Add(plural ? PluralOf(key) : std::string(key),
                           static_cast<uint32_t>(catalogue_->noun_uses_.size()));
    catalogue_->noun_uses_.push_back({relation, side, plural});
  }
}

}  // namespace dossier::ask
