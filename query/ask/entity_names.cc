#include "query/ask/entity_names.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/romanisation.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "rdf/local_name.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumKnown = 50'000;  // Of what was found; more is forgotten.

constexpr absl::string_view kFoafName = "http://xmlns.com/foaf/0.1/name";
constexpr absl::string_view kDctermsTitle = "http://purl.org/dc/terms/title";

// The label that answers show is the first of these that an entity has; all of them, and the aliases, are names.
constexpr std::array<absl::string_view, 6> kLabelPredicates = {rdfs::kLabel, skos::kPrefLabel,  schema::kName,
                                                               kFoafName,    schema::kHeadline, kDctermsTitle};
constexpr std::array<absl::string_view, 3> kAliasPredicates = {skos::kAltLabel, schema::kAlternateName,
                                                               vocab::kPrimaryName};
constexpr absl::string_view kArticleWord = "article ";

// Forgets everything before it becomes too much.
template <class Map>
void Keep(typename Map::key_type key, typename Map::mapped_type value, Map* known) {
  if (known->size() >= kMaximumKnown) known->clear();
  known->insert_or_assign(std::move(key), std::move(value));
}

}  // namespace

EntityNames::EntityNames(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {
  const auto find = [&](absl::string_view iri) {
    const absl::StatusOr<std::optional<TermId>> id = snapshot_->FindTerm(Term::Iri(std::string(iri)));
    Note(id.status());
    return id.ok() ? id->value_or(TermId()) : TermId();
  };
  const auto& counts = snapshot_->statistics().quads.predicates;
  const auto find_used = [&](absl::string_view iri) {
    const TermId id = find(iri);
    const auto it = counts.find(id);
    return it == counts.end() || it->second.rows == 0 ? TermId() : id;
  };
  const auto add = [&](absl::string_view iri, std::vector<TermId>* predicates) {
    if (const TermId id = find_used(iri); !id.is_undefined()) predicates->push_back(id);
  };
  for (const absl::string_view iri : kLabelPredicates) add(iri, &labels_);
  for (const absl::string_view iri : kAliasPredicates) add(iri, &aliases_);
  for (const absl::string_view iri : {prov::kWasDerivedFrom, vocab::kCertainty}) add(iri, &of_claims_);
  primary_name_ = find_used(vocab::kPrimaryName);
  identifier_ = find_used(schema::kIdentifier);
  type_ = find_used(rdf::kType);
  article_ = find(schema::kArticle);
}

void EntityNames::Note(const absl::Status& status) const {
  if (status.ok()) return;
  const absl::MutexLock lock(&mutex_);
  status_.Update(status);
}

absl::Status EntityNames::status() const {
  const absl::MutexLock lock(&mutex_);
  return status_;
}

absl::StatusOr<bool> EntityNames::HasRow(Permutation permutation, std::vector<TermId> prefix) const {
  ScanSpec spec;
  spec.permutation = permutation;
  spec.prefix = std::move(prefix);
  spec.wanted_columns = 1;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
  RowBlock block;
  return cursor->Next(&block);
}

absl::StatusOr<bool> EntityNames::IsClaim(TermId thing) const {
  for (const TermId predicate : of_claims_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool has, HasRow(Permutation::kSpo, {thing, predicate}));
    if (has) return true;
  }
  return false;
}

absl::StatusOr<bool> EntityNames::IsUnlabelledEntity(TermId iri) const {
  if (iri.tag() != TermTag::kIri || excluded_.contains(iri)) return false;
  for (const TermId predicate : labels_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool has, HasRow(Permutation::kSpo, {iri, predicate}));
    if (has) return false;
  }
  DOSSIER_ASSIGN_OR_RETURN(const bool claim, IsClaim(iri));
  if (claim) return false;
  DOSSIER_ASSIGN_OR_RETURN(const bool subject, HasRow(Permutation::kSpo, {iri}));
  return subject ? true : HasRow(Permutation::kOsp, {iri});
}

absl::StatusOr<bool> EntityNames::IsEntity(TermId thing) const {
  if (excluded_.contains(thing)) return false;
  for (const TermId predicate : labels_) {
    DOSSIER_ASSIGN_OR_RETURN(const bool has, HasRow(Permutation::kSpo, {thing, predicate}));
    if (has) return true;
  }
  return IsUnlabelledEntity(thing);
}

absl::StatusOr<std::string> EntityNames::ReadLabel(TermId thing) const {
  for (const TermId predicate : labels_) {
    ScanSpec spec;
    spec.prefix = {thing, predicate};
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
    std::pair<bool, std::string> best;
    bool any = false;
    RowBlock block;
    while (true) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) break;
      for (size_t row = 0; row < block.rows; ++row) {
        DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot_->GetTerm(block.columns[2][row]));
        if (!term.is_literal()) continue;
        const bool foreign = !term.language().empty() && !absl::StartsWith(term.language(), "en");
        std::pair<bool, std::string> label(foreign, term.value());
        if (!any || label < best) best = std::move(label);
        any = true;
      }
    }
    if (any) return best.second;
  }
  if (thing.tag() != TermTag::kIri) return std::string();
  DOSSIER_ASSIGN_OR_RETURN(const bool claim, IsClaim(thing));
  if (claim) return std::string();
  DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot_->GetTerm(thing));
  return LocalName(term);
}

