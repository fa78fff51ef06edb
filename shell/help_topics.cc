// The topics of `help`. A line that begins with two blanks is an example, which a test carries out over the sample
// dataset.
#include <array>

#include "shell/help.h"

namespace dossier {
namespace {

constexpr absl::string_view kQuestions = R"(who, whom, what, which TYPE, where, when, how: ask for what is missing
  who accompanied Kim
  by whom was Kim accompanied
  who did Kim meet in Singapore
  which countries did Kim visit
  how did Kim travel to Hanoi
Nouns of relations, nesting, both of two things, all but some:
  what is the range of the missile that North Korea tested in April 2023
  who visited North Korea and met Kim
  who met Kim in 2018 but not in 2019
find: the general form, with variables
  find ?x, ?y where ?x accompanied ?y in 2023 and ?y met Putin
did, was: yes, denied, or not stated, with the claims that say so
  was Kim accompanied by Jo Chun Ryong
The first line of an answer says what the names were taken for, and which other
readings there are.
)";

constexpr absl::string_view kTimes = R"(  who accompanied Kim in September 2023
  when did Kim meet Putin before 2023
  which countries did Kim visit between 2018 and 2019
Also: in 2023, only in 2023, on 11 September 2023, on 2023-09-11, in summer,
after May 2018, since 2018, until 2019-06-30, from March 2018 to June 2018,
before the Hanoi summit, during the pandemic.
last year, yesterday, on Wednesday are counted from `today`: the day of the
newest article, unless it was set (`.today 2023-09-12`).
An answer whose date is vaguer than the question asks is shown as possible: a
claim dated 2023 answers `in September 2023` only possibly.
What was reported by a day is another thing than what happened by it:
  who accompanied Kim as of 2023-09-11
)";

constexpr absl::string_view kSources = R"(  sources of the range of the Hwasong-18
  which articles say that Kim met Trump
  in which paragraph is Jake Sullivan quoted
  in which articles is China not mentioned
Who says so, and where. Words that keep an answer to some sources:
  who invited Kim according to the Kremlin
  who accompanied Kim in article 002
  who accompanied Kim at least likely
  who met Kim by at least 2 sources
`according to` asks for the speaker, `in article` for where it was printed.
Levels of certainty: confirmed, reported, believed, likely, possible, planned.
Each row of an answer cites its claims: article, paragraph and sentence, time,
place, certainty, speaker; and the sentence itself when the text of the article
is loaded (`help load`). `.claims 10` shows more of them, `.claims off` none.
)";

constexpr absl::string_view kCounts = R"(  how many times did Kim visit China
  how many countries did Kim visit
  count the people who accompanied Kim in 2023
How many times counts events: claims of the same thing are one event unless
their times exclude each other. Measures have their own questions:
  how far is Vladivostok from Pyongyang
  what is the range of the Hwasong-18 in miles
  how long did Kim stay in Singapore
  does 700 km at 50 km/h take 20 hours
)";

constexpr absl::string_view kViews = R"(Everything about something, or what lies between two things:
  describe Hwasong-18
  timeline of Kim from 2018 to 2019
  what happened in September 2023
  conflicts about Vladivostok
  path from Jo Chun Ryong to Putin
  sources of the range of the Hwasong-18
Each has a topic of its own: timeline, happened, conflicts, path, sources.
Times, `in PLACE`, `according to`, `in article`, `at least LEVEL` and `as of`
hold for every claim that a view shows.
)";

constexpr absl::string_view kTimeline = R"(  timeline of Sergei Shoigu
  timeline of Kim from 2018 to 2019
  timeline of North Korean missile tests
What claims tell of something, in the order of time. Claims of the same thing
are one event unless their times exclude each other. What only possibly lies in
the time asked for comes last; claims without a time are counted in a note.
)";

constexpr absl::string_view kHappened = R"(  what happened in September 2023
  what happened on 13 September 2023
  what happened in Hanoi
All that happened in a time or a place. `what happened to X` is its timeline.
)";

constexpr absl::string_view kConflicts = R"(  conflicts about Vladivostok
  where do the articles disagree about the meeting place
  do the articles agree on the distance of Vladivostok
  do all articles give the same day for Kim's departure
  which articles disagree about how long the train ride to Hanoi took
  what does each article say about the train
What cannot all be so, side by side: other objects of a relation that has one
at a time, other values of one measure, the same stated and denied, two places
at one time. None is preferred. *Possible* conflicts may be of two things.
)";

