// The words of relations: verbs with their forms, nouns, and the label where a relation has neither.
#include <algorithm>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "query/ask/catalogue_builder.h"
#include "query/ask/english.h"
#include "query/ask/label_words.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kAnyMeasure = "number";  // Of a relation that says nothing about its numbers.
constexpr absl::string_view kCount = "count";        // The local name of dossier:count.

}  // namespace

void CatalogueBuilder::AddVerbForms(uint32_t relation, absl::string_view base, const VerbForms& forms,
                                    absl::string_view preposition) {
  absl::InlinedVector<std::pair<std::string, uint8_t>, 7> words;
  const auto add = [&words](std::string word, uint8_t form) {
    const auto same = std::find_if(words.begin(), words.end(), [&](const auto& known) { return known.first == word; });
    if (same == words.end()) {
      words.emplace_back(std::move(word), form);
    } else {
      same->second |= form;
    }
  };
  add(PhraseKey(base), kFormBase);
  add(PhraseKey(forms.third), kFormThird);
  add(PhraseKey(forms.past), kFormPast);
  add(PhraseKey(forms.participle), kFormParticiple);
  add(PhraseKey(forms.gerund), kFormGerund);
  if (base == "be" || absl::StartsWith(base, "be ")) {
    const absl::string_view rest = base.substr(2);
    add(absl::StrCat("are", rest), kFormThird);
    add(absl::StrCat("were", rest), kFormPast);
  }
  const std::string preposition_key = PhraseKey(preposition);
  if (!preposition_key.empty()) catalogue_->relations_[relation].prepositions.insert(preposition_key);
  for (const auto& [word, bits] : words) {
    catalogue_->verbs_.Add(word, static_cast<uint32_t>(catalogue_->verb_uses_.size()));
    catalogue_->verb_uses_.push_back({relation, bits, preposition_key, verbs_});
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
      // What lies somewhere is there.
      const bool lies = base == "lie" || base == "be located" || base == "be situated";
      for (const std::string& preposition : prepositions) {
        if (lies && !preposition.empty()) AddVerbForms(index, "be", FormsOf("be"), preposition);
      }
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
  InferFromObjects(index);
  AddNoun(index, key, NounSide::kObject);
  VerbForms same{key, key, key, key};
  AddVerbForms(index, key, same, "");
  const size_t end = std::min(key.find(' '), key.size());
  const std::string first = key.substr(0, end);
  const std::string rest = key.substr(end);
  const auto add_verb = [&](absl::string_view base) {
    const std::string phrase = absl::StrCat(base, rest);
    AddVerbForms(index, phrase, FormsOf(phrase), "");
  };
  if (first == "has" || first == "is") {
    // "hasAuthor": the author of X; "isPartOf": part of X.
    if (first == "has" && !rest.empty()) AddNoun(index, key.substr(end + 1), NounSide::kObject);
    if (first == "is") add_verb("be");
  } else if (end > 3 && key[end - 1] == 's' && key[end - 2] != 's') {
    // "knows" is also asked as "who does Ann know".
    add_verb(key.substr(0, end - 1));
  }
  // "memberOf": the members of X.
  if (absl::EndsWith(key, " of") && first != "is" && first != "has") {
    AddNoun(index, key.substr(0, key.size() - 3), NounSide::kSubject);
  }
  // "birthPlace": where she was born, "foundingDate": when it was founded.
  if (const std::string verb = VerbOfLabel(key); !verb.empty()) {
    for (const absl::string_view preposition : {"in", "on", "at"})
      AddVerbForms(index, verb, FormsOf(verb), preposition);
    return;
  }
  // "location": where something is.
  if (catalogue_->relations_[index].role == ObjectRole::kPlace && end == key.size()) {
    for (const absl::string_view preposition : {"in", "at"}) AddVerbForms(index, "be", FormsOf("be"), preposition);
    return;
  }
  if (NameByPreposition(index, key)) return;
  // "founded" is also asked as "did Ann found it".
  if (const std::string base = BaseOfPast(first); !base.empty() && end > 3) add_verb(base);
}

// Dates among the objects answer "when", numbers can be compared.
void CatalogueBuilder::InferFromObjects(uint32_t index) {
  RelationInfo& info = catalogue_->relations_[index];
  switch (FirstObject(info.id).tag()) {
    case TermTag::kDate:
    case TermTag::kDateTime:
    case TermTag::kYear:
    case TermTag::kYearMonth:
    case TermTag::kEdtf:
      if (info.role == ObjectRole::kNone) info.role = ObjectRole::kTime;
      break;
    case TermTag::kInteger:
    case TermTag::kDecimal:
    case TermTag::kDouble: InferMeasure(index); break;
    case TermTag::kIri:
      if (info.role == ObjectRole::kNone && NamesPlace(PhraseKey(info.label))) info.role = ObjectRole::kPlace;
      break;
    default: break;
  }
}

void CatalogueBuilder::InferMeasure(uint32_t index) {
  RelationInfo& info = catalogue_->relations_[index];
  if (!info.measure.empty()) return;
  info.measure = std::string(kAnyMeasure);
  const std::string key = PhraseKey(info.label);
  for (const MeasureWord& word : MeasuresOfLabel(key)) {
    info.measure = std::string(word.measure);
    AddAdjective(word.adjective, word.direction, word.measure);
  }
  // "numberOfEmployees": how many employees there are.
  if (const std::string counted = CountedOfLabel(key); !counted.empty()) {
    info.measure = std::string(kCount);
    AddNoun(index, counted, NounSide::kObject);
    AddAdjective("many", 1, kCount);
  }
}

// "lives in", "born in", "located at": a verb whose object follows a preposition, so that "where does Ann live" is
// understood.
bool CatalogueBuilder::NameByPreposition(uint32_t index, absl::string_view key) {
  const size_t blank = key.find(' ');
  if (blank == absl::string_view::npos || blank < 3 || key.find(' ', blank + 1) != absl::string_view::npos)
    return false;
  const absl::string_view first = key.substr(0, blank);
  const std::string preposition(key.substr(blank + 1));
  const bool place = preposition == "in" || preposition == "at";
  if (!place && preposition != "on" && preposition != "for" && preposition != "with" && preposition != "to" &&
      preposition != "from" && preposition != "by") {
    return false;
  }
  if (absl::EndsWith(first, "ed") || absl::EndsWith(first, "rn") || absl::EndsWith(first, "en")) {
    const std::string base = absl::StrCat("be ", first);
    AddVerbForms(index, base, FormsOf(base), preposition);
  } else if (absl::EndsWith(first, "s") && !absl::EndsWith(first, "ss")) {
    const std::string base(first.substr(0, first.size() - 1));
    AddVerbForms(index, base, FormsOf(base), preposition);
  } else {
    return false;
  }
  RelationInfo& info = catalogue_->relations_[index];
  if (place && info.role == ObjectRole::kNone && FirstObject(info.id).tag() == TermTag::kIri) {
    info.role = ObjectRole::kPlace;
  }
  return true;
}

void CatalogueBuilder::AddNoun(uint32_t relation, absl::string_view key, NounSide side) {
  for (const bool plural : {false, true}) {
    catalogue_->nouns_.Add(plural ? PluralOf(key) : std::string(key),
                           static_cast<uint32_t>(catalogue_->noun_uses_.size()));
    catalogue_->noun_uses_.push_back({relation, side, plural});
  }
}

}  // namespace dossier::ask