absl::Status EntityNames::Prefetch(std::vector<TermId> things) const {
  std::sort(things.begin(), things.end());
  things.erase(std::unique(things.begin(), things.end()), things.end());
  {
    const absl::MutexLock lock(&mutex_);
    const auto known = [&](TermId id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return (id.tag() != TermTag::kIri && id.tag() != TermTag::kBlankNode) || known_labels_.contains(id);
    };
    things.erase(std::remove_if(things.begin(), things.end(), known), things.end());
  }
  for (const TermId predicate : labels_) {
    if (things.empty()) break;
    ScanSpec spec;
    spec.wanted_columns = 0b111;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
    std::vector<TermId> labelled;
    std::vector<TermId> texts;
    std::vector<TermId> rest;
    RowBlock block;
    for (const TermId thing : things) {
      DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({thing, predicate}));
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      const auto has = [&](size_t row) { return block.columns[0][row] == thing && block.columns[1][row] == predicate; };
      // Of several labels one has to be chosen: that is left to Label.
      const bool one = more && has(0) && block.rows > 1 && !has(1);
      if (one) {
        labelled.push_back(thing);
        texts.push_back(block.columns[2][0]);
      } else if (!more || !has(0)) {
        rest.push_back(thing);
      }
    }
    std::vector<Term> terms;
    DOSSIER_RETURN_IF_ERROR(snapshot_->GetTerms(texts, &terms));
    const absl::MutexLock lock(&mutex_);
    for (size_t i = 0; i < labelled.size(); ++i) {
      if (terms[i].is_literal()) Keep(labelled[i], terms[i].value(), &known_labels_);
    }
    things = std::move(rest);
  }
  return absl::OkStatus();
}

std::string EntityNames::Label(TermId thing) const {
  // Neither undefined ids nor literals are called anything.
  if (thing.tag() != TermTag::kIri && thing.tag() != TermTag::kBlankNode) return "";
  {
    const absl::MutexLock lock(&mutex_);
    if (const auto it = known_labels_.find(thing); it != known_labels_.end()) return it->second;
  }
  absl::StatusOr<std::string> label = ReadLabel(thing);
  Note(label.status());
  if (!label.ok()) return "";
  const absl::MutexLock lock(&mutex_);
  Keep(thing, *label, &known_labels_);
  return *std::move(label);
}

// The subjects that have one of the names by one predicate, at most `each` of a name; as pairs (name, subject).
absl::Status EntityNames::AddSubjects(TermId predicate, bool alias, absl::Span<const TermId> names, size_t each,
                                      Pairs* found) const {
  ScanSpec spec;
  spec.permutation = Permutation::kPos;
  spec.prefix = {predicate};
  spec.wanted_columns = 0b110;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
  RowBlock block;
  for (const TermId name : names) {
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({predicate, name}));
    std::vector<TermId> subjects;
    bool more = true;
    while (more && subjects.size() < each) {
      DOSSIER_ASSIGN_OR_RETURN(more, cursor->Next(&block));
      for (size_t row = 0; more && row < block.rows && subjects.size() < each; ++row) {
        more = block.columns[1][row] == name;
        if (more && !excluded_.contains(block.columns[2][row])) subjects.push_back(block.columns[2][row]);
      }
    }
    for (const TermId subject : subjects) {
      // An alias alone is no name: the thing must have a label that answers can show.
      DOSSIER_ASSIGN_OR_RETURN(const bool named, alias ? IsEntity(subject) : absl::StatusOr<bool>(true));
      if (named) found->emplace_back(name, subject);
    }
  }
  return absl::OkStatus();
}

// The entities that the terms `names` (ascending) are names of, as pairs (name, entity).
absl::StatusOr<EntityNames::Pairs> EntityNames::EntitiesOf(absl::Span<const TermId> names, size_t each) const {
  Pairs found;
  const auto texts =
      std::partition_point(names.begin(), names.end(), [](TermId id) { return id < TermId(TermTag::kLiteral, 0); });
  for (auto iri = names.begin(); iri != texts; ++iri) {
    DOSSIER_ASSIGN_OR_RETURN(const bool entity, IsUnlabelledEntity(*iri));
    if (entity) found.emplace_back(*iri, *iri);
  }
  const absl::Span<const TermId> literals(names.data() + (texts - names.begin()), names.end() - texts);
  if (literals.empty()) return found;
  for (const TermId predicate : labels_) {
    DOSSIER_RETURN_IF_ERROR(AddSubjects(predicate, /*alias=*/false, literals, each, &found));
  }
  for (const TermId predicate : aliases_) {
    DOSSIER_RETURN_IF_ERROR(AddSubjects(predicate, /*alias=*/true, literals, each, &found));
  }
  return found;
}

