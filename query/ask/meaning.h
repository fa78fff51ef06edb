// What a question means once its words are understood: participants (known ones, and those that are sought), and the
// facts that link them. The compiler (compile.h) makes algebra of it, the answer builder (answer_builder.h) answers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/copy_on_write_vector.h"
#include "base/diagnostic.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "rdf/time_range.h"

namespace dossier::ask {

inline constexpr int kNobody = -1;  // No participant, no fact.

// A number that the question gives: "more than 10,000 km", "at least three", "20". In base units where it has a unit.
struct NumberLimit {
  enum class Relation : uint8_t { kEqual, kMore, kAtLeast, kLess, kAtMost };
  Relation relation = Relation::kEqual;
  double value = 0;
  Term base_unit;  // The IRI "" when there is none.
};

struct Participant {
  // Of a known one: the entities that its name may mean; after binding there is one left, `chosen`. Empty: it is
  // sought.
  std::vector<TermId> candidates;
  std::optional<Term> chosen;
  std::vector<TermId> others;   // The readings that were not chosen, most prominent first.
  std::optional<Term> literal;  // A number or a text that was written in the question.
  std::string words;            // As the question names it.
  SourceSpan span;
  // Of one that is sought: an instance of one of the classes of every entry.
  std::vector<std::vector<uint32_t>> kinds;
  std::vector<int> except;            // Other participants, known ones, that it is not.
  std::vector<TermId> among;          // One of these, where there are any ("people whose name is Kim").
  std::string variable;               // Its name in `find ?x`.
  bool each = false;                  // "each country": an answer for each of them.
  bool named = false;                 // "the named experts": no group of people whom nobody names.
  bool holds_places = false;          // A place that others may lie in: those answer for it as well.
  bool all_candidates = false;        // Every one of the candidates is meant (statements found by their words).
  std::optional<NumberLimit> number;  // Of one that is sought: a quantity within this limit.
  bool counted = false;               // The noun of a quantity stood after the number ("20 cars").

  bool known() const { return !candidates.empty() || chosen.has_value() || literal.has_value(); }
};

struct RelationUse {
  uint32_t relation = 0;  // Index in the catalogue.
  bool inverted = false;  // Stored with subject and object exchanged.

