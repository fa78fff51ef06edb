// What somebody has, and what sources tell: "has a range of", "articles that give no distance", "experts expect Kim
// to".
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/graph_reader.h"
#include "query/ask/reading_costs.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kOwnNounGain = 2;    // Rather its own author than that of anything that it mentions.
constexpr int kAttainingGain = 3;  // Rather than what some other relation calls reaching.

}  // namespace

// Whether the fact is of what is written: its "author" or "date", not the distance that it gives for a journey.
bool ClauseReader::IsOwnNoun(const Fact& fact, int subject) const {
  return std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
    const RelationInfo& relation = catalogue_.relations()[use.relation];
    Participant any;
    any.kinds.push_back(use.inverted == (fact.subject == subject) ? relation.range : relation.domain);
    return IsWritten(any);
  });
}

// "reached the highest altitude": the noun says which quantity.
bool ClauseReader::AttainsAt(size_t at) const {
  return WordIn(at,
                {"reach", "reaches", "reached", "attain", "attains", "attained", "achieve", "achieves", "achieved"}) &&
         MatchDegree(SkipDeterminers(at + 1)).has_value();
}

// "[a distance] of 700 km": which it must be.
void ClauseReader::TakeAmount(Reading* noun) const {
  const std::optional<NumberMatch> number = WordIs(noun->at, "of") ? MatchNumber(noun->at + 1) : std::nullopt;
  if (!number.has_value()) return;
  noun->meaning->participants[noun->noun].number = number->limit;
  noun->at = number->end;
}

// "has a range of more than 10,000 km", "has the longest range": the noun is that of the subject.
Readings ClauseReader::ReadHave(const Reading& start, int subject) {
  Readings found;
  if (subject == kNobody) return found;
  const bool lacks = WordIn(start.at, {"lack", "lacks", "lacked"});
  const bool has_no = WordIs(start.at + 1, "no") &&
                      WordIn(start.at, {"have", "has", "had", "carry", "carries", "carried", "bear", "bears", "show",
                                        "shows", "possess", "possesses", "contain", "contains"});
  // "name no author", "does not print its date": what an article tells of itself.
  const bool tells =
      WordIn(start.at, {"name", "names", "named", "give", "gives", "gave", "state", "states", "stated", "print",
                        "prints", "printed", "bear", "bears", "carry", "carries", "show", "shows"}) &&
      IsWritten(start.meaning->participants[subject]);
  // What it carries or prints it says itself; that others can tell it is not enough.
  const bool prints = tells && !catalogue_.certainty_levels().empty() &&
                      !WordIn(start.at, {"name", "names", "named", "give", "gives", "gave"});
  const auto surely = prints ? std::optional(catalogue_.certainty_levels().back().iri) : std::nullopt;
  if (lacks || has_no || (tells && WordIs(start.at + 1, "no"))) {
    Reading nothing = start;
    nothing.at = SkipDeterminers(start.at + (lacks ? 1 : 2));
    Readings nouns;
    ReadNothingOf(nothing, subject, &nouns);
    for (Reading& noun : nouns) {
      Fact& fact = noun.meaning->facts[noun.main_fact];
      if (tells && !IsOwnNoun(fact, subject)) continue;
      if (surely.has_value()) fact.certainty = surely;
      Frame frame;
      frame.fact = noun.main_fact;
      frame.subject = subject;
      Append(ReadComplements(noun, frame), &found);
    }
  }
  const bool attains = AttainsAt(start.at);
  if (!tells && !attains && !WordIn(start.at, {"have", "has", "had"})) return found;
  Reading reading = start;
  reading.at = SkipDeterminers(start.at + 1);
  reading.cost += kVerbCost - (tells ? kOwnNounGain : 0);
  Readings nouns;
  ReadRelationNouns(reading, subject, &nouns);
  const std::optional<NumberMatch> before = MatchNumber(reading.at);
  if (before.has_value()) {
    reading.at = before->end;  // "have more than 500 participants"
    ReadRelationNouns(reading, subject, &nouns);
  }
  const auto first_new = start.meaning->facts.size();
  for (Reading& noun : nouns) {
    if (noun.meaning->facts.size() <= first_new) continue;
    Fact& fact = noun.meaning->facts[first_new];
    if (tells && !IsOwnNoun(fact, subject)) continue;
    if (attains && !IsMeasured(fact)) continue;
    fact.certainty = surely;
    fact.restricts = false;
    noun.main_fact = static_cast<int>(first_new);
    if (before.has_value()) {
      const bool quantity = std::all_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
        return !catalogue_.relations()[use.relation].measure.empty();
      });
      if (!quantity || fact.object != noun.noun) continue;
      noun.meaning->participants[noun.noun].number = before->limit;
    }
    TakeAmount(&noun);
    Frame frame;
    frame.fact = noun.main_fact;
    frame.subject = subject;
    frame.forms = kFormThird | kFormPast | kFormBase;
    Append(ReadComplements(noun, frame), &found);
  }
  return found;
}

