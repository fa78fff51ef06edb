// Names that are not known whole: their beginnings, other spellings, and what is near them.
#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/romanisation.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "query/ask/english.h"
#include "query/ask/entity_names.h"
#include "query/ask/graph_reader.h"
#include "query/ask/nearness.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr size_t kAllNames = 20'000;           // So many names are all compared with what is near; of more, a choice.
constexpr uint64_t kMaximumRows = 1'000'000;   // Of beginnings, that are looked at while somebody types.
constexpr uint64_t kMaximumNearRows = 20'000;  // For each beginning.
constexpr size_t kMaximumTwins = 20;
constexpr size_t kBeginningBytes = 16;  // Of a name, in a row.

void SortUnique(std::vector<TermId>* ids) {
  std::sort(ids->begin(), ids->end());
  ids->erase(std::unique(ids->begin(), ids->end()), ids->end());
}

// The least of many ids, each once: terms have ascending ids as they come into the store.
class LeastIds {
 public:
  explicit LeastIds(size_t maximum) : maximum_(maximum) {}

  void Add(TermId id) {
    if (id > greatest_) return;
    ids_.push_back(id);
    if (ids_.size() == 2 * maximum_ + 64) Shorten();
  }
  // Ascending.
  std::vector<TermId> Take() {
    Shorten();
    return std::move(ids_);
  }

 private:
  void Shorten() {
    SortUnique(&ids_);
    if (ids_.size() < maximum_ || maximum_ == 0) return;
    ids_.resize(maximum_);
    greatest_ = ids_.back();
  }

  const size_t maximum_;
  std::vector<TermId> ids_;
  TermId greatest_ = TermId::FromBits(~uint64_t{0});  // No greater one is among the least.
};

// Whether a name may be typed from one of its words on as `prefix`.
bool Begins(absl::string_view name, absl::string_view prefix) {
  const std::vector<size_t> beginnings = NameBeginnings(name);
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](size_t begin) { return absl::StartsWith(name.substr(begin), prefix); });
}

// How a word may begin when one of its first letters is wrong, missing, added or swapped with the next.
std::vector<std::string> BeginningsLike(absl::string_view word) {
  constexpr size_t kLetters = 3;
  if (word.size() <= kLetters) return {std::string(word)};
  return {std::string(word.substr(0, kLetters)),
          std::string(word.substr(1, kLetters)),
          absl::StrCat(word.substr(0, 1), word.substr(2, 2)),
          absl::StrCat(word.substr(1, 1), word.substr(0, 1), word.substr(2, 1)),
          absl::StrCat(word.substr(0, 1), word.substr(2, 1), word.substr(1, 1)),
          std::string(word.substr(0, 2))};
}

}  // namespace

// Of each kind of term its own share, so that many of one do not hide the others.
absl::StatusOr<std::vector<TermId>> EntityNames::TermsBeginningWith(absl::string_view prefix, size_t maximum) const {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->ScanNames(BeginningScan(prefix)));
  std::array<LeastIds, 3> kinds = {LeastIds(maximum / 2), LeastIds(maximum), LeastIds(maximum / 2)};
  RowBlock block;
  for (uint64_t rows = 0; rows < kMaximumRows; rows += block.rows) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) break;
    for (size_t row = 0; row < block.rows; ++row) {
      const TermId id = block.columns[2][row];
      kinds[id.tag() == TermTag::kIri ? 0 : id.tag() == TermTag::kLiteral ? 1 : 2].Add(id);
    }
  }
  std::vector<TermId> all;
  for (LeastIds& kind : kinds) {
    const std::vector<TermId> ids = kind.Take();
    all.insert(all.end(), ids.begin(), ids.end());
  }
  if (prefix.size() <= kBeginningBytes || all.empty()) return all;
  std::vector<Term> terms;
  DOSSIER_RETURN_IF_ERROR(snapshot_->GetTerms(all, &terms));
  size_t kept = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    if (Begins(NameKey(terms[i]), prefix)) all[kept++] = all[i];
  }
  all.resize(kept);
  return all;
}

// The first things that have a label and, where there are few, the first that have none.
absl::StatusOr<std::vector<TermId>> EntityNames::FirstEntities(size_t maximum) const {
  std::vector<TermId> found;
  RowBlock block;
  for (const TermId predicate : labels_) {
    ScanSpec spec;
    spec.permutation = Permutation::kPso;
    spec.prefix = {predicate};
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
    while (found.size() < maximum) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) break;
      for (size_t row = 0; row < block.rows && found.size() < maximum; ++row) {
        const TermId thing = block.columns[1][row];
        if (!excluded_.contains(thing)) found.push_back(thing);
      }
    }
  }
  for (const Permutation permutation : {Permutation::kSpo, Permutation::kOsp}) {
    ScanSpec spec;
    spec.permutation = permutation;
    spec.lower = TermId(TermTag::kIri, 0);
    spec.upper = TermId(TermTag::kIri, ~uint64_t{0} >> 8U);
    spec.wanted_columns = 1;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
    for (size_t looked_at = 0; looked_at < maximum && found.size() < maximum; ++looked_at) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) break;
      const TermId thing = block.columns[0][0];
      DOSSIER_ASSIGN_OR_RETURN(const bool entity, IsUnlabelledEntity(thing));
      if (entity) found.push_back(thing);
      DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({TermId::FromBits(thing.bits() + 1)}));
    }
  }
  SortUnique(&found);
  return found;
}

