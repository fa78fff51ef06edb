#include "query/ask/bind_names.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// How much the store has to say about an entity.
absl::StatusOr<uint64_t> Prominence(const Snapshot& snapshot, TermId entity) {
  uint64_t rows = 0;
  for (const Permutation permutation :
       {Permutation::kClaimSpo, Permutation::kClaimOsp, Permutation::kSpo, Permutation::kOsp}) {
    ScanSpec spec;
    spec.permutation = permutation;
    spec.prefix = {entity};
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t count, snapshot.CountRows(spec, true));
    // A claim counts for more than what is only written beside it.
    const bool claims = permutation == Permutation::kClaimSpo || permutation == Permutation::kClaimOsp;
    rows += claims ? 1000 * count : count;
  }
  return rows;
}

// Judges whether entities are of the kinds that relations speak of.
class FitJudge {
 public:
  FitJudge(const Catalogue& catalogue, const Snapshot& snapshot) : catalogue_(catalogue), graph_(snapshot) {}

  absl::StatusOr<bool> Fits(TermId entity, const RelationUse& use, bool as_subject) {
    const RelationInfo& info = catalogue_.relations()[use.relation];
    const std::vector<uint32_t>& classes = as_subject != use.inverted ? info.domain : info.range;
    const bool any = classes.empty() || std::any_of(classes.begin(), classes.end(), [&](uint32_t kind) {
                       return catalogue_.classes()[kind].of_anything();
                     });
    if (any) return true;
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId>* types, TypesOf(entity));
    // Of what has no type at all nothing can be said.
    return types->empty() ||
           std::any_of(types->begin(), types->end(), [&](TermId type) { return catalogue_.IsKindOf(type, classes); });
  }

  // Whether one of the fact's relations takes the entity on this side.
  absl::StatusOr<bool> FitsAny(TermId entity, const Fact& fact, bool as_subject) {
    if (fact.relations.empty()) return true;
    for (const RelationUse& use : fact.relations) {
      DOSSIER_ASSIGN_OR_RETURN(const bool fits, Fits(entity, use, as_subject));
      if (fits) return true;
    }
    return false;
  }

  // Whether the entity fits everywhere where the participant stands.
  absl::StatusOr<bool> FitsAll(TermId entity, const Meaning& meaning, int participant) {
    for (const Fact& fact : meaning.facts) {
      for (const bool as_subject : {true, false}) {
        if ((as_subject ? fact.subject : fact.object) != participant) continue;
        DOSSIER_ASSIGN_OR_RETURN(const bool fits, FitsAny(entity, fact, as_subject));
        if (!fits) return false;
      }
      for (const QualifierLimit& limit : fact.qualifiers) {
        if (limit.participant != participant) continue;
        DOSSIER_ASSIGN_OR_RETURN(const bool fits, FitsQualifier(entity, limit));
        if (!fits) return false;
      }
    }
    return true;
  }

  // Whether any claim says one of the relations of `fact` of the entity.
  absl::StatusOr<bool> IsToldIn(TermId entity, const Fact& fact, bool as_subject) {
    for (const RelationUse& use : fact.relations) {
      const bool subject = as_subject != use.inverted;
      const TermId relation = catalogue_.relations()[use.relation].id;
      ScanSpec spec;
      spec.permutation = subject ? Permutation::kClaimSpo : Permutation::kClaimPos;
      spec.prefix = subject ? std::vector<TermId>{entity, relation} : std::vector<TermId>{relation, entity};
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, graph_.snapshot().CountRows(spec, true));
      if (rows > 0) return true;
    }
    return false;
  }

  // Whether claims tell of the entity wherever the participant stands.
  absl::StatusOr<bool> IsTold(TermId entity, const Meaning& meaning, int participant) {
    for (const Fact& fact : meaning.facts) {
      for (const bool as_subject : {true, false}) {
        if ((as_subject ? fact.subject : fact.object) != participant || fact.relations.empty()) continue;
        DOSSIER_ASSIGN_OR_RETURN(const bool told, IsToldIn(entity, fact, as_subject));
        if (!told) return false;
      }
      for (const QualifierLimit& limit : fact.qualifiers) {
        if (limit.participant != participant) continue;
        DOSSIER_ASSIGN_OR_RETURN(const bool told, IsValueOf(entity, limit));
        if (!told) return false;
      }
    }
    return true;
  }

  // Whether any claim has the entity for the value of one of the qualifiers.
  absl::StatusOr<bool> IsValueOf(TermId entity, const QualifierLimit& limit) {
    for (const uint32_t qualifier : limit.qualifiers) {
      ScanSpec spec;
      spec.permutation = Permutation::kPos;
      spec.prefix = {catalogue_.qualifiers()[qualifier].id, entity};
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, graph_.snapshot().CountRows(spec, true));
      if (rows > 0) return true;
    }
    return limit.qualifiers.empty();
  }

  // Whether one of the qualifiers takes the entity for its value.
  absl::StatusOr<bool> FitsQualifier(TermId entity, const QualifierLimit& limit) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, graph_.Objects(entity, rdf::kType));
    for (const uint32_t qualifier : limit.qualifiers) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> range,
                               graph_.Objects(catalogue_.qualifiers()[qualifier].id, rdfs::kRange));
      std::vector<uint32_t> classes;
      for (const TermId kind : range) {
        if (const std::optional<uint32_t> known = catalogue_.FindClass(kind)) classes.push_back(*known);
      }
      const bool any = classes.empty() || types.empty() || std::any_of(classes.begin(), classes.end(), [&](uint32_t k) {
                         return catalogue_.classes()[k].of_anything();
                       });
      if (any ||
          std::any_of(types.begin(), types.end(), [&](TermId type) { return catalogue_.IsKindOf(type, classes); })) {
        return true;
      }
    }
    return limit.qualifiers.empty();
  }

  absl::StatusOr<bool> IsEvent(TermId entity) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId>* types, TypesOf(entity));
    return catalogue_.AreOfEvents(*types);
  }

  absl::StatusOr<bool> IsPlace(TermId entity) {
    if (catalogue_.containment().empty()) return false;
    const std::vector<uint32_t>& places = catalogue_.relations()[catalogue_.containment().front()].range;
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId>* types, TypesOf(entity));
    return std::any_of(types->begin(), types->end(), [&](TermId type) { return catalogue_.IsKindOf(type, places); });
  }

  // Whether a fact tells that something is or happens at the participant, or goes to it; or a qualifier does.
  bool IsWhere(const Meaning& meaning, int participant) const {
    return std::any_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
      const bool where = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
        return catalogue_.relations()[use.relation].role == ObjectRole::kPlace;
      });
      const auto at = [&](const QualifierLimit& limit) {
        return limit.participant == participant &&
               std::all_of(limit.qualifiers.begin(), limit.qualifiers.end(), [&](uint32_t qualifier) {
                 const std::string& iri = catalogue_.qualifiers()[qualifier].iri.value();
                 return iri == vocab::kWhere || iri == absl::StrCat(vocab::kPrefix, "origin") ||
                        iri == absl::StrCat(vocab::kPrefix, "destination");
               });
      };
      return (where && fact.object == participant) || std::any_of(fact.qualifiers.begin(), fact.qualifiers.end(), at);
    });
  }

  GraphReader& graph() { return graph_; }

 private:
  // The reference lives until the next call.
  absl::StatusOr<const std::vector<TermId>*> TypesOf(TermId entity) {
    auto it = types_.find(entity);
    if (it == types_.end()) {
      DOSSIER_ASSIGN_OR_RETURN(std::vector<TermId> types, graph_.Objects(entity, rdf::kType));
      it = types_.emplace(entity, std::move(types)).first;
    }
    return &it->second;
  }

  const Catalogue& catalogue_;
  GraphReader graph_;
  absl::flat_hash_map<TermId, std::vector<TermId>> types_;
};