// "[how many members] does Kim's delegation have", "[which members] has the delegation": the noun before is that of the
// subject.
Readings ClauseReader::ReadPossessed(const Reading& start) {
  Readings found;
  const bool support = WordIn(start.at, {"do", "does", "did"});
  // "what altitude was reached by the missile"
  const bool passive = WordIn(start.at, {"was", "were", "is", "are"}) &&
                       WordIn(start.at + 1, {"reached", "attained", "achieved", "covered"}) &&
                       WordIs(start.at + 2, "by");
  if (!start.by_noun || start.owned || !(support || passive || WordIn(start.at, {"has", "have", "had"}))) return found;
  // The noun's fact is the last one, with an anonymous owner.
  const int fact = static_cast<int>(start.meaning->facts.size()) - 1;
  const Fact& noun = start.meaning->facts[fact];
  if (noun.subject != start.noun && noun.object != start.noun) return found;
  const int anonymous = noun.subject == start.noun ? noun.object : noun.subject;
  Reading reading = start;
  reading.at += passive ? 3 : 1;
  if (WordIn(start.at, {"did", "had"})) reading.meaning->tense = Tense::kPast;
  const bool quantity = std::all_of(noun.relations.begin(), noun.relations.end(), [&](const RelationUse& use) {
    return !catalogue_.relations()[use.relation].measure.empty();
  });
  for (Reading& owner : ReadNoun(reading)) {
    // "what altitude did it reach": the noun says which quantity, the verb no more than that it has one.
    if (passive && !quantity) continue;
    const bool attains =
        quantity && !passive && WordIn(owner.at, {"reach", "attain", "achieve", "cover", "travel", "show", "get"});
    if (support && !WordIs(owner.at, "have") && !attains) continue;
    if (attains) owner.cost -= kAttainingGain;
    if (support) ++owner.at;
    // "Kim's delegation" is itself known by a noun: those who are in it.
    if (!Unify(&owner, anonymous, owner.noun)) continue;
    owner.meaning->facts[fact].restricts = false;
    owner.main_fact = fact;
    owner.noun = start.noun;
    owner.cost += kVerbCost;
    Frame frame;
    frame.fact = fact;
    Append(ReadComplements(owner, frame), &found);
  }
  return found;
}

// "the leaders North Korea has had": the owner of the noun comes behind it.
Readings ClauseReader::ReadOwnerBehind(const Reading& start) {
  Readings found;
  const bool way = WordIn(start.at, {"to", "from"});
  const bool there = WordIn(start.at, {"at", "in"});
  const size_t name = SkipDeterminers(start.at + (way || there ? 1 : 0));
  if (!start.by_noun || start.owned || Match(catalogue_.names(), name).empty()) return found;
  const auto fact = std::find_if(start.meaning->facts.rbegin(), start.meaning->facts.rend(), [&](const Fact& f) {
    return f.restricts && (f.subject == start.noun || f.object == start.noun);
  });
  if (fact == start.meaning->facts.rend()) return found;
  const int anonymous = fact->subject == start.noun ? fact->object : fact->subject;
  if (way) {
    const bool distance = std::all_of(fact->relations.begin(), fact->relations.end(), [&](const RelationUse& use) {
      return catalogue_.relations()[use.relation].measure == "distance";
    });
    if (distance) ReadDistanceEnd(start, anonymous, &found);
    return found;
  }
  if (there) {
    // "the temperature at the pier" may be the pier's own.
    constexpr int kPlaceAsOwnerCost = 2;
    if (!IsMeasured(*fact)) return found;
    Reading place = start;
    ++place.at;
    for (Reading& owner : ReadNoun(place)) {
      if (!Unify(&owner, anonymous, owner.noun)) continue;
      owner.noun = start.noun;
      owner.by_noun = owner.owned = true;
      owner.cost += kPlaceAsOwnerCost;
      found.push_back(std::move(owner));
    }
    return found;
  }
  for (Reading& owner : ReadNoun(start)) {
    if (!WordIn(owner.at, {"has", "have", "had"})) continue;
    owner.at += WordIs(owner.at + 1, "had") ? 2 : 1;
    if (!Unify(&owner, anonymous, owner.noun)) continue;
    owner.noun = start.noun;
    owner.by_noun = owner.owned = true;
    found.push_back(std::move(owner));
  }
  return found;
}

