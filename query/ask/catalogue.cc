#include "query/ask/catalogue.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/text.h"

namespace dossier::ask {

absl::string_view Catalogue::Label(TermId entity) const {
  const auto it = std::lower_bound(entities_.begin(), entities_.end(), entity,
                                   [](const Entity& e, TermId id) { return e.id < id; });
  if (it == entities_.end() || it->id != entity) return "";
  return absl::string_view(labels_).substr(it->offset, it->length);
}

std::vector<TermId> Catalogue::FindEntities(absl::string_view key) const {
  std::vector<TermId> found;
  for (const uint32_t index : names_.Find(key)) found.push_back(entities_[index].id);
  return found;
}

std::optional<TermId> Catalogue::PrimaryOf(absl::string_view key) const {
  const auto it = primary_names_.find(key);
  if (it == primary_names_.end()) return std::nullopt;
  return it->second;
}

std::optional<uint32_t> Catalogue::FindRelation(TermId id) const {
  const auto it = relation_of_.find(id);
  if (it == relation_of_.end()) return std::nullopt;
  return it->second;
}

std::optional<uint32_t> Catalogue::FindClass(TermId id) const {
  const auto it = class_of_.find(id);
  if (it == class_of_.end()) return std::nullopt;
  return it->second;
}

const CertaintyLevel* Catalogue::FindCertainty(const Term& iri) const {
  for (const CertaintyLevel& level : certainty_levels_) {
    if (level.iri == iri) return &level;
  }
  return nullptr;
}

const UnitInfo* Catalogue::FindUnit(const Term& iri) const {
  for (const UnitInfo& unit : units_) {
    if (unit.iri == iri) return &unit;
  }
  return nullptr;
}

const AdjectiveUse* Catalogue::FindAdjective(absl::string_view word) const {
  const auto it = adjectives_.find(word);
  return it == adjectives_.end() ? nullptr : &it->second;
}

bool Catalogue::IsKindOf(TermId type, const std::vector<uint32_t>& classes) const {
  const std::optional<uint32_t> kind = FindClass(type);
  if (!kind.has_value()) return false;
  return std::any_of(classes.begin(), classes.end(), [&](uint32_t wanted) {
    const std::vector<uint32_t>& narrower = classes_[wanted].narrower;
    return std::find(narrower.begin(), narrower.end(), *kind) != narrower.end();
  });
}

std::vector<std::string> Catalogue::Suggest(absl::string_view phrase, size_t maximum) const {
  const std::string key = PhraseKey(phrase);
  // A third of the letters may differ, so that short words find only what is really near.
  const size_t limit = std::max<size_t>(1, key.size() / 3);
  std::vector<std::tuple<size_t, std::string>> near;
  const auto consider = [&](absl::string_view known, absl::string_view shown) {
    const size_t distance = EditDistance(key, known, limit);
    // A part of a longer name is as near as one wrong letter.
    const bool is_part = absl::StrContains(absl::StrCat(" ", known, " "), absl::StrCat(" ", key, " "));
    if (distance <= limit || is_part)
      near.emplace_back(is_part ? std::min<size_t>(distance, 1) : distance, std::string(shown));
  };
  names_.ForEach([&](absl::string_view known, uint32_t index) {
    const Entity& entity = entities_[index];
    const absl::string_view label = absl::string_view(labels_).substr(entity.offset, entity.length);
    consider(known, label.empty() ? known : label);
  });
  for (const PhraseIndex* index : {&verbs_, &nouns_, &class_names_}) {
    index->ForEach([&](absl::string_view known, uint32_t) { consider(known, known); });
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> suggestions;
  for (const auto& [distance, shown] : near) {
    if (std::find(suggestions.begin(), suggestions.end(), shown) == suggestions.end()) suggestions.push_back(shown);
    if (suggestions.size() == maximum) break;
  }
  return suggestions;
}

}  // namespace dossier::ask
