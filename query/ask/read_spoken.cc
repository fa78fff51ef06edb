// What articles speak of: "which articles say nothing about Trump", "in which articles does Peskov appear", "is China
// mentioned in article 004". An article speaks of what any of its claims is about, or what its claims name.
#include <algorithm>
#include <utility>

#include "query/ask/clause_reader.h"
#include "query/ask/graph_reader.h"
#include "query/ask/reading_costs.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kMentions = "https://schema.org/mentions";
constexpr int kOnlyAboutGain = 2;  // Where no claim is of a relation of mentioning.

// Whether most articles say what they mention, as claims of their own. That one of them does tells nothing of the
// others.
bool StatesMentions(const Catalogue& catalogue, const Snapshot& snapshot) {
  const auto& predicates = snapshot.statistics().reifications.predicates;
  const auto& quads = snapshot.statistics().quads.predicates;
  const absl::StatusOr<TermId> derived = GraphReader(snapshot).Id(prov::kWasDerivedFrom);
  const auto articles = derived.ok() ? quads.find(*derived) : quads.end();
  return std::any_of(catalogue.relations().begin(), catalogue.relations().end(), [&](const RelationInfo& relation) {
    if (relation.iri.value() != kMentions) return false;
    const auto it = predicates.find(relation.id);
    return it != predicates.end() &&
           (articles == quads.end() || 2 * it->second.distinct_subjects > articles->second.distinct_objects);
  });
}

}  // namespace

// Some article that no words name.
int ClauseReader::AddArticle(Reading* reading) const {
  const int article = AddSought(reading, "");
  std::vector<uint32_t> written;
  for (uint32_t i = 0; i < catalogue_.classes().size(); ++i) {
    const std::string& iri = catalogue_.classes()[i].iri.value();
    if (iri == schema::kArticle || iri == schema::kCreativeWork) written.push_back(i);
  }
  if (!written.empty()) reading->meaning->participants[article].kinds.push_back(std::move(written));
  return article;
}

// `start` has come past the words: the teller, an article or somebody who speaks in one, tells of the topic, and of the
// second subject where there is one.
Readings ClauseReader::ReadSpokenOf(const Reading& start, int topic, int teller) {
  Reading reading = start;
  const bool article = IsWritten(start.meaning->participants[teller]);
  const auto add = [&](int of) {
    const int fact = AddFact(&reading, {}, AddSought(&reading, ""), AddSought(&reading, ""));
    reading.meaning->facts[fact].about = of;
    Fact& told = reading.meaning->facts[fact];
    (article ? told.article : told.speaker) = teller;
    return fact;
  };
  if (reading.partner != kNobody) {
    if (!reading.meaning->participants[reading.partner].known()) return {};
    add(reading.partner);
    reading.partner = kNobody;
  }
  Frame frame;
  frame.fact = reading.main_fact = add(topic);
  frame.subject = teller;
  frame.forms = kFormThird | kFormPast | kFormBase;
  return ReadComplements(reading, frame);
}

// A name after "speaks of", "says nothing about": `start` stands before it.
void ClauseReader::ReadTellerAbout(const Reading& start, int teller, Readings* found) {
  for (Reading& topic : ReadNoun(start)) {
    const Participant& thing = topic.meaning->participants[topic.noun];
    if (!thing.known() || thing.literal.has_value()) continue;
    topic.cost += StatesMentions(catalogue_, context_.snapshot) ? kAboutCost : -kOnlyAboutGain;
    topic.partner = kNobody;
    if (WordIs(topic.at, "nor")) {
      // "neither Trump nor Xi"
      Reading next = topic;
      ++next.at;
      for (Reading& second : ReadNoun(next)) {
        if (!second.meaning->participants[second.noun].known()) continue;
        second.partner = second.noun;
        Append(ReadSpokenOf(second, topic.noun, teller), found);
      }
      continue;
    }
    for (Reading& told : ReadSpokenOf(topic, topic.noun, teller)) {
      told.noun = start.noun;
      found->push_back(std::move(told));
    }
  }
}

// "which articles mention the trip to Rome in 2019": it is the trip that was in 2019.
void ClauseReader::DateWhatIsMentioned(Meaning* meaning) {
  const size_t facts = meaning->facts.size();
  for (size_t i = 0; i < facts; ++i) {
    const Fact& fact = std::as_const(*meaning).facts[i];
    if (!fact.time.has_value() || fact.subject == kNobody || fact.object == kNobody) continue;
    const Participant& object = std::as_const(*meaning).participants[fact.object];
    if (!object.known() || !IsWritten(std::as_const(*meaning).participants[fact.subject]) || !IsEvent(object)) continue;
    Fact dates;
    dates.subject = fact.object;
    dates.object = static_cast<int>(meaning->participants.size());
    dates.time = fact.time;
    dates.restricts = true;
    meaning->participants.emplace_back();
    meaning->facts[i].time.reset();
    meaning->facts.push_back(std::move(dates));
  }
}

