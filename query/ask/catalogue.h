// What a store speaks of, as people say it: the names of its entities, the verbs and nouns of its relations, its
// classes, units and levels of certainty. Nothing about any subject is in the code. All but the names is small and read
// from the graph once per commit; names, of which there may be millions, are looked up when they are asked for.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/base/call_once.h"
#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "query/ask/entity_names.h"
#include "query/ask/phrase_index.h"
#include "rdf/term.h"
#include "rdf/time_range.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// What the objects of a relation answer, beyond who and what.
enum class ObjectRole : uint8_t { kNone, kPlace, kTime, kMeans, kCause, kStatement };

struct RelationInfo {
  TermId id;
  Term iri;
  std::string label;
  ObjectRole role = ObjectRole::kNone;
  bool symmetric = false;
  bool transitive = false;
  bool functional = false;
  bool declared = false;               // A dossier:Relation, or one with verbs or nouns of its own.
  std::string measure;                 // "distance", "duration", ...; empty when the objects are no quantities.
  Term unit;                           // The IRI "" when there is none.
  std::vector<uint32_t> narrower;      // Itself, and every relation that is a sub-relation of it.
  std::vector<uint32_t> inverses;      // Relations that say the same with subject and object exchanged.
  std::vector<uint32_t> domain;        // Classes of the subjects.
  std::vector<uint32_t> range;         // Classes of the objects.
  std::set<std::string> prepositions;  // Of its verbs, before the object.
};

// Bits, since one word may be several forms ("visited" is past and participle).
enum VerbForm : uint8_t { kFormBase = 1, kFormThird = 2, kFormPast = 4, kFormParticiple = 8, kFormGerund = 16 };

// One way to say a relation: a form of a verb, and the preposition before the object ("travelled" "to").
struct VerbUse {
  uint32_t relation = 0;
  uint8_t forms = 0;
  std::string preposition;  // Folded; empty when the object follows at once.
  uint32_t verb = 0;        // Number of the verb: uses of the same verb differ in `forms` only.
};

enum class NounSide : uint8_t {
  kSubject,  // "companion": X is the companion of Y.
  kObject,   // "father", "range": Y is the father of X.
  kEvent,    // "trip": names a claim itself.
};

struct NounUse {
  uint32_t relation = 0;
  NounSide side = NounSide::kObject;
  bool plural = false;
};

struct ClassInfo {
  TermId id;
  Term iri;
  std::string label;
  std::string plural;
  std::vector<uint32_t> narrower;  // Itself, and every class below it.

  // rdfs:Resource, the types of XML Schema and the like: asks for nothing in particular.
  bool of_anything() const { return absl::StartsWith(iri.value(), "http://www.w3.org/"); }
};

struct CertaintyLevel {
  Term iri;
  std::string label;
  int64_t rank = 0;  // Higher is stronger.
};

// A property of claims that a question reaches with a preposition: dossier:where with "in", dossier:origin with "from".
struct QualifierInfo {
  TermId id;
  Term iri;
  std::string label;
  std::vector<std::string> prepositions;
};

struct UnitInfo {
  Term iri;
  std::string label;
  std::string one;  // The label after the number 1: "day".
  std::string measure;
  Term base;          // The unit in which quantities are compared; itself when it has no other.
  double factor = 1;  // How many base units one of it is.
  // Of a rate: so many of one unit for each of another ("kilometres per hour"); the IRI "" of any other unit.
  Term numerator;
  Term denominator;
};

// An adjective of measures, in one of its forms: "long" (duration, length), "longer", "shortest".
struct AdjectiveUse {
  enum class Form : uint8_t { kPositive, kComparative, kSuperlative };
  std::string word;  // The positive form.
  Form form = Form::kPositive;
  int direction = 1;                  // -1: compares the other way round ("short").
  std::vector<std::string> measures;  // Empty: fits every quantity ("large", "low").
};

class Catalogue {
 public:
  // Reads the snapshot's relations and classes, and keeps the snapshot. DataLoss and the like from the store.
  static absl::StatusOr<std::shared_ptr<const Catalogue>> Build(const std::shared_ptr<const Snapshot>& snapshot);

  explicit Catalogue(const std::shared_ptr<const Snapshot>& snapshot) : snapshot_(snapshot), names_(snapshot) {}

  // The first error that reading names and other things on demand met: asked before an answer is believed.
  absl::Status status() const;

  // The commit that this catalogue reflects.
  uint64_t commit() const { return commit_; }

