// Reads a clause: cuts its words into names, verbs and nouns of the catalogue and finds the ways in which all of them
// fit together; the cheapest one (fewest and longest pieces) is the meaning. No word is left out silently: a reading
// that does not account for all of them is none. Ways that fall far behind the cheapest to the same place are followed
// only where no other leads to the end.
//
// Every Read... function takes a reading that has come to some place and returns those that went on from there.
#pragma once

#include <cstdint>
#include <deque>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "base/cancellation.h"
#include "base/copy_on_write.h"
#include "query/ask/catalogue.h"
#include "query/ask/found_once.h"
#include "query/ask/item.h"
#include "query/ask/meaning.h"
#include "storage/snapshot.h"

namespace dossier::ask {

// A way to understand the items before `at`.
struct Reading {
  size_t at = 0;
  int cost = 0;
  size_t clause_end = 0;  // Where the last clause about a noun ended: what comes next rather belongs to that.
  CopyOnWrite<Meaning> meaning;
  int noun = kNobody;     // The participant that the last noun phrase stands for.
  bool owned = false;     // That noun has an owner of its own ("the range of the missile").
  bool by_noun = false;   // It was described by a noun of a relation ("Kim's delegation").
  int partner = kNobody;  // "Kim and Putin met": the second of two subjects.
  int gap = kNobody;      // What the question asks for, until its place in the clause is found.
  std::string gap_preposition;
  int main_fact = kNobody;  // Of the outermost verb.
  std::string aspect;       // "where" or "when": of the event only this is meant ("the meeting place", "the date of").
  // Said of the subject before the verb came ("did the visit in 2018 ..."): the time of what the verb says.
  std::optional<TimeLimit> subject_time;
};
using Readings = std::vector<Reading>;

inline void Append(Readings more, Readings* all) {
  if (all->empty()) {
    *all = std::move(more);
    return;
  }
  all->insert(all->end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// A clause that ended inside another one completed all facts that were open: those of the outer one, as they are in
// `outer`, are still open.
void LeaveOpen(const Meaning& outer, Meaning* inner);

// The preposition of a gap that "where" leaves: in, at, on or to.
inline constexpr absl::string_view kWherever = "where";

struct ReaderContext {
  const Catalogue& catalogue;
  const Snapshot& snapshot;
  const Question& question;
  absl::string_view text;  // Of the statement.
  TimeRange today;
  const Cancellation* cancellation = nullptr;  // May be null.
};

class ClauseReader {
 public:
  ClauseReader(const ReaderContext& context, std::vector<Item> items);

  // The best reading of the whole question.
  absl::StatusOr<Meaning> Read();
  // After Read, the readings that were nearly as good, best first: for a question whose best reading finds nothing.
  std::vector<Meaning> TakeOthers() { return std::move(others_); }
  // The clause of an assertion: one fact between known names.
  absl::StatusOr<Meaning> ReadAssertion();

 private:
  // What a verb or an event noun may be followed by.
  struct Frame {
    int fact = kNobody;
    std::vector<std::string> prepositions;  // Before the object; "" when it follows at once.
    bool passive = false;
    uint8_t forms = 0;       // In which forms a verb after "and" may stand.
    int subject = kNobody;   // Of the verb, as it stands in the sentence.
    std::vector<int> group;  // Facts to which later times apply as well: "met Xi and Putin in 2018".
    // What was read last, for "and in 2019", "and to Russia".
    enum class Last : uint8_t { kNothing, kObject, kAgent, kQualifier, kTime } last = Last::kNothing;
    std::string last_preposition;  // Of what was read last.
    bool be = false;               // The verb is "be", which need not be said again after "and".
  };
  struct NameMatch {
    size_t end = 0;
    std::string key;
    bool possessive = false;
  };

  // Words (read_words.cc). Index is PhraseIndex or EntityNames.
  template <class Index>
  std::vector<NameMatch> FindMatches(const Index& index, size_t at) const;
  template <class Index>
  std::vector<NameMatch> MatchIn(const Index& index, size_t at, absl::string_view prefix) const;
  bool WordIs(size_t at, absl::string_view word) const;
  bool WordIn(size_t at, std::initializer_list<absl::string_view> words) const;
  bool IsWord(size_t at) const { return at < items_.size() && items_[at].kind == Element::Kind::kWord; }
  bool AtEnd(size_t at) const { return at >= items_.size(); }
  size_t SkipDeterminers(size_t at) const;
  bool IsPreposition(size_t at) const;
  size_t SkipAdverbs(Reading* reading) const;
  // The longest first; at most a few.
  std::vector<NameMatch> Match(const PhraseIndex& index, size_t at, absl::string_view prefix = "") const;
  std::vector<NameMatch> Match(const EntityNames& names, size_t at) const;
  SourceSpan SpanOf(size_t begin, size_t end) const;
  std::string TextOf(size_t begin, size_t end) const;
  // Counts a step of the work; false when there was enough of it, or when it is to end.
  bool Spend();
  // Where the ways that come to a place are compared by their costs.
  enum class Junction : uint8_t { kNoun, kVerb, kComplement };
  bool IsTooDear(const Reading& reading, Junction junction);

  // Noun phrases (read_noun.cc, read_called.cc, read_event.cc).
  Readings ReadNoun(const Reading& start);
  Readings ReadSubject(const Reading& start);
  void AddTimed(Readings* subjects);
  void ReadIri(const Reading& start, Readings* found);
  void ReadNames(const Reading& start, Readings* found);
  void ReadKinds(const Reading& start, Readings* found);
  void ReadRelationNouns(const Reading& start, int owner, Readings* found);
  void ReadNounOfSide(const Reading& begin, int owner, const NameMatch& match, NounSide side,
                      const std::vector<uint32_t>& relations, Readings* found);
  void ReadTwoNouns(const Reading& start, int owner, const NameMatch& first, NounSide side,
                    const std::vector<uint32_t>& relations, Readings* found);
  void ReadPronouns(const Reading& start, Readings* found);
  void ReadMeasuredNoun(const Reading& reading, size_t degree_at, Readings* found);
  void ReadDistributed(const Reading& start, Readings* found);
  Readings ReadBelonging(const Reading& start);
  Readings ReadWhose(const Reading& start);
  Readings ReadToldBehind(const Reading& start);
  bool AttainsAt(size_t at) const;
  void TakeAmount(Reading* noun) const;
  Readings ReadModifiers(const Reading& start);
  Readings ReadParticiple(const Reading& start);
  size_t ExceptEnd(size_t at) const;
  Readings ReadExcept(const Reading& start);
  Readings ReadRelativeClause(const Reading& start, bool bare = false);
  size_t CalledEnd(size_t at) const;
  Readings ReadCalled(const Reading& start, int sought) const;
  void ReadDescribedNoun(const Reading& start, Readings* found);
  void ReadNamedNoun(const Reading& start, Readings* found);
  std::optional<uint32_t> ActorClass() const;
  void ReadPlacedName(const Reading& start, Readings* found);
  // Those of `things` that some claim links to one of `owners`, or that have a name with one of theirs in it.
  std::vector<TermId> BelongingTo(const std::vector<TermId>& owners, const std::vector<TermId>& things) const;
  void ReadBetween(const Reading& start, const std::vector<uint32_t>& relations, const NameMatch& noun,
                   Readings* found);
  Readings ReadPossessed(const Reading& start);
  Readings ReadOwnerBehind(const Reading& start);
  void ReadDistanceEnd(const Reading& start, int owner, Readings* found);
  Readings ReadEvent(const Reading& start);
  Readings ReadEventNoun(const Reading& start, int owner);
  void ReadEventByMeans(const Reading& start, int owner, Readings* found);
  Readings ReadEventOwners(const Reading& start);
  Readings ReadOwnedEvents(const Reading& event, const NameMatch& noun);
  Reading TakeEventDegree(const Reading& start) const;
  bool MeasureEvent(Reading* event) const;
  std::string AspectAt(size_t at) const;
  bool TakeAspect(Reading* event) const;
  Readings ReadLightVerb(const Reading& start);
  Readings ReadLasting(const Reading& start);
  Readings ReadStayedLonger(const Reading& start, int subject);
  Readings ReadEventLonger(const Reading& event);
  Readings ReadTookPlace(const Reading& start);
  size_t HappenEnd(size_t at) const;
  Readings ReadInvertedEvent(const Reading& start, absl::string_view auxiliary);
  Readings ReadEventTold(const Reading& event);
  Frame FrameOfEvent(const Reading& event) const;
  Readings ReadLightPredicate(const Reading& start, int subject);

  // Verbs (read_verb.cc).
  Readings ReadPredicate(const Reading& start, int subject);
  Readings ReadBePredicate(const Reading& start, int subject);
  Readings ReadBeNoun(const Reading& reading, int subject);
  Readings ReadNounOfGap(const Reading& reading, int subject);
  Readings ReadBeEvent(const Reading& reading, int subject);
  Readings ReadBeVerb(const Reading& start, int subject);
  bool IsSaidLater(const Reading& reading, absl::string_view preposition) const;
  Readings ReadAttribute(const Reading& start, int subject);
  bool IsVerbOfLabel(const VerbUse& use) const;
  Readings ReadVerb(const Reading& start, int subject, uint8_t forms, bool passive);
  void ReadBidden(const Reading& start, int person, const std::vector<uint32_t>& relations, Readings* found);
  Readings ReadHave(const Reading& start, int subject);
  bool IsOwnNoun(const Fact& fact, int subject) const;
  struct TellingMatch {
    bool speaks = false;   // "says of", "speaks about".
    bool treats = false;   // "mentions", "discusses".
    bool expects = false;  // It is still to come.
    bool about = false;    // A preposition stood before the topic.
    bool negated = false;
    size_t end = 0;
  };
  std::optional<TellingMatch> MatchTelling(size_t at) const;
  Readings ReadReporting(const Reading& start, int subject);
  Readings ReadExpecting(const Reading& start, int subject);
  Readings ReadToldThat(const Reading& start, int subject);
  Readings ReadSourceClause(const Reading& start);
  bool IsWritten(const Participant& participant) const;
  bool MayBeOf(const Participant& participant, const std::vector<uint32_t>& classes) const;
  Readings ReadInverted(const Reading& start);
  Readings ReadAfterModal(const Reading& start, int subject);
  Readings ReadAfterHave(const Reading& start, int subject);

  // Certainty in a word (read_level.cc).
  std::optional<uint32_t> LevelAt(size_t at) const;
  Readings ReadLevel(const Reading& start, int subject, bool negated);
  void ReadLevelNoun(const Reading& start, Readings* found);
  void DemandLevel(uint32_t level, Fact* fact) const;
  bool LimitToLevel(Reading* reading, int participant, uint32_t level, bool negated) const;
  Readings ReadHowCertain(const Reading& start, absl::FunctionRef<Readings(const Reading& rest)> read_rest);

  // What follows a verb (read_complement.cc, read_link.cc, read_statement.cc).
  Readings ReadComplements(const Reading& start, Frame frame);
  void ReadObject(const Reading& start, const Frame& frame, Readings* found);
  void ReadSeenDoing(const Reading& object, const Frame& frame, Readings* found);
  void ReadPrepositions(const Reading& start, const Frame& frame, Readings* found);
  void ReadBarePreposition(const Reading& start, const Frame& frame, Readings* found);
  // A preposition that stands somewhere, without its last word perhaps.
  struct PrepositionMatch {
    std::string words;
    size_t end = 0;
  };
  std::vector<PrepositionMatch> QualifierPrepositionsAt(size_t at) const;
  std::optional<PrepositionMatch> BarePrepositionAt(size_t at) const;
  void ReadTimeLinks(const Reading& start, const Frame& frame, Readings* found);
  void ReadSpan(const Reading& start, const Frame& frame, Readings* found);
  std::optional<std::pair<TimeRange, size_t>> DateAt(size_t at) const;
  std::vector<std::pair<Reading, int>> ReadDatedThing(const Reading& start);
  void ReadWayToEvent(const Reading& start, const Frame& frame, Readings* found);
  void ReadPurpose(const Reading& start, const Frame& frame, Readings* found);
  void ReadStatement(const Reading& start, const Frame& frame, Readings* found);
  void ReadPartOfStatement(const Reading& start, const Frame& frame, Readings* found);
  void ReadConjunction(const Reading& start, const Frame& frame, Readings* found);
  void ReadRepetition(const Reading& start, const Frame& frame, bool negated, Readings* found);
  bool ReadQualifierItem(Reading* reading, Frame* frame);
  bool ReadSourceItem(Reading* reading);
  std::vector<TermId> SourcesNamed(absl::string_view key, bool article) const;
  bool JoinSource(Reading* reading, int first, bool written) const;
  bool ReadBothSources(Reading* reading, const Frame& frame);
  std::vector<uint32_t> TimeRelationsOf(const Participant& participant);
  bool IsEvent(const Participant& participant);
  absl::StatusOr<std::vector<TermId>> StatementsOfClass(TermId kind, const std::vector<std::string>& stems) const;
  std::vector<TermId> StatementsOf(const Fact& fact, size_t begin, size_t end);
  std::vector<TermId> ObjectsCalled(const Fact& fact, size_t begin, size_t end);
  void AddLink(const Reading& start, const Frame& frame, TimeLink link, Readings* found);
  // The time of a clause that was read for its own sake behind `start`; of an event that was.
  void LinkToClause(Reading clause, const Reading& start, const Frame& frame, TimeLink link, Readings* found);
  void LinkToEvent(Reading event, const Reading& start, const Frame& frame, TimeLink link, Readings* found);
  void AddHolderLink(const Reading& named, const Frame& frame, TimeLink link, Readings* found);
  void AddEventLink(const Reading& begin, const Reading& start, const Frame& frame, TimeLink link, Readings* found);
  Readings ReadBeTime(const Reading& start, int subject);
  void ReadRole(const Reading& start, const Frame& frame, Readings* found);
  void ReadOccasion(const Reading& start, const Frame& frame, Readings* found);
  void Finish(const Reading& reading, const Frame& frame, Readings* found);
  // What is asked for put into each of its possible places in the clause.
  Readings FillGap(const Reading& reading, const Frame& frame) const;
  // Where the words of `preposition` end that stand at `at`; `at` when they do not.
  size_t PrepositionEnd(size_t at, absl::string_view preposition) const;
  std::vector<PrepositionMatch> PrepositionsAt(size_t at, const Frame& frame) const;
  std::vector<uint32_t> QualifiersNamed(absl::string_view name) const;

  // Questions that mean what the words say, though they are none as they stand (read_other_ways.cc).
  void ReadOtherWays(const std::vector<Item>& written, absl::StatusOr<Meaning>* first);
  std::vector<std::vector<Item>> OtherWays(const std::vector<Item>& written);

  // Other ways to say the same (read_idioms.cc, read_requests.cc, read_wordings.cc).
  void RewriteIdioms();
  void DropRequest();
  void DropPoliteWords();
  void RewriteEnding();
  void RewriteDateOf();
  void ReplaceIdiom();
  void DropWordsThatSayNothing();
  void RewriteNaming();
  void RewriteWhereabouts();
  void RewriteLightVerbs();
  void RewriteTellingTurned();
  void RewriteUnits();
  bool RewriteInHowMany();
  void RewriteNumberOf();
  void RewriteSynonyms();
  // Puts words in the place of items; none leaves nothing there.
  void ReplaceItems(size_t begin, size_t end, absl::string_view words);
  void RewriteBoth();
  void RewriteOne();
  void RewriteThanIn();
  void MoveExceptionBack();
  void RewriteHowLongItTakes();
  void RewriteItTakesFrom(size_t at);
  absl::string_view NounOfJourney() const;
  void RewriteVerbBeforeSubject();
  void RewriteWantsNot();
  void RewriteNewest();
  void RewriteThere();
  void RewriteSame();
  void RewriteCalls();
  void RewriteReasonFor();
  void RewriteOwnedPreposition();
  void RewriteDoubleGenitive();
  void RewriteSources();
  void RewriteDaysOf();
  void RewriteVehicleTakes();
  void RewriteHow();

  // Whole questions (read_question.cc, read_measure.cc).
  Readings ReadQuestion();
  Readings ReadWhetherKnown(const Reading& start);
  Readings ReadWhQuestion(const Reading& start);
  Readings ReadWhPhrase(const Reading& start);
  void ReadWhichCame(size_t verb, Readings* found);
  Readings ReadTimes(const Reading& start);
  void ReadThingOf(const Reading& owner, Readings* found);
  Readings ReadByWhoseMeans(const Reading& start);
  Readings ReadWhatKind(const Reading& start);
  Readings ReadAdverbQuestion(const Reading& start);
  Readings ReadMostThere(const Reading& start);
  Readings ReadWhereWithin(const Reading& start);
  int SeekPlace(Reading* where) const;
  void ReadElsewhere(Readings* where);
  std::optional<TimeLimit> YearAfterOf(size_t at) const;
  struct DateMatch {
    TimeLimit time;
    size_t end = 0;
  };
  std::optional<DateMatch> MatchBareDate(size_t at) const;
  Readings ReadHowMany(const Reading& start);
  Readings ReadList(const Reading& start, bool count);
  Readings ReadFind();
  Readings ReadMeasure(const Reading& start);
  Readings ReadCountedSubject(const Reading& start, const std::string& noun, const std::vector<uint32_t>& relations);
  Readings ReadInUnits(const Reading& reading);
  bool SkipMeasuringVerb(const Term& unit, Reading* reading) const;
  Readings ReadMeasured(const Reading& start, const std::vector<uint32_t>& relations, const Term& unit);
  std::vector<std::pair<Reading, int>> ReadMeasuredWithin(const Reading& start, const std::vector<uint32_t>& relations);
  Readings ReadDuration(const Reading& start);
  Readings ReadTravelTime(const Reading& start, const Term& unit);
  Readings ReadOccasionTime(const Reading& start, const Term& unit);
  Readings ReadOccasionLasting(const Reading& start, const Term& unit);
  void AskHowLongOccasion(const Term& unit, Reading clause, Readings* found) const;
  void AskHowLong(int thing, const Term& unit, Reading* clause) const;
  void ReadInUnit(const Reading& start, const Frame& frame, Readings* found);
  Readings ReadDistance(const Reading& start, const std::vector<uint32_t>& relations, const Term& unit);
  std::vector<uint32_t> RelationsNamed(absl::string_view iri) const;
  std::vector<uint32_t> RelationsMeasuring(const std::vector<absl::string_view>& measures) const;
  // Those whose quantities can be told in `unit`, of its own measure or one of `measures`.
  std::vector<uint32_t> RelationsInUnit(const Term& unit, std::vector<absl::string_view> measures) const;
  Readings ReadClause(const Reading& start);
  Readings ReadExistence(const Reading& start);
  Readings ReadThingAt(const Reading& thing);
  Readings ReadWhereabouts(const Reading& start);
  Readings ReadDates(const Reading& start);
  // A name that is cut short is completed; false when there is none.
  bool TakeForLongerName();
  bool ReplacePhrase(absl::FunctionRef<std::vector<EntityNames::Named>(size_t begin, const std::string&)> names_for);
  // Assertions of quantities (read_quantity.cc).
  std::pair<Term, size_t> ReadBound(size_t at) const;
  Readings ReadQuantity(const Reading& start, uint32_t relation, int subject, bool counted);
  Readings ReadQuantityClause(const Reading& start);

  // Views (read_view.cc, read_path.cc).
  Readings ReadView(const Reading& start);
  bool IsViewWord(size_t at) const;
  Readings ReadHappenings(const Reading& start);
  Readings ReadYearTimeline(const Reading& start);
  Readings ReadTopic(const Reading& start, Meaning::Kind kind);
  void ReadStatementTopic(const Reading& start, Readings* found);
  Readings ReadQualifierItems(const Reading& start, Frame frame);
  enum class Scope : uint8_t { kTimesAndPlaces, kQualifiers };
  std::vector<PrepositionMatch> ScopePrepositionsAt(size_t at, Scope scope) const;
  Readings ReadScope(const Reading& start, Scope scope = Scope::kTimesAndPlaces);
  Readings ReadConnection(const Reading& start);
  Readings ReadLinked(const Reading& start);
  Readings ReadPath(const Reading& start);
  void AddPath(const Reading& start, int from, int to, Readings* found);
  Readings ReadPathLimits(const Reading& start);
  bool ReadThrough(Reading* reading);

  // Questions inside sentences (read_indirect.cc).
  Readings ReadIndirectQuestion(const Reading& start);
  std::vector<std::vector<Item>> AsQuestions(size_t at) const;
  void AddInversions(const std::vector<Item>& head, size_t body, std::vector<std::vector<Item>>* questions) const;
  std::vector<std::string> BasesOf(size_t at, size_t* end, bool* past) const;

  // Who agrees with whom (read_contradiction.cc).
  struct Dispute {
    bool agree = false;
    size_t end = 0;
  };
  Readings ReadTellers(const Reading& start);
  Readings ReadNamedTellers(const Reading& start);
  Readings ReadNumberedTellers(const Reading& start, size_t noun);
  void AskAsWritten(Meaning* meaning) const;
  size_t TellersEnd(size_t at) const;
  static void AddTeller(const Participant& more, Participant* all);
  static void GroupByTeller(bool written, Meaning* meaning);
  std::optional<Dispute> MatchDispute(size_t at) const;
  std::optional<Dispute> MatchSameness(size_t at) const;
  size_t AboutEnd(size_t at) const;
  Readings ReadDisagreement(const Reading& start);
  Readings ReadDisputed(const Reading& tellers, bool lists);
  Readings ReadContradictions(const Reading& start);
  Readings ReadComparison(const Reading& start);

  // Who says so, where, and what (read_source.cc, read_told.cc).
  Readings ReadTelling(const Reading& start);
  Readings ReadPassage(const Reading& start);
  Readings ReadStatedQuantity(const Reading& start);
  Readings ReadOnWhoseWord(const Reading& start);
  Readings ReadWhoseWork(const Reading& start);
  Readings ReadCredited(const Reading& start);
  Readings ReadWhereFrom(const Reading& start);
  Readings ReadFirstToTell(const Reading& start);
  void CheckArticles();
  void SplitDescribedSources();
  bool SplitSourceOfArticle(size_t at);
  bool NamesKind(absl::string_view phrase) const;
  Readings ReadTold(const Reading& start);
  Readings ReadGiven(const Reading& start);
  void ReadGivenNoun(const Reading& start, Readings* found);
  void ReadGivenAspect(const Reading& start, Readings* found);
  Readings ReadUncertain(const Reading& start);

  // What articles speak of (read_spoken.cc).
  int AddArticle(Reading* reading) const;
  Readings ReadSpokenOf(const Reading& start, int topic, int teller);
  void ReadTellerAbout(const Reading& start, int teller, Readings* found);
  Readings ReadAppearing(const Reading& start, int subject);
  Readings ReadSpokenPassive(const Reading& start, int subject);
  Readings ReadEveryArticle(const Reading& start);
  void DateWhatIsMentioned(Meaning* meaning);

  // What is missing (read_lack.cc).
  Readings ReadLack(const Reading& start);
  Readings ReadLackingEvents(const Reading& start);
  void AddLack(const Reading& start, size_t at, Readings* found) const;
  void AddLackOfPlace(const Reading& start, size_t at, Readings* found);
  void AddLackOfTelling(const Reading& start, size_t at, Readings* found);
  Readings ReadWithout(const Reading& start);
  void ReadNothingOf(const Reading& start, int subject, Readings* found);

  // The best reading of the items as they now are; `read` gives the ways to read them, and is called again for the dear
  // ones where no cheap one leads to the end.
  absl::StatusOr<Meaning> ReadItems(absl::FunctionRef<Readings()> read);
  void AskFor(absl::string_view word, Readings* readings) const;
  void AskForEvents(Meaning::Kind kind, Readings* readings) const;
  // Those that account for all words, the cheapest first. `open`: a degree that has nothing to be compared with.
  std::vector<const Reading*> WholeReadings(Readings* readings, std::optional<Degree>* open) const;
  // The cheapest reading of all words, or an error that names the first word not understood.
  absl::StatusOr<Meaning> Best(std::vector<const Reading*> whole, const std::optional<Degree>& open);
  bool NamesDatedEvent(const Meaning& meaning);
  static Meaning Distributed(Meaning meaning);
  absl::Status Explain();
  absl::Status ExplainLongerName(size_t at) const;
  std::vector<bool> KnownWords() const;
  bool MayBeginName(size_t at) const;
  std::vector<std::string> NamesNear(size_t begin, size_t end) const;

  // Degrees (read_degree.cc): "the most", "longer than the flight", "the largest".
  std::optional<Degree> MatchDegree(size_t at) const;
  std::optional<Degree> FindDegree(size_t at) const;
  std::optional<Degree> MatchEquality(size_t at) const;
  // Whether the degree of `reading` is said of a noun that begins at `at`, and still open.
  bool DegreeAwaits(const Reading& reading, size_t at) const;
  void MeasureNoun(Reading* reading, int fact) const;
  void ReadDegreeAdverb(const Reading& start, const Frame& frame, Readings* found);
  void ReadThan(const Reading& start, const Frame& frame, Readings* found);
  Readings ReadThanSource(const Reading& start);
  Readings ReadAdjective(const Reading& start, int subject);
  // What was said of the whole clause is settled at its end; false when there is nothing to measure or to compare.
  bool SettleDegree(Reading* reading) const;

  // Ordinals (read_ordinal.cc): "the second", "for the third time".
  struct OrdinalMatch {
    int ordinal = 0;  // As Meaning::ordinal.
    size_t end = 0;
  };
  std::optional<OrdinalMatch> MatchOrdinal(size_t at) const;
  void ReadOrdinalTime(const Reading& start, const Frame& frame, Readings* found);
  Readings ReadTimeThat(const Reading& start);

  // Numbers (read_number.cc): "more than 10,000 km", "at least three countries".
  struct NumberMatch {
    NumberLimit limit;
    Term unit;  // The IRI "" when none was said.
    size_t end = 0;
  };
  std::optional<NumberMatch> MatchNumber(size_t at) const;
  std::optional<NumberMatch> FindNumber(size_t at) const;
  void ReadNumbers(const Reading& start, Readings* found);

  // Sums of quantities (read_sum.cc).
  Readings ReadSum(const Reading& start);
  bool AddAmount(const NumberMatch& number, std::string words, Sum* sum) const;
  bool JoinsAmounts(size_t at) const;

  // Choices and groups (read_choice.cc): ", China or Russia", "per certainty", "by year".
  void TakeAlternatives();
  bool TakeInnerAlternatives();
  bool TakeQuantities();
  std::optional<Meaning> ReadWhichCameFirst();
  void DropNounOfAlternatives();
  bool TakeOrdered();
  void TakeGrouping();
  bool NamesPlacesOrActors(absl::string_view words) const;
  bool IsMeans(const Fact& fact, const std::vector<uint32_t>& kinds) const;
  Readings ReadAlternative(const Reading& start);
  absl::Status ApplyGrouping(Meaning* meaning);

  // Meanings (meaning_builder.cc).
  int AddKnown(Reading* reading, std::vector<TermId> candidates, size_t begin, size_t end) const;
  int AddSought(Reading* reading, std::string words) const;
  int AddFact(Reading* reading, absl::Span<const uint32_t> relations, int subject, int object) const;
  // Makes two participants one; false when both are known.
  bool Unify(Reading* reading, int one, int other) const;
  bool AllRelations(const Fact& fact, ObjectRole role) const;
  bool MayBeObject(const Participant& participant, const Fact& fact) const;  // By its class; of a known one.
  bool IsMeasured(const Fact& fact) const;  // Its object is a quantity, by whichever relation.
  void KeepRole(Fact* fact, ObjectRole role) const;
  // Whoever did it, and with whom, where nothing said so; how much of that was open in the fact `main`.
  int CompleteFacts(int main, Reading* reading) const;

  const ReaderContext& context_;
  const Catalogue& catalogue_;
  std::vector<Item> items_;
  absl::Status error_;   // A time phrase that cannot be, an unknown source: stops everything.
  size_t furthest_ = 0;  // The first item that no reading got past.
  static constexpr int kMaximumSteps = 60'000;
  int steps_left_ = kMaximumSteps;
  // What stands at each place, while the items are read: they stay as they are then.
  struct Lookups {
    FoundOnce<std::pair<const void*, size_t>, std::vector<NameMatch>> matches;  // By what was looked through.
    FoundOnce<size_t, std::optional<NumberMatch>> numbers;
    FoundOnce<size_t, std::optional<Degree>> degrees;
    FoundOnce<size_t, std::vector<PrepositionMatch>> prepositions;
    FoundOnce<size_t, std::optional<PrepositionMatch>> bare_prepositions;
  };
  mutable std::optional<Lookups> lookups_;
  static constexpr int kReach = 10;
  int reach_ = kReach;  // Ways that cost so much more than the cheapest to the same place are not followed.
  bool left_dear_ = false;
  std::map<std::pair<Junction, size_t>, int> least_costs_;
  std::vector<std::string> notes_;  // On the reading as a whole.
  Reading initial_;                 // Where every reading begins: the alternatives are known.
  // What the answers are to be grouped by, in words.
  struct GroupWords {
    std::string words;
    SourceSpan span;
  };
  std::vector<GroupWords> group_words_;
  std::deque<std::vector<Element>> own_elements_;  // Of items that were not written as they are read.
  bool is_nested_ = false;                         // Reads a question inside another one: errors are not explained.
  bool asks_politely_ = false;                     // "Tell me ...", "I want to know ...".
  int best_cost_ = 0;
  std::vector<Meaning> others_;
  std::map<size_t, Readings> indirect_;  // Questions inside the sentence, by where they begin.
};

}  // namespace dossier::ask