  friend auto operator<=>(const RelationUse&, const RelationUse&) = default;
};

// A value that the claim must have under one of some qualifiers: dossier:where and dossier:destination for "in Russia".
struct QualifierLimit {
  std::vector<uint32_t> qualifiers;  // Indices in the catalogue.
  int participant = kNobody;
};

// When a fact must have been so.
struct TimeLimit {
  TimeRange range;
  bool within = false;  // `only in`: the claim's time must lie inside.
  std::string words;    // For the reading.
};

// The time of a fact against that of something else.
struct TimeLink {
  enum class Kind : uint8_t { kDuring, kBefore, kAfter, kSince, kUntil };
  Kind kind = Kind::kDuring;
  int fact = kNobody;  // The other fact.
  bool first = false;  // kBefore: before the first of its occasions, not before any.
};

// A pattern of claims.
struct Fact {
  std::vector<RelationUse> relations;  // Any of them; none: any relation at all.
  std::vector<uint32_t> literally;     // Of those whose objects are statements: whose label is the verb that was used.
  int subject = kNobody;
  int object = kNobody;
  std::vector<QualifierLimit> qualifiers;
  std::optional<TimeLimit> time;
  std::vector<TimeLink> links;
  int speaker = kNobody;          // Participant: to whom its claims are attributed.
  int article = kNobody;          // Participant: from which its claims are derived.
  int about = kNobody;            // Participant: any claim that speaks of it, whatever it says; there are no relations.
  Term unit;                      // Quantities must be in this unit; the IRI "" for any.
  Term bound;                     // Of an asserted quantity: how it is hedged; the IRI "" for not at all.
  bool negated = false;           // There is no such claim (for the participants that are known by then).
  bool denied = false;            // Only claims that deny it ("which city is Kim not going to").
  bool opposite = false;          // Of a verdict: its claims say the opposite ("not normally travel abroad").
  std::optional<Term> certainty;  // Only claims of this level ("which members are confirmed").
  bool or_likelier = false;       // Or of a higher one that settles nothing ("the possible places").
  bool restricts =
      false;  // Only says who a participant is ("the president of Russia"); its claims do not date the answer.
  bool is_event = false;  // Stands for an event noun: the fact itself is listed or counted.
};

enum class Tense : uint8_t { kPresent, kPast, kFuture };

// What the rows of the answer show.
struct Target {
  enum class Kind : uint8_t {
    kParticipant,
    kWhen,       // Of a fact.
    kQualifier,  // Of a fact: where, means, reason.
    kSpeaker,    // Of a fact: prov:wasAttributedTo.
    kArticle,    // Of a fact: prov:wasDerivedFrom.
  };
  Kind kind = Kind::kParticipant;
  int participant = kNobody;
  int fact = kNobody;
  std::string qualifier;  // IRI, for kQualifier.
  bool optional = false;  // Rows without it are rows all the same.
  bool hidden = false;    // Read for what is measured, not shown.
  std::string column;
};

// "The most", "more often than", "the largest": what is measured of every answer, and which of them are kept.
struct Degree {
  enum class Of : uint8_t {
    kOpen,      // Not decided yet: no noun or verb has come that tells.
    kEvents,    // How often: the occasions of `fact`.
    kAnswers,   // How many different `participant`s.
    kQuantity,  // The number of `participant`, the object of `fact`.
    kLasting,   // How long `fact` lasted, by its time.
    kTime,      // When: the earlier comes first.
  };
  Of of = Of::kOpen;
  std::string word;          // The positive adjective or adverb: "long", "much", "often", "early".
  int direction = 1;         // 1: the most, -1: the least.
  bool superlative = false;  // Else compared with something.
  bool equal = false;        // "as often as": neither more nor less.
  size_t end = 0;            // The item after its words: a noun that begins there is measured.
  int fact = kNobody;
  int participant = kNobody;
  std::optional<uint64_t> keep;  // "the three largest"
  // What a comparative compares with: a number, or the same with another participant or at another time.
  std::optional<NumberLimit> number;
  int than = kNobody;
  std::vector<uint32_t> than_qualifiers;  // "than by train": in which of its parts the other one differs.
  std::optional<TimeLimit> than_time;
  SourceSpan span;
};

// Answers are told apart by this as well, and gathered for each value of it.
struct Grouping {
  enum class By : uint8_t { kTarget, kYear, kMonth, kDay, kCertainty, kArticle, kSpeaker };
  By by = By::kTarget;
  int target = kNobody;         // kTarget: index in Meaning::targets.
  std::vector<uint32_t> kinds;  // kTarget: the kinds that the things of the target are counted under lie below these.
  std::string column;
};

struct Meaning;

// One of the things between which the question asks to choose: "..., China or Russia".
struct Alternative {
  int participant = kNobody;         // A known one, or one of a kind; nobody where only times are compared.
  std::vector<uint32_t> qualifiers;  // "by train": the participant is a qualifier's value; else what is asked for.
  std::optional<TimeLimit> time;
  std::string words;
  std::shared_ptr<const Meaning> question;  // "the first test": what asks when it was; then there is nothing else.
};

// A number with the unit in which the question writes it.
struct Amount {
  double number = 0;
  Term unit;
  std::string words;
};

// "does 700 km at 50 km/h take 20 hours", "how long does 700 km at 50 km/h take": a rate, and what it makes of one
// quantity. What is missing is asked for; where nothing is, whether it is so.
struct Sum {
  std::optional<Amount> rate;
  std::optional<Amount> numerator;
  std::optional<Amount> denominator;
  std::optional<Amount> equal;  // "is 1,000 km 600 miles": what the numerator is said to be, or to be more than, ...
  NumberLimit::Relation relation = NumberLimit::Relation::kEqual;
  bool roughly = false;  // "about 14 hours"
};

// What must not be told along with an event: "trips with no means of transport", "which trip names no meeting".
struct Lack {
  int fact = kNobody;                  // Of the event.
  std::vector<uint32_t> kinds;         // Nothing of one of these classes,
  std::vector<uint32_t> qualifiers;    // no value of these qualifiers,
  std::vector<RelationUse> relations;  // nothing of these relations,
  int place = kNobody;                 // and no such place; whichever of them is set.
};

struct Meaning {
  enum class Kind : uint8_t {
    kSelect,
    kAsk,
    kCountAnswers,  // How many countries.
    kCountEvents,   // How many times, how many trips: claims whose times exclude each other.
    kEvents,        // The events themselves.
    kDescribe,      // All about one participant.
    // Views (views/view.h): of one participant, the subject of `scope_fact`, or else of the claims of the facts.
    kTimeline,    // What happened to it, in the order of time.
    kHappenings,  // All that happened in the time, or at the place, of `scope_fact`.
    kConflicts,   // Where claims about it contradict each other.
    kAgreement,   // Whether they do.
    kSources,     // Who says so.
    kAccounts,    // What is said of it, perhaps by each article.
    kPath,        // How the subject of `scope_fact` is connected with its object.
  };
  Kind kind = Kind::kSelect;
  CopyOnWriteVector<Participant> participants;
  CopyOnWriteVector<Fact> facts;
  std::vector<Target> targets;
  Tense tense = Tense::kPresent;
  int event_fact = kNobody;  // kCountEvents, kEvents; kTimeline of an event noun.
  int scope_fact = kNobody;  // Of a view: a fact of any relation that holds the limits of its claims.
  // kSources: what a row of the answer is.
  enum class SourceUnit : uint8_t { kSpeaker, kArticle, kParagraph, kSentence };
  SourceUnit source_unit = SourceUnit::kSpeaker;
  bool asks_for_conflict = false;         // kAgreement: "do the articles disagree".
  Kind asked = Kind::kSelect;             // Of a view about a question ("when Kim left"): what that asks for.
  bool asks_the_same = false;             // As the best reading does; it asks no less.
  bool is_question = false;               // It is about a question that was written as one.
  std::optional<int64_t> below_rank;      // kAccounts: only what is told with less certainty than that,
  std::optional<int64_t> exact_rank;      // or with this.
  std::vector<uint32_t> through;          // kPath: only these relations; none: any.
  std::optional<uint64_t> maximum_steps;  // kPath.

