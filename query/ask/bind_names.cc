#include "query/ask/bind_names.h"

#include <algorithm>
#include <utility>

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

class NameChooser {
 public:
  NameChooser(const Catalogue& catalogue, const Snapshot& snapshot, Meaning* meaning)
      : catalogue_(catalogue), graph_(snapshot), meaning_(meaning) {}

  absl::Status Choose(int index) {
    Participant& participant = meaning_->participants[index];
    if (participant.candidates.empty()) return absl::OkStatus();
    std::vector<TermId> fitting;
    for (const TermId candidate : participant.candidates) {
      DOSSIER_ASSIGN_OR_RETURN(const bool fits, Fits(candidate, index));
      if (fits) fitting.push_back(candidate);
    }
    if (fitting.empty()) fitting = participant.candidates;
    std::vector<std::pair<uint64_t, TermId>> ranked;
    const std::optional<TermId> primary = catalogue_.PrimaryOf(PhraseKey(participant.words));
    for (const TermId candidate : participant.candidates) {
      uint64_t rank = 0;
      if (participant.candidates.size() > 1) {
        DOSSIER_ASSIGN_OR_RETURN(rank, Prominence(graph_.snapshot(), candidate));
        if (primary == candidate) rank += uint64_t{1} << 61U;
        if (std::find(fitting.begin(), fitting.end(), candidate) != fitting.end()) rank += uint64_t{1} << 62U;
      }
      ranked.emplace_back(rank, candidate);
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    DOSSIER_ASSIGN_OR_RETURN(participant.chosen, graph_.snapshot().GetTerm(ranked.front().second));
    if (participant.all_candidates) return absl::OkStatus();
    for (size_t i = 1; i < ranked.size(); ++i) participant.others.push_back(ranked[i].second);
    return absl::OkStatus();
  }

 private:
  // Whether the entity's types are what the relations around the participant expect.
  absl::StatusOr<bool> Fits(TermId candidate, int index) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, graph_.Objects(candidate, rdf::kType));
    for (const Fact& fact : meaning_->facts) {
      for (const bool as_subject : {true, false}) {
        if ((as_subject ? fact.subject : fact.object) != index || fact.relations.empty()) continue;
        const bool fits = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
          const RelationInfo& info = catalogue_.relations()[use.relation];
          const std::vector<uint32_t>& classes = as_subject != use.inverted ? info.domain : info.range;
          // A class without instances of its own kind (rdfs:Resource) asks for nothing.
          const bool any = classes.empty() || std::any_of(classes.begin(), classes.end(), [&](uint32_t kind) {
                             return catalogue_.classes()[kind].iri.value().rfind("http://www.w3.org/", 0) == 0;
                           });
          return any || std::any_of(types.begin(), types.end(),
                                    [&](TermId type) { return catalogue_.IsKindOf(type, classes); });
        });
        if (!fits) return false;
      }
    }
    return true;
  }

  const Catalogue& catalogue_;
  GraphReader graph_;
  Meaning* meaning_;
};

}  // namespace

absl::Status ChooseNames(const Catalogue& catalogue, const Snapshot& snapshot, Meaning* meaning) {
  NameChooser chooser(catalogue, snapshot, meaning);
  for (size_t i = 0; i < meaning->participants.size(); ++i) {
    DOSSIER_RETURN_IF_ERROR(chooser.Choose(static_cast<int>(i)));
  }
  return absl::OkStatus();
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
      if (std::string name(catalogue.Label(other)); std::find(others.begin(), others.end(), name) == others.end()) {
        others.push_back(std::move(name));
      }
    }
    if (!others.empty()) absl::StrAppend(&part, "; also ", absl::StrJoin(others, ", "));
    add(std::move(part));
  }
  for (const Fact& fact : meaning.facts) {
    if (!fact.time.has_value()) continue;
    const std::string& words = fact.time->words;
    const bool has_year =
        std::any_of(words.begin(), words.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
    if (!has_year || words.size() < 6) add(absl::StrCat(words, " = ", ToEdtf(fact.time->range)));
  }
  return absl::StrJoin(parts, "; ");
}

}  // namespace dossier::ask
