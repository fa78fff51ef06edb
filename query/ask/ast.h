// A statement of the question language as it was written: what the grammar knows for sure, and words for all the rest.
// Every node carries the range of bytes that it was written in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace dossier::ask {

// A date as written; whether there is such a day is decided later (time_phrase.h).
struct DatePhrase {
  enum class Kind : uint8_t {
    kCalendar,  // Year, month, day: as many as were written.
    kSeason,    // `number` 1 to 4: spring to winter; and a year.
    kEdtf,      // `text`: an interval `a/b`.
    kWeekday,   // `number` 1 (Monday) to 7.
    kRelative,  // `offset` units from today: `last year`, `tomorrow`, `next Monday`.
  };
  enum class Part : uint8_t { kWhole, kBegin, kMiddle, kEnd };  // `early 2020`, `the end of May`: a third of it.
  enum class Unit : uint8_t { kDay, kWeek, kMonth, kYear, kWeekday, kCalendarMonth, kSeason };

  Kind kind = Kind::kCalendar;
  std::optional<int64_t> year;
  std::optional<int> month;
  std::optional<int> day;
  int number = 0;  // Weekday, month or season.
  int offset = 0;
  Unit unit = Unit::kDay;
  Part part = Part::kWhole;
  std::string text;
  SourceSpan span;
};

struct TimePhrase {
  enum class Relation : uint8_t { kIn, kOnlyIn, kBefore, kAfter, kSince, kUntil, kDuring, kBetween, kEither };

  Relation relation = Relation::kIn;
  DatePhrase first;
  DatePhrase second;  // kBetween, kEither.
  SourceSpan span;
};

// One piece of a clause, in the order of the text.
struct Element {
  enum class Kind : uint8_t {
    kWord,      // `text`.
    kQuoted,    // `text` without the quotes.
    kVariable,  // `text` without the question mark.
    kComma,
    kTime,       // `time`.
    kArticle,    // in article `text`.
    kSpeaker,    // according to `text`.
    kCertainty,  // at least `text`.
    kSupport,    // by at least `number` sources.
    kReported,   // as of `time.first`.
    kIri,        // `text` without the angle brackets.
  };
  Kind kind = Kind::kWord;
  std::string text;
  TimePhrase time;
  int64_t number = 0;
  SourceSpan span;
};

struct Tail {
  enum class Kind : uint8_t { kOrderBy, kLimit, kGroupBy, kForEach };
  Kind kind = Kind::kLimit;
  std::string text;  // What to order or group by.
  bool descending = false;
  int64_t number = 0;  // kLimit.
  SourceSpan span;
};

struct Question {
  enum class Head : uint8_t {
    kNone,
    kFind,  // find ?x, ?y where ...
    kList,  // list, show, find
    kCount,
    kDescribe,
    kAccordingToWhom,
  };
  Head head = Head::kNone;
  std::vector<Element> variables;  // kFind.
  std::vector<Element> elements;
  std::vector<Tail> tails;
};

struct Statement {
  enum class Kind : uint8_t {
    kQuestion,
    kExplain,
    kLoad,
    kSearch,
    kHelp,
    kAssert,
    kRetract,
    kWhy,     // `row`; without one: why the last answer is empty.
    kSparql,  // `question`; without one (no elements): the last question.
    kDefine,
    kExport,
  };
  Kind kind = Kind::kQuestion;
  std::string text;      // The whole statement, which all spans refer to.
  bool analyze = false;  // kExplain.
  Question question;     // kQuestion, kExplain, kAssert, kRetract, kSparql.
  // kLoad, kSearch, kHelp, kDefine, kExport: the rest as written, without a final semicolon or quotes around it.
  std::string argument;
  SourceSpan argument_span;    // Where that stands.
  std::optional<int64_t> row;  // kWhy, counted from 1.
};

}  // namespace dossier::ask