std::vector<TermId> EntityNames::BeginningWith(absl::string_view prefix, size_t maximum) const {
  const auto read = [&]() -> absl::StatusOr<std::vector<TermId>> {
    if (prefix.empty()) return FirstEntities(maximum);
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> names, TermsBeginningWith(prefix, maximum));
    DOSSIER_ASSIGN_OR_RETURN(const Pairs pairs, EntitiesOf(names, kMaximumTwins));
    std::vector<TermId> entities;
    for (const auto& [name, entity] : pairs) entities.push_back(entity);
    SortUnique(&entities);
    return entities;
  };
  absl::StatusOr<std::vector<TermId>> entities = read();
  Note(entities.status());
  return std::move(entities).value_or(std::vector<TermId>());
}

std::vector<std::string> EntityNames::Identifiers(absl::string_view prefix, size_t maximum) const {
  if (identifier_.is_undefined()) return {};
  const auto read = [&]() -> absl::StatusOr<std::vector<std::string>> {
    constexpr size_t kLookedAt = 1000;
    std::vector<TermId> ids;
    if (!prefix.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(ids, TermsBeginningWith(prefix, kLookedAt));
    } else {
      ScanSpec spec;
      spec.permutation = Permutation::kPos;
      spec.prefix = {identifier_};
      spec.wanted_columns = 0b10;
      DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
      RowBlock block;
      while (ids.size() < kLookedAt) {
        DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
        if (!more) break;
        ids.insert(ids.end(), block.columns[1], block.columns[1] + block.rows);
      }
      SortUnique(&ids);
    }
    std::vector<Term> terms;
    DOSSIER_RETURN_IF_ERROR(snapshot_->GetTerms(ids, &terms));
    std::vector<std::pair<std::string, TermId>> keyed;
    for (size_t i = 0; i < ids.size(); ++i) {
      std::string key = NameKey(terms[i]);
      if (!key.empty() && absl::StartsWith(key, prefix)) keyed.emplace_back(std::move(key), ids[i]);
    }
    std::sort(keyed.begin(), keyed.end());
    std::vector<std::string> found;
    for (auto& [key, id] : keyed) {
      if (found.size() == maximum) break;
      if (!found.empty() && found.back() == key) continue;
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> articles, ArticlesOf(id));
      if (!articles.empty()) found.push_back(std::move(key));
    }
    return found;
  };
  absl::StatusOr<std::vector<std::string>> found = read();
  Note(found.status());
  return std::move(found).value_or(std::vector<std::string>());
}

std::vector<EntityNames::Named> EntityNames::Respellings(absl::string_view key) const {
  const auto read = [&]() -> absl::StatusOr<std::vector<Named>> {
    std::vector<Named> found;
    const std::string spelling = RomanisationKey(key);
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> names, Terms(RespellingHash(spelling), ""));
    for (const TermId name : names) {
      DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot_->GetTerm(name));
      std::string other = NameKey(term);
      if (other == key || RomanisationKey(other) != spelling) continue;
      DOSSIER_ASSIGN_OR_RETURN(const Pairs pairs, EntitiesOf({&name, 1}, kMaximumTwins));
      for (const auto& [text, entity] : pairs) {
        const bool repeated = std::any_of(found.begin(), found.end(),
                                          [&, thing = entity](const Named& named) { return named.entity == thing; });
        if (!repeated) found.push_back({other, entity});
      }
    }
    return found;
  };
  absl::StatusOr<std::vector<Named>> found = read();
  Note(found.status());
  return std::move(found).value_or(std::vector<Named>());
}

std::vector<EntityNames::Named> EntityNames::Continuations(absl::string_view key) const {
  constexpr size_t kMaximum = 64;  // Of more the words are no name.
  std::vector<Named> found;
  const std::string begin = absl::StrCat(key, " ");
  const std::vector<TermId> entities = BeginningWith(begin, kMaximum);
  if (entities.size() >= kMaximum) return found;
  const std::vector<std::string> words = absl::StrSplit(key, ' ', absl::SkipEmpty());
  for (const TermId entity : entities) {
    const std::shared_ptr<const StemsOfNames> names = NameStems(entity);
    const bool begins = std::any_of(names->begin(), names->end(), [&](const std::vector<std::string>& stems) {
      return stems.size() > words.size() &&
             std::equal(words.begin(), words.end(), stems.begin(),
                        [](const std::string& word, const std::string& stem) { return StemOf(word) == stem; });
    });
    if (begins) found.push_back({PhraseKey(Label(entity)), entity});
  }
  return found;
}