// The terms whose name has the hash and, when `key` is not empty, is the key; ascending.
absl::StatusOr<std::vector<TermId>> EntityNames::Terms(TermId hash, absl::string_view key) const {
  NameScan scan;
  scan.prefix = {hash};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->ScanNames(scan));
  std::vector<TermId> ids;
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) break;
    ids.insert(ids.end(), block.columns[1], block.columns[1] + block.rows);
  }
  if (key.empty() || ids.empty()) return ids;
  std::vector<Term> terms;
  DOSSIER_RETURN_IF_ERROR(snapshot_->GetTerms(ids, &terms));
  size_t kept = 0;
  for (size_t i = 0; i < ids.size(); ++i) {
    if (NameKey(terms[i]) == key) ids[kept++] = ids[i];
  }
  ids.resize(kept);
  return ids;
}

absl::StatusOr<std::vector<TermId>> EntityNames::ArticlesOf(TermId identifier) const {
  std::vector<TermId> articles;
  if (identifier_.is_undefined() || article_.is_undefined()) return articles;
  ScanSpec spec;
  spec.permutation = Permutation::kPos;
  spec.prefix = {identifier_, identifier};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return articles;
    for (size_t row = 0; row < block.rows; ++row) {
      const TermId subject = block.columns[2][row];
      DOSSIER_ASSIGN_OR_RETURN(const bool article, HasRow(Permutation::kSpo, {subject, type_, article_}));
      DOSSIER_ASSIGN_OR_RETURN(const bool named, article ? IsEntity(subject) : absl::StatusOr<bool>(false));
      if (named) articles.push_back(subject);
    }
  }
}

absl::StatusOr<std::vector<TermId>> EntityNames::ReadEntities(absl::string_view key) const {
  constexpr size_t kMaximumTwins = 1000;  // Things of one and the same name.
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> names, Terms(NameHash(key), key));
  DOSSIER_ASSIGN_OR_RETURN(const Pairs pairs, EntitiesOf(names, kMaximumTwins));
  std::vector<TermId> entities;
  for (const auto& [name, entity] : pairs) entities.push_back(entity);
  if (absl::StartsWith(key, kArticleWord)) {
    const absl::string_view identifier = key.substr(kArticleWord.size());
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> texts, Terms(NameHash(identifier), identifier));
    for (const TermId text : texts) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> articles, ArticlesOf(text));
      entities.insert(entities.end(), articles.begin(), articles.end());
    }
  }
  std::sort(entities.begin(), entities.end());
  entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
  return entities;
}

std::vector<TermId> EntityNames::Find(absl::string_view key) const {
  if (key.empty()) return {};
  {
    const absl::MutexLock lock(&mutex_);
    if (const auto it = known_entities_.find(key); it != known_entities_.end()) return it->second;
  }
  absl::StatusOr<std::vector<TermId>> entities = ReadEntities(key);
  Note(entities.status());
  if (!entities.ok()) return {};
  const absl::MutexLock lock(&mutex_);
  Keep(std::string(key), *entities, &known_entities_);
  return *std::move(entities);
}

bool EntityNames::HasLonger(absl::string_view key) const {
  if (!identifier_.is_undefined() && (key == "article" || absl::StartsWith(key, kArticleWord))) return true;
  {
    const absl::MutexLock lock(&mutex_);
    if (const auto it = known_longer_.find(key); it != known_longer_.end()) return it->second;
  }
  const auto read = [&]() -> absl::StatusOr<bool> {
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor,
                             snapshot_->ScanNames(BeginningScan(absl::StrCat(key, " "))));
    RowBlock block;
    return cursor->Next(&block);
  };
  const absl::StatusOr<bool> longer = read();
  Note(longer.status());
  const absl::MutexLock lock(&mutex_);
  if (longer.ok()) Keep(std::string(key), *longer, &known_longer_);
  return longer.value_or(false);
}

std::optional<TermId> EntityNames::PrimaryOf(absl::string_view key) const {
  if (primary_name_.is_undefined() || key.empty()) return std::nullopt;
  const auto read = [&]() -> absl::StatusOr<std::optional<TermId>> {
    std::optional<TermId> first;
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> names, Terms(NameHash(key), key));
    for (const TermId name : names) {
      ScanSpec spec;
      spec.permutation = Permutation::kPos;
      spec.prefix = {primary_name_, name};
      DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_->Scan(spec));
      RowBlock block;
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (more && (!first.has_value() || block.columns[2][0] < *first)) first = block.columns[2][0];
    }
    return first;
  };
  const absl::StatusOr<std::optional<TermId>> primary = read();
  Note(primary.status());
  return primary.value_or(std::nullopt);
}

}  // namespace dossier::ask
