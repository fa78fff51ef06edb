// Who agrees with whom: "do the articles give the same day for Kim's departure", "which articles disagree about how
// long the trip took", "is article 002 at odds with itself about Vladivostok", "compare articles 000 and 003 on ...".
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr int kNamedTellerGain = 1;  // Names of articles rather than all articles of a class of that name.

}  // namespace

// Any of those who tell it, where the question names several.
void ClauseReader::AddTeller(const Participant& more, Participant* all) {
  all->candidates.insert(all->candidates.end(), more.candidates.begin(), more.candidates.end());
  all->all_candidates = true;
  absl::StrAppend(&all->words, ", ", more.words);
}

void ClauseReader::GroupByTeller(bool written, Meaning* meaning) {
  Grouping grouping;
  grouping.by = written ? Grouping::By::kArticle : Grouping::By::kSpeaker;
  grouping.column = written ? "article" : "speaker";
  meaning->groups.push_back(std::move(grouping));
}

// The end of words that stand for everything that is written; `at` when there are none.
size_t ClauseReader::TellersEnd(size_t at) const {
  if (WordIn(at, {"articles", "sources", "reports", "newspapers", "media", "claims", "accounts", "versions", "article",
                  "source", "report", "newspaper", "account", "version"})) {
    return at + 1;
  }
  for (const NameMatch& match : Match(catalogue_.class_names(), at)) {
    Participant any;
    any.kinds.push_back(catalogue_.class_names().Find(match.key));
    if (!match.possessive && IsWritten(any)) return match.end;
  }
  return at;
}

// "the articles", "each of the articles", "articles 000 and 003", "article 002", "KCNA". Who is named is put into the
// meaning, as those from whom every claim has to come; "each" groups the answer.
Readings ClauseReader::ReadTellers(const Reading& start) {
  Readings found;
  const bool each = WordIn(start.at, {"each", "every"});
  size_t at = start.at + (each ? 1 : 0);
  if (each && WordIs(at, "of")) ++at;
  at = SkipDeterminers(at);
  if (WordIs(at, "both")) at = SkipDeterminers(at + 1);
  const size_t end = TellersEnd(at);
  if (end != at) {
    Reading all = start;
    all.at = end;
    if (each) GroupByTeller(true, &*all.meaning);
    if (!AtEnd(end)) found.push_back(all);
    // "articles 000 and 003"
    Reading named = start;
    named.at = end;
    named.cost -= kNamedTellerGain;
    Append(ReadNamedTellers(named), &found);
    Append(ReadNumberedTellers(named, at), &found);
  }
  Reading named = start;
  named.at = at;
  Append(ReadNamedTellers(named), &found);
  return found;
}

// "bulletins 1 and 3": the names begin with the noun, which is not said again.
Readings ClauseReader::ReadNumberedTellers(const Reading& start, size_t noun) {
  Readings found;
  std::vector<std::string> nouns;
  for (const NameMatch& match : Match(catalogue_.class_names(), noun)) {
    for (const uint32_t kind : catalogue_.class_names().Find(match.key)) {
      if (match.end == start.at) nouns.push_back(PhraseKey(catalogue_.classes()[kind].label));
    }
  }
  std::vector<TermId> all;
  size_t at = start.at;
  while (IsWord(at)) {
    std::vector<TermId> named;
    for (const std::string& each : nouns) {
      if (named.empty()) named = catalogue_.FindEntities(absl::StrCat(each, " ", items_[at].word));
    }
    if (named.empty()) break;
    all.insert(all.end(), named.begin(), named.end());
    ++at;
    if (all.size() > 1) {
      Reading reading = start;
      reading.at = at;
      const int articles = AddKnown(&reading, all, noun, at);
      reading.meaning->participants[articles].all_candidates = true;
      if (!IsWritten(reading.meaning->participants[articles])) break;
      reading.meaning->articles.push_back(articles);
      if (reading.meaning->groups.empty()) GroupByTeller(true, &*reading.meaning);
      found.push_back(std::move(reading));
    }
    const bool comma = at < items_.size() && items_[at].kind == Element::Kind::kComma;
    if (!comma && !WordIs(at, "and")) break;
    at += comma && WordIs(at + 1, "and") ? 2 : 1;
  }
  return found;
}

// A view about a question that each article answers is that question.
void ClauseReader::AskAsWritten(Meaning* meaning) const {
  if (meaning->is_question || !meaning->targets.empty()) meaning->kind = meaning->asked;
}