  // Entities, by their names. Label and FindEntities are those of names().
  const EntityNames& names() const { return names_; }
  std::string Label(TermId entity) const { return names_.Label(entity); }
  std::vector<TermId> FindEntities(absl::string_view key) const { return names_.Find(key); }

  const std::vector<RelationInfo>& relations() const { return relations_; }
  const std::vector<VerbUse>& verb_uses() const { return verb_uses_; }
  const std::vector<NounUse>& noun_uses() const { return noun_uses_; }
  const std::vector<ClassInfo>& classes() const { return classes_; }
  // Weakest first.
  const std::vector<CertaintyLevel>& certainty_levels() const { return certainty_levels_; }
  const std::vector<QualifierInfo>& qualifiers() const { return qualifiers_; }
  // The qualifiers that a preposition names.
  std::vector<uint32_t> QualifiersWith(absl::string_view preposition) const;
  const std::vector<UnitInfo>& units() const { return units_; }
  std::optional<uint32_t> FindRelation(TermId id) const;
  std::optional<uint32_t> FindClass(TermId id) const;
  // Null when there is none.
  const CertaintyLevel* FindCertainty(const Term& iri) const;
  const UnitInfo* FindUnit(const Term& iri) const;
  // Null when the word is no adjective of a measure.
  const AdjectiveUse* FindAdjective(absl::string_view word) const;
  // Whether the instances of `type` are all instances of one of `classes`.
  bool IsKindOf(TermId type, const std::vector<uint32_t>& classes) const;
  // Whether what is of these types is an event (schema:Event).
  bool AreOfEvents(const std::vector<TermId>& types) const;

  // Forms of verbs; meanings are indices into verb_uses().
  const PhraseIndex& verbs() const { return verbs_; }
  // Nouns of relations, singular and plural; indices into noun_uses().
  const PhraseIndex& nouns() const { return nouns_; }
  // Labels and aliases of classes, singular and plural; indices into classes().
  const PhraseIndex& class_names() const { return class_names_; }
  // Words for units, singular and plural; indices into units().
  const PhraseIndex& unit_names() const { return unit_names_; }
  // Words for levels of certainty; indices into certainty_levels().
  const PhraseIndex& certainty_names() const { return certainty_names_; }

  // Relations that place one place in another (transitive, with the role place): indices.
  const std::vector<uint32_t>& containment() const { return containment_; }
  // Whether claims of the relation tell of events: it, or one above it, has an event noun.
  bool TellsOfEvents(TermId relation) const;
  // Whether some triples of a relation are asserted without a claim that states them. Found out when it is first asked.
  bool HasPlainTriples(uint32_t relation) const;
  // The day of publication of the newest article, if there is any. Found out when it is first asked.
  const std::optional<TimeRange>& newest_article() const;

  // Known phrases near a word that is not known, nearest first: names, verbs, nouns and classes.
  std::vector<std::string> Suggest(absl::string_view phrase, size_t maximum) const;

 private:
  friend class CatalogueBuilder;

  const std::shared_ptr<const Snapshot> snapshot_;
  uint64_t commit_ = 0;
  EntityNames names_;
  PhraseIndex verbs_;
  PhraseIndex nouns_;
  PhraseIndex class_names_;
  PhraseIndex certainty_names_;
  PhraseIndex unit_names_;
  std::vector<RelationInfo> relations_;
  absl::flat_hash_map<TermId, uint32_t> relation_of_;
  std::vector<VerbUse> verb_uses_;
  std::vector<NounUse> noun_uses_;
  std::vector<ClassInfo> classes_;
  absl::flat_hash_map<TermId, uint32_t> class_of_;
  std::vector<CertaintyLevel> certainty_levels_;
  std::vector<QualifierInfo> qualifiers_;
  std::vector<UnitInfo> units_;
  absl::flat_hash_map<std::string, AdjectiveUse> adjectives_;  // By each of their forms.
  std::vector<uint32_t> containment_;

  // Found out on demand.
  mutable absl::Mutex mutex_;
  mutable absl::Status status_ ABSL_GUARDED_BY(mutex_);
  mutable absl::flat_hash_map<uint32_t, bool> has_plain_ ABSL_GUARDED_BY(mutex_);
  mutable absl::once_flag newest_once_;
  mutable std::optional<TimeRange> newest_article_;
};

// Lists of relations and classes by their places.
inline void AddUnique(std::vector<uint32_t>* list, uint32_t value) {
  if (std::find(list->begin(), list->end(), value) == list->end()) list->push_back(value);
}

}  // namespace dossier::ask