constexpr absl::string_view kPath = R"(  path from Jo Chun Ryong to Putin
  path from Jo Chun Ryong to Putin through accompanied, meeting
  path from Shoigu to Hwasong-18 within 4 steps
  how is Hanoi connected to Pyongyang
The shortest paths, a row for each step, with the claims of the step. Times and
`as of` hold on every step. 6 steps are searched when no number is given.
)";

constexpr absl::string_view kWhy = R"(  who accompanied Kim in 2021
  why empty
What there would be without each part of the last question: a time, a name ...
  who accompanied Kim in 2023
  why 1
The claims behind a row of the last answer, with all that is known of them, and
with the sentence when the text of the article is loaded.
)";

constexpr absl::string_view kShowSparql = R"(  when did Kim visit China before 2019
  show sparql
  show sparql who accompanied Kim in 2023
The SPARQL query that a question stands for; alone, that of the last question.
It runs as it stands. Views, and questions that several queries answer, have
none.
)";

constexpr absl::string_view kDefine = R"(  define Rocket Man as Kim Jong-un
  when did Rocket Man meet Putin
  define "the summit group" as Kim, Putin and Xi
  define "ran into" as met
  define "hosted" as the inverse of visited
  which countries hosted Kim
Names of your own: for a thing, a group of things, a verb, a noun or a class.
They are kept in the store.
)";

constexpr absl::string_view kExport =
    R"(export everything.nq      the store into a file; by its name: .nt .nq .ttl
                          .trig, compressed with .gz or .zst behind it
export PATH as turtle     in a format that is said: nt, nq, turtle, trig
export                    as N-Quads, shown
From the command line: dossier export FILE.
)";

constexpr absl::string_view kCompare = R"(  which country did Kim visit more often, China or Russia
  who made more trips abroad, Kim Jong-un or Kim Jong-il
  did Kim travel more in 2018 than in 2019
  which missiles have a range of more than 10,000 km
  did Kim visit China more than twice
Two things, two times, or something and a number. Quantities are compared in
one unit; a hedged one (more than 15,000 km) only where the hedge settles it.
)";

constexpr absl::string_view kSuperlatives = R"(  which country did Kim visit most often
  which article mentions the most people
  which missile has the longest range
  what was Kim's longest trip
  in which month of 2018 did Kim make the most trips
  when did Kim first visit China
  what was Kim's second trip abroad
  when did Kim meet Trump for the third time
  did Kim travel more often by train or by plane
What is counted or measured is told by the word: often and most count occasions
or things, longest and largest compare quantities, or how long claims last.
)";

constexpr absl::string_view kGroups = R"(  who did Kim meet group by year
  how many times did Kim visit each country
  how many trips did Kim make per year
  who is the leader of North Korea according to each article
An answer for each year, month, day, article, speaker, certainty or thing.
)";

constexpr absl::string_view kOrder = R"(  who met Kim order by when
  who met Kim order by certainty desc limit 3
An answer can be ordered by when, certainty, sources or one of its columns,
and cut after some rows.
)";

constexpr absl::string_view kSearch = R"(  search armoured train
Articles with any of the words, best first, and the sentences that match. Words
match in all their forms (train, trains).
  search "armoured train"             # words next to each other
  search train -plane +Hanoi          # without `plane`, certainly with `Hanoi`
  search train AND (Hanoi OR Beijing)
)";

constexpr absl::string_view kLoad =
    R"(load PATH                 a dataset folder, or a file: .nt .nq .ttl .trig .rdf
                          .xml, also with .gz or .zst behind it
A load is one commit: whole or not at all, and a second time changes nothing.
Lines of .nt and .nq files that are wrong are skipped and written to a file
beside, with the reason; a wrong Turtle, TriG or XML file refuses the load.
Texts of articles are loaded from the command line:
dossier load --articles FOLDER
                          files whose names begin with an article's identifier
dossier load ARTICLES.jsonl
                          an article a line: {"id", "title", "url", "text",
                          "published", "publisher", "author", "language"}
)";

constexpr absl::string_view kChanges = R"(  assert Kim visited Beijing in May 2024 according to KCNA
  assert likely Kim met "Jane Doe" in 2024
  assert denied Kim visited Hanoi in 2024
  retract Kim visited Beijing in May 2024
assert makes a claim; a level of certainty, or `denied`, may stand before it. A
name in quotes that the store does not know becomes a new thing. retract
withdraws every claim that fits. Each is one commit, durable when its answer
appears.
)";