absl::Status ChooseName(const Catalogue& catalogue, const Meaning& meaning, int index, FitJudge* judge,
                        Participant* participant) {
  if (participant->candidates.empty()) return absl::OkStatus();
  std::vector<std::pair<uint64_t, TermId>> ranked;
  const std::optional<TermId> primary = catalogue.names().PrimaryOf(PhraseKey(participant->words));
  for (const TermId candidate : participant->candidates) {
    uint64_t rank = 0;
    if (participant->candidates.size() > 1) {
      DOSSIER_ASSIGN_OR_RETURN(rank, Prominence(judge->graph().snapshot(), candidate));
      DOSSIER_ASSIGN_OR_RETURN(const bool fits, judge->FitsAll(candidate, meaning, index));
      // "The talks" are first of all those that did what is said of them; "Kim" is first of all the one of that name.
      // So is a city, where nobody goes there or comes from there: "Moscow" may be a government.
      DOSSIER_ASSIGN_OR_RETURN(bool by_facts, judge->IsEvent(candidate));
      DOSSIER_ASSIGN_OR_RETURN(const bool place, judge->IsPlace(candidate));
      by_facts |= place && !judge->IsWhere(meaning, index);
      if (primary == candidate) rank += uint64_t{1} << (by_facts ? 60U : 61U);
      if (fits) rank += uint64_t{1} << 62U;
      DOSSIER_ASSIGN_OR_RETURN(const bool told, judge->IsTold(candidate, meaning, index));
      if (told) rank += uint64_t{1} << (by_facts ? 61U : 60U);
    }
    ranked.emplace_back(rank, candidate);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  DOSSIER_ASSIGN_OR_RETURN(participant->chosen, judge->graph().snapshot().GetTerm(ranked.front().second));
  if (participant->all_candidates) return absl::OkStatus();
  participant->candidates = {ranked.front().second};
  for (size_t i = 1; i < ranked.size(); ++i) participant->others.push_back(ranked[i].second);
  return absl::OkStatus();
}

// A verb of several relations means those that take the names around it, when there are any.
absl::Status KeepFittingRelations(const Meaning& meaning, FitJudge* judge, Fact* fact) {
  std::vector<RelationUse> fitting;
  for (const RelationUse& use : fact->relations) {
    bool fits = true;
    for (const bool as_subject : {true, false}) {
      const Participant& participant = meaning.participants[as_subject ? fact->subject : fact->object];
      if (participant.candidates.empty()) continue;
      DOSSIER_ASSIGN_OR_RETURN(const bool side, judge->Fits(participant.candidates.front(), use, as_subject));
      fits &= side;
    }
    if (fits) fitting.push_back(use);
  }
  if (!fitting.empty()) fact->relations = std::move(fitting);
  return absl::OkStatus();
}

// A known place holds others when the store says so; one that is sought may, when places are what is sought.
absl::Status MarkPlace(const Catalogue& catalogue, GraphReader* graph, Participant* participant) {
  for (const uint32_t relation : catalogue.containment()) {
    const RelationInfo& info = catalogue.relations()[relation];
    if (!participant->candidates.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> inner,
                               graph->Subjects(info.iri.value(), participant->candidates.front()));
      participant->holds_places |= !inner.empty();
      continue;
    }
    for (const std::vector<uint32_t>& kinds : participant->kinds) {
      participant->holds_places |= info.range.empty() || std::any_of(kinds.begin(), kinds.end(), [&](uint32_t kind) {
                                     return catalogue.IsKindOf(catalogue.classes()[kind].id, info.range);
                                   });
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ChooseNames(const Catalogue& catalogue, const Snapshot& snapshot, Meaning* meaning) {
  FitJudge judge(catalogue, snapshot);
  for (size_t i = 0; i < meaning->participants.size(); ++i) {
    Participant& participant = meaning->participants[i];
    DOSSIER_RETURN_IF_ERROR(ChooseName(catalogue, *meaning, static_cast<int>(i), &judge, &participant));
    DOSSIER_RETURN_IF_ERROR(MarkPlace(catalogue, &judge.graph(), &participant));
  }
  for (Fact& fact : meaning->facts) DOSSIER_RETURN_IF_ERROR(KeepFittingRelations(*meaning, &judge, &fact));
  return absl::OkStatus();
}

absl::StatusOr<int> CountMisfits(const Catalogue& catalogue, const Snapshot& snapshot, const Meaning& meaning) {
  FitJudge judge(catalogue, snapshot);
  int misfits = 0;
  for (const Fact& fact : meaning.facts) {
    for (const bool as_subject : {true, false}) {
      const int index = as_subject ? fact.subject : fact.object;
      if (index == kNobody || meaning.participants[index].candidates.empty()) continue;
      bool any = false;
      for (const TermId candidate : meaning.participants[index].candidates) {
        DOSSIER_ASSIGN_OR_RETURN(const bool fits, judge.FitsAny(candidate, fact, as_subject));
        any |= fits;
      }
      misfits += any ? 0 : 1;
    }
    for (const QualifierLimit& limit : fact.qualifiers) {
      bool any = meaning.participants[limit.participant].candidates.empty();
      for (const TermId candidate : meaning.participants[limit.participant].candidates) {
        DOSSIER_ASSIGN_OR_RETURN(const bool fits, judge.FitsQualifier(candidate, limit));
        any |= fits;
      }
      misfits += any ? 0 : 1;
    }
  }
  return misfits;
}

std::string DescribeReading(const Catalogue& catalogue, const Meaning& meaning) {
  std::vector<std::string> parts;
  const auto add = [&](std::string part) {
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(std::move(part));
  };
  for (const Participant& participant : meaning.participants) {
    if (participant.candidates.empty()) continue;
    std::vector<std::string> meant;
    for (const TermId candidate : participant.candidates) {
      const bool other =
          std::find(participant.others.begin(), participant.others.end(), candidate) != participant.others.end();
      if (!other) meant.emplace_back(catalogue.Label(candidate));
    }
    const std::string label = absl::StrJoin(meant, ", ");
    if (PhraseKey(label) == PhraseKey(participant.words) && participant.others.empty()) continue;
    std::string part = absl::StrCat(participant.words, " = ", label);
    std::vector<std::string> others;
    for (const TermId other : participant.others) {
      // A twin of the same name is told by its kind only, so it is not worth naming.
      if (std::string name = catalogue.Label(other); std::find(others.begin(), others.end(), name) == others.end()) {
        others.push_back(std::move(name));
      }
    }
    if (!others.empty()) absl::StrAppend(&part, "; also ", absl::StrJoin(others, ", "));
    add(std::move(part));
  }
  for (const Fact& fact : meaning.facts) {
    if (!fact.time.has_value()) continue;
    const std::string& words = fact.time->words;
    // "on 13 September" and "in 18" leave open of which year.
    size_t digits = 0;
    bool has_year = false;
    for (const char c : words) {
      digits = absl::ascii_isdigit(static_cast<unsigned char>(c)) ? digits + 1 : 0;
      has_year |= digits == 4;
    }
    if (!has_year) add(absl::StrCat(words, " = ", ToEdtf(fact.time->range)));
  }
  return absl::StrJoin(parts, "; ");
}

}  // namespace dossier::ask