// "[the distance] to Leeds": what lies so far off.
void ClauseReader::ReadDistanceEnd(const Reading& start, int owner, Readings* found) {
  constexpr int kCost = 2;
  Reading place = start;
  ++place.at;
  place.cost += kCost;
  for (Reading& end : ReadNoun(place)) {
    if (!Unify(&end, owner, end.noun)) continue;
    end.noun = start.noun;
    end.by_noun = end.owned = true;
    found->push_back(std::move(end));
  }
}

// "give no distance", "say nothing about", "speak of", "mention": up to what is told.
std::optional<ClauseReader::TellingMatch> ClauseReader::MatchTelling(size_t at) const {
  TellingMatch match;
  match.treats = WordIn(at, {"discuss", "discusses", "discussed", "cover", "covers", "covered", "treat", "treats",
                             "mention", "mentions", "mentioned", "describe", "describes"});
  match.speaks = WordIn(at, {"say", "says", "said", "speak", "speaks", "spoke", "talk", "talks", "talked", "write",
                             "writes", "wrote", "deal", "deals", "dealt", "refer", "refers"});
  match.expects = WordIn(at, {"expect", "expects", "expected", "anticipate", "anticipates", "predict", "predicts"});
  const bool gives =
      match.expects ||
      WordIn(at, {"give",      "gives",     "gave",      "given",     "state",     "states",    "stated",
                  "report",    "reports",   "reported",  "mention",   "mentions",  "mentioned", "name",
                  "names",     "named",     "tell",      "tells",     "told",      "describe",  "describes",
                  "estimate",  "estimates", "estimated", "described", "print",     "prints",    "printed",
                  "contain",   "contains",  "announce",  "announces", "announced", "confirm",   "confirms",
                  "confirmed", "deny",      "denies",    "denied",    "affirm",    "affirms",   "affirmed"});
  if (!gives && !match.speaks && !match.treats) return std::nullopt;
  ++at;
  const bool nothing = WordIs(at, "nothing");
  if (WordIn(at, {"nothing", "anything", "something"})) ++at;
  match.about = WordIn(at, {"of", "about", "on"}) || (match.speaks && WordIn(at, {"with", "to"}));
  if ((match.speaks || nothing) && !match.about) return std::nullopt;
  if (match.about) ++at;
  match.negated = nothing || WordIn(at, {"no", "neither"});
  if (WordIn(at, {"no", "neither", "any", "the", "a", "an"})) ++at;
  match.end = at;
  return match;
}

// "which articles give no distance for the journey", "article 002 reported the arrival of Kim", "say nothing about
// Trump", "speak of Hanoi": what a source tells.
Readings ClauseReader::ReadReporting(const Reading& start, int subject) {
  Readings found;
  const std::optional<TellingMatch> match = MatchTelling(start.at);
  if (subject == kNobody || !match.has_value()) return found;
  Reading reading = start;
  reading.at = match->end;
  reading.cost += kVerbCost;
  // An article, or somebody who speaks in it.
  const Participant& teller = start.meaning->participants[subject];
  const bool article = IsWritten(teller);
  if (match->speaks && !article) return found;  // A verb of the data, with what he spoke of.
  const bool negated = match->negated;
  const bool denied = WordIn(start.at, {"deny", "denies", "denied"});
  const auto add = [&](Reading inner, size_t fact) {
    Fact& told = inner.meaning->facts[fact];
    told.restricts = false;
    (article ? told.article : told.speaker) = subject;
    told.negated = negated;
    told.denied = denied;
    // What was told was told, be it of things to come.
    inner.meaning->tense = match->expects ? Tense::kFuture : Tense::kPresent;
    inner.main_fact = static_cast<int>(fact);
    inner.noun = start.noun;
    Frame frame;
    frame.fact = inner.main_fact;
    Append(ReadComplements(inner, frame), &found);
  };
  const size_t first_new = start.meaning->facts.size();
  Readings nouns;
  ReadRelationNouns(reading, kNobody, &nouns);
  if (const std::optional<Degree> degree = MatchDegree(reading.at);
      degree.has_value() && degree->of == Degree::Of::kOpen && degree->word != "much" && degree->word != "many" &&
      !reading.meaning->degree.has_value()) {
    // "gives the largest distance"
    Reading measured = reading;
    measured.at = degree->end;
    measured.meaning->degree = degree;
    measured.cost -= kVerbCost;  // Rather than giving something away.
    ReadRelationNouns(measured, kNobody, &nouns);
  }
  for (Reading& noun : nouns) {
    if (noun.meaning->facts.size() <= first_new) continue;
    const Fact& fact = noun.meaning->facts[first_new];
    const bool quantity = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
      return !use.inverted && !catalogue_.relations()[use.relation].measure.empty();
    });
    if (!quantity) continue;
    TakeAmount(&noun);
    add(std::move(noun), first_new);
  }
  if (match->about || (article && match->treats)) {
    const size_t before = found.size();
    ReadTellerAbout(reading, subject, &found);
    for (size_t i = before; i < found.size(); ++i) {
      if (!article) found[i].cost += kFarCost;
      for (Fact& fact : found[i].meaning->facts) {
        fact.negated |= negated && fact.about != kNobody && (article ? fact.article : fact.speaker) == subject;
      }
    }
  }
  Reading event = reading;
  const int outer = event.meaning->event_fact;
  for (Reading& told : ReadEvent(event)) {
    const auto fact = static_cast<size_t>(told.meaning->event_fact);
    told.meaning->event_fact = outer;
    told.cost += kFarCost;
    add(std::move(told), fact);
  }
  return found;
}