// The terms that may be near: `all`, where there are few.
absl::StatusOr<std::vector<TermId>> EntityNames::TermsNear(absl::string_view key, size_t limit, bool* all) const {
  std::vector<TermId> ids;
  RowBlock block;
  {
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->ScanNames(AllNamesScan()));
    bool more = true;
    while (more && ids.size() <= kAllNames) {
      DOSSIER_ASSIGN_OR_RETURN(more, cursor->Next(&block));
      if (more) ids.insert(ids.end(), block.columns[1], block.columns[1] + block.rows);
    }
    *all = !more;
    if (*all) {
      SortUnique(&ids);
      return ids;
    }
    ids.clear();
  }
  for (const size_t begin : NameBeginnings(key)) {
    const absl::string_view rest = key.substr(begin);
    const absl::string_view wanted = rest.substr(0, kBeginningBytes);
    for (const std::string& prefix : BeginningsLike(rest.substr(0, rest.find(' ')))) {
      DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->ScanNames(BeginningScan(prefix)));
      uint64_t rows = 0;
      while (rows < kMaximumNearRows) {
        DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
        if (!more) break;
        rows += block.rows;
        for (size_t row = 0; row < block.rows; ++row) {
          const std::string known = BeginningOf(block.columns[0][row], block.columns[1][row]);
          // What is cut off at the same length may have become more different by as many letters.
          const size_t allowed = known.size() < kBeginningBytes ? limit : 2 * limit;
          if (absl::StartsWith(known, wanted) || EditDistance(wanted, known, allowed) <= allowed) {
            ids.push_back(block.columns[2][row]);
          }
        }
      }
    }
  }
  SortUnique(&ids);
  return ids;
}

// All names of a small store are folded once: a sentence with an unknown word asks for what is near a dozen times.
absl::StatusOr<std::shared_ptr<const EntityNames::KeyedNames>> EntityNames::NamesNear(absl::string_view key,
                                                                                      size_t limit) const {
  {
    const absl::MutexLock lock(&mutex_);
    if (all_names_ != nullptr) return all_names_;
  }
  bool all = false;
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> ids, TermsNear(key, limit, &all));
  std::vector<Term> terms;
  DOSSIER_RETURN_IF_ERROR(snapshot_->GetTerms(ids, &terms));
  const auto names = std::make_shared<KeyedNames>();
  names->reserve(ids.size());
  const auto add = [&](TermId id, bool of_article, std::string key) {
    const LetterSet letters(key);
    names->push_back({id, of_article, std::move(key), letters});
  };
  for (size_t i = 0; i < ids.size(); ++i) {
    std::string name = NameKey(terms[i]);
    if (terms[i].is_literal() && !identifier_.is_undefined()) add(ids[i], true, absl::StrCat("article ", name));
    add(ids[i], false, std::move(name));
  }
  if (all) {
    const absl::MutexLock lock(&mutex_);
    all_names_ = names;
  }
  return names;
}

std::shared_ptr<const EntityNames::StemsOfNames> EntityNames::NameStems(TermId thing) const {
  {
    const absl::MutexLock lock(&mutex_);
    if (const auto it = known_stems_.find(thing); it != known_stems_.end()) return it->second;
  }
  std::vector<std::string> names = {Label(thing)};
  GraphReader graph(*snapshot_);
  absl::StatusOr<std::vector<std::string>> aliases = graph.Texts(thing, skos::kAltLabel);
  Note(aliases.status());
  if (aliases.ok()) names.insert(names.end(), aliases->begin(), aliases->end());
  auto stems = std::make_shared<StemsOfNames>();
  for (const std::string& name : names) {
    const std::string key = PhraseKey(name);
    std::vector<std::string>& words = stems->emplace_back();
    for (const absl::string_view word : absl::StrSplit(key, ' ')) words.push_back(StemOf(word));
  }
  const absl::MutexLock lock(&mutex_);
  return known_stems_.emplace(thing, std::move(stems)).first->second;
}

std::vector<EntityNames::Near> EntityNames::NearTo(absl::string_view key, size_t limit) const {
  const auto read = [&]() -> absl::StatusOr<std::vector<Near>> {
    DOSSIER_ASSIGN_OR_RETURN(const std::shared_ptr<const KeyedNames> names, NamesNear(key, limit));
    const Nearness nearness(key, limit);
    std::vector<Near> near;
    for (const Keyed& known : *names) {
      const size_t distance = nearness.DistanceOf(known.key, known.letters);
      if (distance > limit) continue;
      if (known.of_article) {
        DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> articles, ArticlesOf(known.id));
        for (const TermId article : articles) near.push_back({distance, article});
      } else {
        DOSSIER_ASSIGN_OR_RETURN(const Pairs pairs, EntitiesOf({&known.id, 1}, kMaximumTwins));
        for (const auto& [name, entity] : pairs) near.push_back({distance, entity});
      }
    }
    return near;
  };
  absl::StatusOr<std::vector<Near>> near = read();
  Note(near.status());
  return std::move(near).value_or(std::vector<Near>());
}

}  // namespace dossier::ask