constexpr absl::string_view kSparql = R"(SPARQL 1.2 is told by the first words of a statement:
  SELECT ?name { ?who rdfs:label ?name } LIMIT 5
ASK { ... }   CONSTRUCT { ... } WHERE { ... }   DESCRIBE <IRI>
INSERT DATA { ... }   DELETE WHERE { ... }   LOAD <file.ttl>   CLEAR ALL
It goes on over lines until its brackets are closed and nothing is missing.
A query may end with `;`. Updates are one commit each.
  PREFIX ex: <http://example.org/>
as a statement of its own holds for what follows; rdf, rdfs, xsd, owl, skos,
schema, prov, edtf and dossier need none in queries that are typed.
  EXPLAIN SELECT * { ?who rdfs:label ?name }
The plan; EXPLAIN ANALYZE: as it was run. `run FILE.rq` and `run FILE.ru` carry
out a file as one request. `.mode` holds here too: table, json, csv, tsv.
)";

constexpr absl::string_view kFormats = R"(  .mode markdown
  who met Kim in 2018
  .mode table
table     for people: the rows, and below each the claims that it stands on
csv, tsv  for spreadsheets: a line for each row
json      one object with everything; jsonl: each row as an object in a line
markdown  for reports: a table, and the claims as a list
turtle    the claims themselves as RDF, which can be loaded again
`.output FILE` writes what follows to a file, `.output` to the terminal again.
)";

constexpr absl::string_view kCommands = R"(help [TOPIC]              set [NAME VALUE]
stats                     what is in the store
check                     recounts every index
run FILE                  the statements of a script; so does .read FILE
explain QUESTION          how it is answered; `explain analyze` runs it
quit, exit, Ctrl-D        leave
Commands that begin with a dot are listed by .help. From the command line also:
export, backup, restore; see `dossier --help`.
)";

constexpr absl::string_view kKeys = R"(Tab             what fits here: inserts what is sure, else shows the choice
Up, Down        earlier statements, of other sessions too; one that begins
                with a blank is not kept
Ctrl-R          searches in them
Ctrl-C          drops the line; ends a statement that is running
Ctrl-D          leaves
Ctrl-A, Ctrl-E  begin and end of the line; ~/.editrc sets more (libedit)
)";

}  // namespace

absl::Span<const HelpTopic> AllHelpTopics() {
  static constexpr std::array<HelpTopic, 25> kTopics = {{
      {"questions", "who, what, which, where, when, how; yes or no; find", kQuestions, "who, what, which, find"},
      {"times", "in 2023, before, after, between, as of", kTimes, "when, as of"},
      {"sources", "according to whom, in which article, how certain", kSources, "according to, certainty"},
      {"counts", "how many, how often, how far", kCounts, "how many, how often, how far"},
      {"superlatives", "the most, the largest, the first", kSuperlatives, "most, least, largest, longest, first, last"},
      {"compare", "more often than, longer than, A or B", kCompare, "comparisons, than, more"},
      {"groups", "per year, for each country", kGroups, "group by, for each, each, per"},
      {"order", "order by, limit", kOrder, "order by, limit"},
      {"views", "describe, and the next four", kViews, "describe"},
      {"timeline", "what claims tell of it, in the order of time", kTimeline, ""},
      {"happened", "what happened in a time or a place", kHappened, "what happened, happenings"},
      {"conflicts", "where the articles disagree", kConflicts, "contradictions, disagreements, disagree"},
      {"path", "how two things are connected", kPath, "paths, connection, connections, connected"},
      {"why", "the claims behind a row; why nothing was found", kWhy, "why empty"},
      {"show", "the SPARQL of a question", kShowSparql, "show sparql"},
      {"search", "the words of the articles", kSearch, ""},
      {"load", "data and texts", kLoad, ""},
      {"export", "the store as a file", kExport, ""},
      {"changes", "assert and retract claims", kChanges, "assert, retract"},
      {"define", "names of your own", kDefine, "definitions"},
      {"sparql", "queries and updates in SPARQL 1.2", kSparql, "select"},
      {"formats", "table, CSV, JSON, Markdown, Turtle; to a file", kFormats, "mode, output"},
      {"settings", "limits, widths, today, ...", "", "set"},
      {"commands", "what is no question", kCommands, ""},
      {"keys", "Tab, Ctrl-C, history", kKeys, "history, completion"},
  }};
  return kTopics;
}

}  // namespace dossier