// "[in which articles does Peskov] appear", "[who] appears in article 002".
Readings ClauseReader::ReadAppearing(const Reading& start, int subject) {
  Readings found;
  if (subject == kNobody) return found;
  Reading reading = start;
  if (WordIn(start.at, {"appear", "appears", "appeared", "occur", "occurs", "occurred", "figure", "figures", "figured",
                        "feature", "features", "featured"})) {
    ++reading.at;
  } else if (WordIn(start.at, {"come", "comes", "came"}) && WordIs(start.at + 1, "up")) {
    reading.at += 2;
  } else {
    return found;
  }
  reading.cost += kVerbCost;
  const bool known = start.meaning->participants[subject].known();
  if (start.gap != kNobody) {
    // The article is asked for.
    const bool stranded = start.gap_preposition.empty() && WordIs(reading.at, "in");
    if (!known || !IsWritten(start.meaning->participants[start.gap]) || (!stranded && start.gap_preposition != "in")) {
      return found;
    }
    if (stranded) ++reading.at;
    reading.gap = kNobody;
    return ReadSpokenOf(reading, subject, start.gap);
  }
  Readings articles;
  if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kArticle) {
    const size_t before = reading.meaning->articles.size();
    if (!ReadSourceItem(&reading) || reading.meaning->articles.size() == before) return found;
    ++reading.at;
    reading.noun = reading.meaning->articles.back();
    articles.push_back(reading);
  } else if (WordIs(reading.at, "in")) {
    ++reading.at;
    articles = ReadNoun(reading);
  }
  for (Reading& article : articles) {
    const int written = article.noun;
    if (!IsWritten(article.meaning->participants[written])) continue;
    article.noun = start.noun;
    if (known) {
      Append(ReadSpokenOf(article, subject, written), &found);
    } else if (const std::vector<uint32_t> mentions = RelationsNamed(kMentions); !mentions.empty()) {
      article.main_fact = AddFact(&article, mentions, written, subject);
      Frame frame;
      frame.fact = article.main_fact;
      frame.subject = subject;
      Append(ReadComplements(article, frame), &found);
    }
  }
  return found;
}

// "[in which articles is China not] mentioned", "[is China] spoken of [in article 004]": what a verb of the data does
// not say of it.
Readings ClauseReader::ReadSpokenPassive(const Reading& start, int subject) {
  if (subject == kNobody || !start.meaning->participants[subject].known()) return {};
  Reading reading = start;
  if (WordIn(start.at, {"mentioned", "named", "discussed", "described", "covered", "treated", "reported"})) {
    ++reading.at;
  } else if ((WordIn(start.at, {"spoken", "written", "talked", "told"}) && WordIn(start.at + 1, {"of", "about"})) ||
             (WordIs(start.at, "referred") && WordIs(start.at + 1, "to"))) {
    reading.at += 2;
  } else {
    return {};
  }
  reading.cost += kVerbCost + (StatesMentions(catalogue_, context_.snapshot) ? kAboutCost : -kOnlyAboutGain);
  int article = kNobody;
  if (start.gap != kNobody) {
    if (!IsWritten(start.meaning->participants[start.gap]) || start.gap_preposition != "in") return {};
    article = start.gap;
    reading.gap = kNobody;
  } else {
    article = AddArticle(&reading);
  }
  return ReadSpokenOf(reading, subject, article);
}

// "does every article mention Putin": which of them do not.
Readings ClauseReader::ReadEveryArticle(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"do", "does", "did"}) || !WordIn(start.at + 1, {"every", "each", "all"})) return found;
  const size_t noun = SkipDeterminers(start.at + 2);
  for (const NameMatch& match : Match(catalogue_.class_names(), noun)) {
    Reading reading = start;
    reading.at = match.end;
    reading.noun = AddSought(&reading, match.key);
    reading.meaning->participants.back().kinds.push_back(catalogue_.class_names().Find(match.key));
    if (match.possessive || !IsWritten(reading.meaning->participants.back())) continue;
    Target target;
    target.participant = reading.noun;
    target.column = match.key;
    reading.meaning->targets.push_back(std::move(target));
    reading.meaning->every = true;
    for (Reading& clause : ReadVerb(reading, reading.noun, kFormBase, false)) {
      if (clause.main_fact == kNobody || clause.meaning->facts[clause.main_fact].negated) continue;
      clause.meaning->facts[clause.main_fact].negated = true;
      found.push_back(std::move(clause));
    }
  }
  return found;
}

// Whether a thing of the participant's kinds may be one of `classes`; of one without kinds nothing is known.
bool ClauseReader::MayBeOf(const Participant& participant, const std::vector<uint32_t>& classes) const {
  if (participant.known() || participant.kinds.empty()) return true;
  return std::any_of(participant.kinds.front().begin(), participant.kinds.front().end(), [&](uint32_t kind) {
    return std::any_of(classes.begin(), classes.end(), [&](uint32_t broad) {
      const ClassInfo& info = catalogue_.classes()[broad];
      return info.of_anything() || std::find(info.narrower.begin(), info.narrower.end(), kind) != info.narrower.end();
    });
  });
}

}  // namespace dossier::ask
