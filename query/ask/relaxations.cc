#include "query/ask/relaxations.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rdf/time_range.h"

namespace dossier::ask {
namespace {

// The meaning without a fact that nothing else refers to.
Meaning WithoutFact(const Meaning& meaning, int gone) {
  Meaning rest = meaning;
  rest.facts.erase(static_cast<size_t>(gone));
  const auto shift = [gone](int* fact) {
    if (*fact > gone) --*fact;
  };
  for (Fact& fact : rest.facts) {
    fact.links.erase(
        std::remove_if(fact.links.begin(), fact.links.end(), [&](const TimeLink& link) { return link.fact == gone; }),
        fact.links.end());
    for (TimeLink& link : fact.links) shift(&link.fact);
  }
  for (Target& target : rest.targets) shift(&target.fact);
  shift(&rest.event_fact);
  shift(&rest.scope_fact);
  return rest;
}

std::string Quoted(const std::string& words) { return absl::StrCat("\"", words, "\""); }

class Relaxer {
 public:
  explicit Relaxer(const Meaning& meaning) : meaning_(meaning) {}

  std::vector<Relaxation> Run() {
    for (size_t i = 0; i < meaning_.facts.size(); ++i) RelaxTime(i);
    for (size_t i = 0; i < meaning_.facts.size(); ++i) RelaxQualifiers(i);
    RelaxSources();
    for (size_t i = 0; i < meaning_.facts.size(); ++i) RelaxNegation(i);
    for (size_t i = 0; i < meaning_.participants.size(); ++i) RelaxKinds(i);
    if (meaning_.tense == Tense::kFuture) {
      Keep("will").tense = Tense::kPresent;
    } else if (meaning_.tense == Tense::kPast) {
      Keep("the past tense").tense = Tense::kPresent;
    }
    RelaxPath();
    for (size_t i = 0; i < meaning_.participants.size(); ++i) RelaxName(static_cast<int>(i));
    return std::move(found_);
  }

 private:
  Meaning& Keep(std::string part) {
    found_.push_back({std::move(part), meaning_});
    return found_.back().meaning;
  }

  void RelaxTime(size_t fact) {
    if (meaning_.facts[fact].time.has_value()) {
      Keep(meaning_.facts[fact].time->words).facts[fact].time.reset();
      found_.back().drops_time = true;
    }
    if (!meaning_.facts[fact].links.empty()) Keep("the time relative to something else").facts[fact].links.clear();
  }

  void RelaxQualifiers(size_t fact) {
    const std::vector<QualifierLimit>& limits = meaning_.facts[fact].qualifiers;
    for (size_t i = 0; i < limits.size(); ++i) {
      const std::string& words = meaning_.participants[limits[i].participant].words;
      if (words.empty()) continue;
      std::vector<QualifierLimit>& kept = Keep(Quoted(words)).facts[fact].qualifiers;
      kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (meaning_.facts[fact].certainty.has_value()) Keep("the certainty").facts[fact].certainty.reset();
  }

  void RelaxSources() {
    if (!meaning_.speakers.empty()) Keep("the speaker").speakers.clear();
    if (!meaning_.articles.empty()) Keep("the article").articles.clear();
    if (meaning_.minimum_rank.has_value()) Keep("the least certainty").minimum_rank.reset();
    if (meaning_.minimum_sources.has_value()) Keep("the least number of sources").minimum_sources.reset();
    if (meaning_.reported_until.has_value()) {
      Keep(absl::StrCat("as of ", ToEdtf(*meaning_.reported_until))).reported_until.reset();
    }
  }

  void RelaxNegation(size_t fact) {
    if (!meaning_.facts[fact].negated || meaning_.facts.size() < 2) return;
    found_.push_back({"the part with \"not\"", WithoutFact(meaning_, static_cast<int>(fact))});
  }

  void RelaxKinds(size_t participant) {
    const Participant& sought = meaning_.participants[participant];
    if (sought.kinds.empty() || sought.known()) return;
    Keep(Quoted(sought.words)).participants[participant].kinds.clear();
  }

  void RelaxPath() {
    if (!meaning_.through.empty()) Keep("the relations it goes through").through.clear();
    if (meaning_.maximum_steps.has_value()) Keep("the number of steps").maximum_steps.reset();
  }

  // Somebody else instead. A name that stands in every place of a fact would leave a question about everything.
  void RelaxName(int participant) {
    const Participant& known = meaning_.participants[participant];
    if (known.candidates.empty() || known.all_candidates || IsView(meaning_.kind) ||
        meaning_.kind == Meaning::Kind::kDescribe) {
      return;
    }
    for (const Fact& fact : meaning_.facts) {
      if (fact.subject != participant && fact.object != participant) continue;
      if (fact.relations.empty() || fact.restricts) return;
      Participant& open = Keep(Quoted(known.words)).participants[participant];
      open.candidates.clear();
      open.chosen.reset();
      open.others.clear();
      open.holds_places = false;
      return;
    }
  }

  const Meaning& meaning_;
  std::vector<Relaxation> found_;
};

}  // namespace

std::vector<Relaxation> RelaxationsOf(const Meaning& meaning) { return Relaxer(meaning).Run(); }

}  // namespace dossier::ask