// "[the missile whose range] the BBC estimated": who tells the noun that was read last.
Readings ClauseReader::ReadToldBehind(const Reading& start) {
  Readings found;
  const int fact = static_cast<int>(start.meaning->facts.size()) - 1;
  if (!start.by_noun || Match(catalogue_.names(), SkipDeterminers(start.at)).empty()) return found;
  for (Reading& teller : ReadNoun(start)) {
    const std::optional<TellingMatch> match = MatchTelling(teller.at);
    if (!match.has_value() || match->end != teller.at + 1 || !teller.meaning->participants[teller.noun].known())
      continue;
    Fact& told = teller.meaning->facts[fact];
    (IsWritten(teller.meaning->participants[teller.noun]) ? told.article : told.speaker) = teller.noun;
    teller.at = match->end;
    teller.cost += kVerbCost;
    found.push_back(std::move(teller));
  }
  return found;
}

// "what do the experts expect North Korea to get": the clause is laid on them.
Readings ClauseReader::ReadExpecting(const Reading& start, int subject) {
  Readings found;
  if (subject == kNobody || !WordIn(start.at, {"expect",   "expects",   "expected",  "believe", "believes", "believed",
                                               "think",    "thinks",    "thought",   "say",     "says",     "said",
                                               "report",   "reports",   "reported",  "write",   "writes",   "wrote",
                                               "claim",    "claims",    "claimed",   "state",   "states",   "stated",
                                               "announce", "announces", "announced", "confirm", "confirms", "confirmed",
                                               "estimate", "estimates", "estimated", "tell",    "tells",    "told"})) {
    return found;
  }
  if (WordIn(start.at, {"tell", "tells", "told"})) return ReadToldThat(start, subject);
  Reading reading = start;
  ++reading.at;
  reading.cost += kVerbCost;
  const bool that = WordIs(reading.at, "that");
  if (that) ++reading.at;
  const int second = start.partner;
  reading.partner = kNobody;
  for (const Reading& noun : ReadNoun(reading)) {
    Readings clauses;
    if (WordIs(noun.at, "to")) {
      Reading verb = noun;
      ++verb.at;
      clauses = ReadAfterModal(verb, noun.noun);
    } else {
      clauses = ReadPredicate(noun, noun.noun);
    }
    for (Reading& clause : clauses) {
      if (clause.main_fact == kNobody) continue;
      Fact& told = clause.meaning->facts[clause.main_fact];
      const bool article = IsWritten(clause.meaning->participants[subject]);
      (article ? told.article : told.speaker) = subject;
      clause.meaning->tense = start.meaning->tense == Tense::kPast ? Tense::kPresent : start.meaning->tense;
      clause.cost += kFarCost;
      if (second != kNobody) {
        Fact other = told;
        const bool written = IsWritten(clause.meaning->participants[second]);
        other.article = written ? second : kNobody;
        other.speaker = written ? kNobody : second;
        clause.meaning->facts.push_back(std::move(other));
      }
      clause.noun = start.noun;
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// "[who] told The New York Times that Kim would go": who said anything to them, and on whom the clause is laid.
Readings ClauseReader::ReadToldThat(const Reading& start, int subject) {
  Readings found;
  const std::vector<uint32_t> addressee = QualifiersNamed("addressee");
  std::vector<uint32_t> telling;
  for (const NameMatch& match : Match(catalogue_.verbs(), start.at)) {
    for (const uint32_t index : catalogue_.verbs().Find(match.key)) {
      const VerbUse& use = catalogue_.verb_uses()[index];
      if (catalogue_.relations()[use.relation].role == ObjectRole::kStatement) telling.push_back(use.relation);
    }
  }
  if (addressee.empty() || telling.empty() || IsWritten(start.meaning->participants[subject])) return found;
  Reading reading = start;
  ++reading.at;
  reading.cost += kVerbCost;
  for (Reading& told : ReadNoun(reading)) {
    if (!WordIs(told.at, "that") || !told.meaning->participants[told.noun].known()) continue;
    const int listener = told.noun;
    const int said = AddFact(&told, telling, subject, AddSought(&told, ""));
    told.meaning->facts[said].qualifiers.push_back({addressee, listener});
    told.meaning->facts[said].restricts = true;
    ++told.at;
    told.gap = kNobody;
    for (Reading& clause : ReadClause(told)) {
      if (clause.main_fact == kNobody || clause.main_fact <= said) continue;
      clause.meaning->facts[clause.main_fact].speaker = subject;
      clause.meaning->tense = start.meaning->tense == Tense::kPast ? Tense::kPresent : start.meaning->tense;
      clause.cost += kFarCost;
      clause.noun = start.noun;
      clause.gap = start.gap;
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// "as article 002 says", "as KCNA reported": who says so, after any clause.
Readings ClauseReader::ReadSourceClause(const Reading& start) {
  Readings found;
  if (start.at < items_.size() &&
      (items_[start.at].kind == Element::Kind::kArticle || items_[start.at].kind == Element::Kind::kSpeaker)) {
    Reading next = start;
    if (ReadSourceItem(&next)) {
      ++next.at;
      found.push_back(std::move(next));
    }
    return found;
  }
  if (!WordIs(start.at, "as")) return found;
  Reading reading = start;
  ++reading.at;
  for (Reading& source : ReadNoun(reading)) {
    const Participant& teller = source.meaning->participants[source.noun];
    if ((!teller.known() && teller.kinds.empty()) ||
        !WordIn(source.at,
                {"say",     "says",     "said",  "state",  "states", "stated", "claim", "claims", "claimed", "report",
                 "reports", "reported", "write", "writes", "wrote",  "tell",   "tells", "has",    "have",    "puts"})) {
      continue;
    }
    if (WordIn(source.at, {"has", "have", "puts"}) && !WordIs(source.at + 1, "it")) continue;
    source.at += WordIs(source.at + 1, "it") ? 2 : 1;
    const bool article = IsWritten(source.meaning->participants[source.noun]);
    (article ? source.meaning->articles : source.meaning->speakers).push_back(source.noun);
    source.noun = start.noun;
    source.gap = start.gap;
    found.push_back(std::move(source));
  }
  return found;
}

// Whether a participant is an article, or another text that claims are derived from.
bool ClauseReader::IsWritten(const Participant& teller) const {
  const auto& classes = catalogue_.classes();
  const auto written = [&](uint32_t kind) {
    return std::any_of(classes.begin(), classes.end(), [&](const ClassInfo& broad) {
      const bool is_text = broad.iri.value() == schema::kArticle || broad.iri.value() == schema::kCreativeWork;
      return is_text && std::find(broad.narrower.begin(), broad.narrower.end(), kind) != broad.narrower.end();
    });
  };
  bool article = std::any_of(teller.kinds.begin(), teller.kinds.end(), [&](const std::vector<uint32_t>& kinds) {
    return std::any_of(kinds.begin(), kinds.end(), written);
  });
  GraphReader graph(context_.snapshot);
  for (const TermId candidate : teller.candidates) {
    const absl::StatusOr<std::vector<TermId>> types = graph.Objects(candidate, rdf::kType);
    for (const TermId type : types.value_or(std::vector<TermId>())) {
      const std::optional<uint32_t> kind = catalogue_.FindClass(type);
      article |= kind.has_value() && written(*kind);
    }
  }
  return article;
}

}  // namespace dossier::ask