// One article or speaker, or several: then any of them, and the answer tells them apart.
Readings ClauseReader::ReadNamedTellers(const Reading& start) {
  Readings found;
  for (Reading& first : ReadNoun(start)) {
    const Participant& teller = first.meaning->participants[first.noun];
    if (!teller.known() || teller.literal.has_value() || !first.meaning->facts.empty()) continue;
    const bool written = IsWritten(teller);
    const int tellers = first.noun;
    (written ? first.meaning->articles : first.meaning->speakers).push_back(tellers);
    found.push_back(first);
    Reading next = first;
    bool joined = true;
    while (joined) {
      joined = false;
      const bool comma = next.at < items_.size() && items_[next.at].kind == Element::Kind::kComma;
      if (!comma && !WordIn(next.at, {"and", "with", "to"})) break;
      next.at += comma && WordIs(next.at + 1, "and") ? 2 : 1;
      for (Reading& other : ReadNoun(next)) {
        Participant& more = other.meaning->participants[other.noun];
        if (!more.known() || more.literal.has_value() || IsWritten(more) != written) continue;
        if (other.meaning->facts.size() != first.meaning->facts.size()) continue;
        AddTeller(more, &other.meaning->participants[tellers]);
        if (other.meaning->groups.empty()) GroupByTeller(written, &*other.meaning);
        other.meaning->participants.pop_back();
        other.noun = tellers;
        next = std::move(other);
        found.push_back(next);
        joined = true;
        break;
      }
    }
  }
  return found;
}

// The end of the preposition before a topic; `at` when there is none.
size_t ClauseReader::AboutEnd(size_t at) const {
  if (WordIs(at, "as") && WordIn(at + 1, {"to", "regards"})) return at + 2;
  if (WordIs(at, "with") && WordIn(at + 1, {"regard", "respect"}) && WordIs(at + 2, "to")) return at + 3;
  return WordIn(at, {"about", "on", "over", "in", "of", "for", "regarding", "concerning"}) ? at + 1 : at;
}

// "give the same", "tell a different story", "say different things".
std::optional<ClauseReader::Dispute> ClauseReader::MatchSameness(size_t at) const {
  if (!WordIn(at,
              {"give",  "gives",  "say",  "says", "tell",    "tells",    "report", "reports", "name",    "names",
               "state", "states", "have", "has",  "contain", "contains", "print",  "prints",  "mention", "mentions"})) {
    return std::nullopt;
  }
  ++at;
  if (WordIn(at, {"the", "a", "an"})) ++at;
  const bool same = WordIn(at, {"same", "identical"});
  if (!same && !WordIn(at, {"different", "differing", "conflicting", "contradictory", "diverging"}))
    return std::nullopt;
  ++at;
  // What follows is the topic ("the same day for ..."), unless the word says nothing.
  if (WordIn(at, {"thing", "things", "story", "stories", "account", "accounts", "version", "versions", "facts",
                  "information"})) {
    ++at;
  }
  const size_t about = AboutEnd(at);
  return Dispute{same, about};
}

std::optional<ClauseReader::Dispute> ClauseReader::MatchDispute(size_t at) const {
  while (WordIn(at, {"all", "both", "really", "ever"})) ++at;
  if (std::optional<Dispute> same = MatchSameness(at)) return same;
  const bool negated = WordIs(at, "not");
  if (negated) ++at;
  bool agree = false;
  if (WordIn(at, {"agree", "agrees", "agreed", "concur", "consistent", "unanimous"})) {
    agree = true;
  } else if (WordIn(at, {"in", "at"}) &&
             WordIn(at + 1, {"agreement", "odds", "variance", "conflict", "disagreement", "contradiction"})) {
    agree = WordIs(++at, "agreement");
  } else if (!WordIn(at, {"disagree", "disagrees", "differ", "differs", "conflict", "conflicts", "contradict",
                          "contradicts", "clash", "clashes", "diverge", "diverges", "inconsistent", "contradictory"})) {
    return std::nullopt;
  }
  ++at;
  const size_t with = at + (WordIn(at, {"with", "from"}) ? 1 : 0);
  if (WordIn(with, {"itself", "themselves"})) {
    at = with + 1;
  } else if ((WordIs(with, "each") && WordIs(with + 1, "other")) ||
             (WordIs(with, "one") && WordIs(with + 1, "another"))) {
    at = with + 2;
  }
  return Dispute{agree != negated, at};
}