  // For every claim of every fact.
  std::vector<int> speakers;                // Participants: prov:wasAttributedTo.
  std::vector<int> articles;                // Participants: prov:wasDerivedFrom; of all candidates, any.
  std::optional<int64_t> minimum_rank;      // at least CERTAINTY
  std::optional<int64_t> minimum_sources;   // by at least N sources
  std::optional<TimeRange> reported_until;  // as of DATE

  std::vector<Lack> lacks;
  bool every = false;   // "Does every article mention it": the answers are those that do not; yes when there are none.
  int publication = 0;  // 1: only what the earliest article tells, -1: the newest.

  std::optional<Degree> degree;
  std::vector<Grouping> groups;
  std::vector<Alternative> alternatives;
  std::vector<std::string> either;  // "which is larger, A or B" of two quantities, which were compared with each other.
  bool in_order = false;            // "in what order": not to choose between them, but all of them by time.
  bool identity = false;            // kDescribe: "who is X", only what X is.
  bool since = false;               // "since when"
  bool at_any_time = false;         // "list the leaders": of what is over as well.
  std::optional<Grouping::By> period;  // "on which day", "in which month": a date that is vaguer is no answer.
  // "how long did Kim stay", told by the dates of the claims; until this day lasts what has no end yet.
  std::optional<TimeRange> lasting;
  std::optional<Sum> sum;          // Then there are no facts but the sources in `articles` and `speakers`.
  std::vector<std::string> notes;  // On how the words were taken.

  // The tail.
  int ordinal = 0;          // 1: the first in time, 2: the second, ...; -1: the last, -2: the last but one, ...
  bool of_answers = false;  // The ordinal counts different answers ("the second city"), not occasions.
  std::string order_by;     // A column, or when, certainty, sources.
  bool descending = false;
  std::optional<uint64_t> limit;
};

constexpr bool IsView(Meaning::Kind kind) { return kind >= Meaning::Kind::kTimeline; }

}  // namespace dossier::ask
