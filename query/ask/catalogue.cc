#include "query/ask/catalogue.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "base/text.h"
#include "query/ask/nearness.h"
#include "query/ask/newest_article.h"
#include "query/ask/plain_triples.h"

namespace dossier::ask {

absl::Status Catalogue::status() const {
  DOSSIER_RETURN_IF_ERROR(names_.status());
  const absl::MutexLock lock(&mutex_);
  return status_;
}

bool Catalogue::HasPlainTriples(uint32_t relation) const {
  {
    const absl::MutexLock lock(&mutex_);
    if (const auto it = has_plain_.find(relation); it != has_plain_.end()) return it->second;
  }
  const absl::StatusOr<bool> plain = ask::HasPlainTriples(*snapshot_, relations_[relation].id);
  const absl::MutexLock lock(&mutex_);
  status_.Update(plain.status());
  if (plain.ok()) has_plain_.emplace(relation, *plain);
  return plain.value_or(false);
}

const std::optional<TimeRange>& Catalogue::newest_article() const {
  absl::call_once(newest_once_, [this] {
    const absl::StatusOr<std::optional<TimeRange>> newest = NewestArticle(*snapshot_);
    if (newest.ok()) {
      newest_article_ = *newest;
    } else {
      const absl::MutexLock lock(&mutex_);
      status_.Update(newest.status());
    }
  });
  return newest_article_;
}

std::optional<uint32_t> Catalogue::FindRelation(TermId id) const {
  const auto it = relation_of_.find(id);
  if (it == relation_of_.end()) return std::nullopt;
  return it->second;
}

std::vector<uint32_t> Catalogue::QualifiersWith(absl::string_view preposition) const {
  std::vector<uint32_t> found;
  for (uint32_t i = 0; i < qualifiers_.size(); ++i) {
    const std::vector<std::string>& words = qualifiers_[i].prepositions;
    if (std::find(words.begin(), words.end(), preposition) != words.end()) found.push_back(i);
  }
  return found;
}

bool Catalogue::TellsOfEvents(TermId relation) const {
  const std::optional<uint32_t> found = FindRelation(relation);
  return found.has_value() && std::any_of(noun_uses_.begin(), noun_uses_.end(), [&](const NounUse& use) {
           const std::vector<uint32_t>& narrower = relations_[use.relation].narrower;
           return use.side == NounSide::kEvent && std::find(narrower.begin(), narrower.end(), *found) != narrower.end();
         });
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

bool Catalogue::AreOfEvents(const std::vector<TermId>& types) const {
  constexpr absl::string_view kEvent = "https://schema.org/Event";
  std::vector<uint32_t> events;
  for (uint32_t i = 0; i < classes_.size(); ++i) {
    if (classes_[i].iri.value() == kEvent) events.push_back(i);
  }
  return !events.empty() &&
         std::any_of(types.begin(), types.end(), [&](TermId type) { return IsKindOf(type, events); });
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
  for (const EntityNames::Near& name : names_.NearTo(key, limit)) {
    if (std::string label = names_.Label(name.entity); !label.empty())
      near.emplace_back(name.distance, std::move(label));
  }
  const Nearness nearness(key, limit);
  for (const PhraseIndex* index : {&verbs_, &nouns_, &class_names_}) {
    index->ForEachNear(
        nearness, [&](absl::string_view known, size_t distance) { near.emplace_back(distance, std::string(known)); });
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
