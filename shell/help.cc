#include "shell/help.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace dossier {
namespace {

struct Topic {
  absl::string_view name;
  absl::string_view text;
};

constexpr absl::string_view kOverview = R"(A question is asked as one says it:
  who accompanied Kim in 2023           which countries did Kim visit in 2018
  where did Kim meet Putin              when did Kim visit China
  how many times did Kim visit China    did Kim meet Trump in 2018
  describe Kim Jong-un                  find ?x where ?x accompanied Kim
Words of the articles are found with
  search armoured train
and data is changed with
  load PATH                             assert A accompanied B in 2023
A statement is a line. It goes on in the next line after a backslash at its
end, or while a quote or a parenthesis is open. Ctrl-C drops the line, or ends
what is running; `quit` or Ctrl-D leaves. `help TOPIC` tells more. Topics:
)";

constexpr std::array<Topic, 10> kTopics = {{
    {"questions", R"(who, what, which TYPE, where, when, how: ask for what is missing in a sentence
  who accompanied Kim                   by whom was Kim accompanied
  who did Kim meet in Singapore         which countries did Kim visit
  how did Kim travel to Hanoi
did, was: yes, no, denied, or not stated, with the claims that say so
  did Kim meet Trump in 2018            was Kim accompanied by Jo Chun Ryong
how many, how many times: counts
  how many times did Kim visit China    how many countries did Kim visit
find: the general form, with variables
  find ?x, ?y where ?x accompanied ?y in 2023 and ?y met Putin
describe NAME: all that the store tells of it
The first line of an answer says what the names were taken for, and which other
readings there are.
)"},
    {"time", R"(in 2023, in September 2023, on 11 September 2023, on 2023-09-11
before 2019, after May 2018, since 2018, until 2019-06-30,
between 2018 and 2019, from March 2018 to June 2018
last year, last month, yesterday: counted from `today`, which is the day of the
newest article unless it was set (`set today 2023-09-12`)
An answer whose date is vaguer than the question asks is shown as possible: a
claim dated 2023 answers `in September 2023` only possibly.
as of 2023-09-11: only what articles had reported by that day
)"},
    {"sources", R"(according to KCNA                only what this speaker says
in article 002                   only what this article says
at least likely                  only claims of at least this certainty:
                                 confirmed, reported, believed, likely,
                                 possible, planned
Each row of an answer cites its claims: certainty, speaker, article, paragraph
and sentence, and the sentence itself when the text of the article is loaded
(`help load`).
)"},
    {"order", R"(order by when, order by when desc, limit 5
)"},
    {"load",
     R"(load PATH                        a dataset folder, or a file (.nt .nq .ttl
                                 .trig .rdf .xml, also with .gz or .zst)
A load is one commit: whole or not at all, and a second time changes nothing.
Lines of .nt and .nq files that are wrong are skipped and written to a file
beside, with the reason; a wrong Turtle, TriG or XML file refuses the load.
Texts of articles are loaded from the command line:
  dossier load --articles FOLDER   files whose names begin with the identifier
                                   of an article
  dossier load ARTICLES.jsonl      an article a line: {"id", "title", "url",
                                   "published", "publisher", "author",
                                   "language", "text"}
)"},
    {"change", R"(assert A accompanied B in 2023   adds a claim
retract A accompanied B in 2023  takes it away again
Each is one commit, durable when its answer appears.
)"},
    {"search",
     R"(search WORDS                     articles with any of the words, best first,
                                 and the sentences that match
search "armoured train"          words next to each other
search train -plane +Hanoi       without `plane`, and certainly with `Hanoi`
search train AND (Hanoi OR Beijing)
Words match in all their forms (train, trains).
)"},
    {"sparql", R"(SPARQL 1.2 is told by the first words of a statement:
  SELECT ?name { ?who rdfs:label ?name } LIMIT 5
  ASK { ... }   CONSTRUCT { ... } WHERE { ... }   DESCRIBE <IRI>
  INSERT DATA { ... }   DELETE WHERE { ... }   LOAD <file.ttl>   CLEAR ALL
It goes on over lines until its brackets are closed and nothing is missing.
A query may end with `;`. Updates are one commit each.
PREFIX ex: <http://example.org/>
  as a statement of its own holds for what follows; rdf, rdfs, xsd, owl, skos,
  schema, prov, edtf and dossier need none in queries that are typed.
EXPLAIN SELECT ...               the plan; EXPLAIN ANALYZE: as it was run
run FILE.rq, run FILE.ru         a file as one request
`set format` holds here too: table, json, csv, tsv.
)"},
    {"settings", R"(set                              shows the settings
set format table|csv|tsv|json    how answers are written
set claims N|off                 how many claims are shown under a row
set timeout 10s|off              the time that a statement may take
set memory 512M                  the memory that a statement may take
set today 2023-09-12|off         the day that `yesterday` is counted from
)"},
    {"commands", R"(help [TOPIC]                     set [NAME VALUE]
stats (what is in the store)     check (recounts every index)
run FILE (statements of a file)  quit, exit
explain QUESTION, explain analyze QUESTION: how it is answered
From the command line also: export, backup, restore; see `dossier --help`.
)"},
}};

}  // namespace

std::string HelpTopics() {
  return absl::StrJoin(kTopics, " ", [](std::string* out, const Topic& topic) { absl::StrAppend(out, topic.name); });
}

std::string HelpText(absl::string_view topic) {
  if (topic.empty()) return absl::StrCat(kOverview, "  ", HelpTopics(), "\n");
  for (const Topic& known : kTopics) {
    if (known.name == topic) return std::string(known.text);
  }
  return "";
}

}  // namespace dossier