// After those who tell: how they stand to each other, and about what.
Readings ClauseReader::ReadDisputed(const Reading& tellers, bool lists) {
  Readings found;
  const std::optional<Dispute> dispute = MatchDispute(tellers.at);
  if (!dispute.has_value() || (lists && dispute->agree)) return found;
  Readings begins = {tellers};
  begins.front().at = dispute->end;
  // What is set side by side is not answered one by one.
  begins.front().meaning->groups.clear();
  if (AboutEnd(dispute->end) == dispute->end && !tellers.meaning->articles.empty()) {
    // "does article 000 contradict article 003 about ..."
    Reading other = begins.front();
    if (WordIn(other.at, {"with", "from"})) ++other.at;
    const int own = other.meaning->articles.front();
    other.meaning->articles.clear();
    for (Reading& against : ReadNamedTellers(other)) {
      if (against.meaning->articles.empty() || against.meaning->articles.front() == own) continue;
      AddTeller(against.meaning->participants[against.meaning->articles.front()], &against.meaning->participants[own]);
      against.meaning->articles = {own};
      against.meaning->groups.clear();
      begins.push_back(std::move(against));
    }
  }
  for (Reading& begin : begins) {
    begin.at = AboutEnd(begin.at);
    for (Reading& topic : ReadTopic(begin, lists ? Meaning::Kind::kConflicts : Meaning::Kind::kAgreement)) {
      // Who was first is not in what each of them says, but in all of it.
      const Meaning& asked = *std::as_const(topic.meaning);
      if (asked.ordinal != 0 && asked.is_question) continue;
      topic.meaning->asks_for_conflict = !dispute->agree;
      found.push_back(std::move(topic));
    }
    if (AtEnd(begin.at) && error_.ok() && found.empty()) {
      error_ = DiagnosticError(MakeDiagnostic("about what? say \"about\" and a name, an event or a question",
                                              context_.text, SpanOf(tellers.at, begin.at)));
    }
  }
  return found;
}

// "where do the articles disagree about ...", "do all articles give the same day for ...", "which articles disagree
// about ...", "is article 002 at odds with itself about ...", "whose account differs about ...".
Readings ClauseReader::ReadDisagreement(const Reading& start) {
  Readings found;
  // Who tells is looked for only where somebody may disagree: most questions are of other things.
  bool any = false;
  for (size_t at = start.at + 1; at < items_.size() && !any; ++at) any = MatchDispute(at).has_value();
  if (!any) return found;
  Reading reading = start;
  if (WordIs(start.at, "whose")) {
    if (TellersEnd(start.at + 1) == start.at + 1) return found;
    reading.at = TellersEnd(start.at + 1);
    return ReadDisputed(reading, true);
  }
  if (WordIn(start.at, {"which", "what"})) {
    reading.at = TellersEnd(start.at + 1);
    return reading.at == start.at + 1 ? found : ReadDisputed(reading, true);
  }
  bool lists = WordIn(start.at, {"where", "how"});
  if (lists) ++reading.at;
  if (WordIn(start.at, {"on", "in", "about", "over"}) && WordIn(start.at + 1, {"what", "which"})) {
    lists = true;
    reading.at += WordIn(start.at + 2, {"point", "points", "question", "questions", "things"}) ? 3 : 2;
  }
  if (!WordIn(reading.at, {"do", "did", "does", "is", "are", "was", "were"})) return found;
  ++reading.at;
  for (const Reading& tellers : ReadTellers(reading)) Append(ReadDisputed(tellers, lists), &found);
  return found;
}

// "is there any contradiction between the articles about ...", "are there conflicts about ...".
Readings ClauseReader::ReadContradictions(const Reading& start) {
  Readings found;
  if (!WordIn(start.at, {"is", "are"}) || !WordIs(start.at + 1, "there")) return found;
  Reading reading = start;
  reading.at = SkipDeterminers(start.at + 2);
  if (!WordIn(reading.at, {"contradiction", "contradictions", "conflict", "conflicts", "disagreement", "disagreements",
                           "discrepancy", "discrepancies", "agreement"})) {
    return found;
  }
  const bool agree = WordIs(reading.at, "agreement");
  ++reading.at;
  Readings begins = {reading};
  if (WordIn(reading.at, {"between", "among", "in", "within"})) {
    Reading tellers = reading;
    ++tellers.at;
    begins = ReadTellers(tellers);
    begins.push_back(reading);
  }
  for (Reading& begin : begins) {
    const size_t about = AboutEnd(begin.at);
    if (about == begin.at) continue;
    begin.at = about;
    begin.meaning->groups.clear();
    for (Reading& topic : ReadTopic(begin, Meaning::Kind::kAgreement)) {
      topic.meaning->asks_for_conflict = !agree;
      found.push_back(std::move(topic));
    }
  }
  return found;
}

// "compare articles 000 and 003 on the distance", "compare what the articles say about the meeting".
Readings ClauseReader::ReadComparison(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "compare")) return found;
  Reading reading = start;
  ++reading.at;
  if (WordIs(reading.at, "what")) ++reading.at;
  for (Reading& tellers : ReadTellers(reading)) {
    if (WordIn(tellers.at, {"say", "tell", "report", "write", "says", "tells", "reports"})) ++tellers.at;
    const size_t about = AboutEnd(tellers.at);
    if (about == tellers.at || !tellers.meaning->speakers.empty()) continue;
    tellers.at = about;
    if (tellers.meaning->groups.empty()) GroupByTeller(true, &*tellers.meaning);
    for (Reading& topic : ReadTopic(tellers, Meaning::Kind::kAccounts)) {
      AskAsWritten(&*topic.meaning);
      found.push_back(std::move(topic));
    }
  }
  return found;
}

}  // namespace dossier::ask
