// What is said, told or bidden: "that Russia is isolated", "urged them not to sell weapons", "was urged not to".
#include <algorithm>
#include <memory>
#include <set>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int kSpokenOfCost = 12;
constexpr int kSpokenAboutCost = 20;  // Dearer than a name that tells the topic.
constexpr int kBiddenCost = 1;
constexpr int kPartOfStatementCost = 15;
constexpr int kWholeStatementGain = 1;  // A time that the statement's own words have is part of it.

bool Denies(const std::vector<std::string>& stems) {
  return absl::c_any_of(stems, [](absl::string_view stem) {
    return stem == "not" || stem == "never" || stem == "cannot" || stem == "wont" || absl::EndsWith(stem, "snt") ||
           absl::EndsWith(stem, "dnt");
  });
}

// Those of `things` with a name that has words of all `stems`, and denies what it says if they do.
std::vector<TermId> CalledSo(const EntityNames& names, const std::set<TermId>& things,
                             const std::vector<std::string>& stems) {
  std::vector<TermId> called;
  const bool denies = Denies(stems);
  for (const TermId thing : things) {
    const std::shared_ptr<const EntityNames::StemsOfNames> known = names.NameStems(thing);
    const bool fits = std::any_of(known->begin(), known->end(), [&](const std::vector<std::string>& words) {
      return Denies(words) == denies && std::all_of(stems.begin(), stems.end(), [&](const std::string& stem) {
               return std::find(words.begin(), words.end(), stem) != words.end();
             });
    });
    if (fits) called.push_back(thing);
  }
  return called;
}

}  // namespace

// The instances of a class that may be called by words of all `stems`: all of them or, where they are very many, those
// with a name that has a word beginning like the longest.
absl::StatusOr<std::vector<TermId>> ClauseReader::StatementsOfClass(TermId kind,
                                                                    const std::vector<std::string>& stems) const {
  constexpr uint64_t kMaximumStatements = 2000;
  GraphReader graph(context_.snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const TermId type, graph.Id(rdf::kType));
  ScanSpec all;
  all.permutation = Permutation::kPos;
  all.prefix = {type, kind};
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t count, context_.snapshot.CountRows(all, /*exact=*/false));
  if (count <= kMaximumStatements) return graph.Subjects(rdf::kType, kind);
  const std::string& longest = *std::max_element(
      stems.begin(), stems.end(), [](const std::string& a, const std::string& b) { return a.size() < b.size(); });
  std::vector<TermId> statements;
  for (const TermId named : catalogue_.names().BeginningWith(longest, kMaximumStatements)) {
    ScanSpec one;
    one.prefix = {named, type, kind};
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, context_.snapshot.CountRows(one, /*exact=*/true));
    if (rows > 0) statements.push_back(named);
  }
  return statements;
}

// The statements whose label has all the words of "that ...".
std::vector<TermId> ClauseReader::StatementsOf(const Fact& fact, size_t begin, size_t end) {
  std::vector<std::string> wanted;
  for (size_t at = begin; at < end; ++at) {
    const std::string words = IsWord(at) ? items_[at].word : PhraseKey(TextOf(at, at + 1));
    for (const absl::string_view word : absl::StrSplit(words, ' ', absl::SkipEmpty())) {
      if (!IsStopWord(word)) wanted.push_back(StemOf(word));
    }
  }
  if (wanted.empty()) return {};
  std::set<uint32_t> kinds;  // Relations of saying share theirs.
  for (const RelationUse& use : fact.relations) {
    for (const uint32_t broad : catalogue_.relations()[use.relation].range) {
      const auto& narrower = catalogue_.classes()[broad].narrower;
      kinds.insert(narrower.begin(), narrower.end());
    }
  }
  std::set<TermId> candidates;
  for (const uint32_t kind : kinds) {
    const absl::StatusOr<std::vector<TermId>> statements = StatementsOfClass(catalogue_.classes()[kind].id, wanted);
    if (!statements.ok()) {
      error_ = statements.status();
      return {};
    }
    candidates.insert(statements->begin(), statements->end());
  }
  return CalledSo(catalogue_.names(), candidates, wanted);
}

// "was urged by the council not to sell weapons", "[what] was she told to do": `person` is who was told what comes.
void ClauseReader::ReadBidden(const Reading& start, int person, const std::vector<uint32_t>& relations,
                              Readings* found) {
  const std::vector<uint32_t> addressee = QualifiersNamed("addressee");
  if (addressee.empty() || person == kNobody || !WordIn(start.at, {"by", "to", "not", "that"})) return;
  Reading spoken = start;
  const int fact = AddFact(&spoken, relations, kNobody, kNobody);
  KeepRole(&spoken.meaning->facts[fact], ObjectRole::kStatement);
  if (!AllRelations(spoken.meaning->facts[fact], ObjectRole::kStatement)) return;
  spoken.main_fact = fact;
  spoken.cost += kBiddenCost;
  spoken.meaning->facts[fact].qualifiers.push_back({addressee, person});
  Readings speakers;
  if (WordIs(start.at, "by")) {
    ++spoken.at;
    for (Reading& speaker : ReadNoun(spoken)) {
      speaker.meaning->facts[fact].subject = speaker.noun;
      speakers.push_back(std::move(speaker));
    }
  } else {
    spoken.meaning->facts[fact].subject = AddSought(&spoken, "");
    speakers.push_back(std::move(spoken));
  }
  Frame frame;
  frame.fact = fact;
  frame.prepositions.emplace_back("");
  for (Reading& speaker : speakers) {
    frame.subject = speaker.meaning->facts[fact].subject;
    const size_t to = speaker.at + (WordIs(speaker.at, "not") ? 1 : 0);
    if (speaker.gap != kNobody && WordIs(to, "to") && WordIs(to + 1, "do")) speaker.at = to + 2;
    Append(ReadComplements(speaker, frame), found);
  }
}

void ClauseReader::ReadStatement(const Reading& start, const Frame& frame, Readings* found) {
  // "spoke of blackmail": of whom and about what may be a qualifier of the claim as well.
  const bool loose = WordIn(start.at, {"of", "about"});
  // "urged them not to sell weapons"
  const bool bidden = WordIs(start.at, "to") || (WordIs(start.at, "not") && WordIs(start.at + 1, "to"));
  if (!WordIs(start.at, "that") && !loose && !bidden) return;
  const Fact& fact = start.meaning->facts[frame.fact];
  const bool says = std::any_of(fact.relations.begin(), fact.relations.end(), [&](const RelationUse& use) {
    return catalogue_.relations()[use.relation].role == ObjectRole::kStatement;
  });
  if (!says || fact.object != kNobody) return;
  // What an article says it says in its claims.
  if (frame.subject != kNobody && !start.meaning->participants[frame.subject].known() &&
      IsWritten(start.meaning->participants[frame.subject])) {
    return;
  }
  // Words to the end, or to a time, which may belong to the statement or say when it was made.
  enum class Words : uint8_t { kAll, kToTheVerb, kWithTimes };
  for (const Words words : {Words::kAll, Words::kToTheVerb, Words::kWithTimes}) {
    const bool with_times = words == Words::kWithTimes;
    size_t end = start.at + 1;
    bool timed = false;
    while (IsWord(end) || (with_times && end < items_.size() && items_[end].kind == Element::Kind::kTime)) {
      timed |= items_[end].kind == Element::Kind::kTime;
      ++end;
    }
    if (timed != with_times) continue;
    if (words == Words::kToTheVerb) {
      // "[where does] the expert who spoke of blackmail work": the last word is that of the outer clause.
      if (!loose || end <= start.at + 2 || Match(catalogue_.verbs(), end - 1).empty()) continue;
      --end;
    }
    Fact saying = fact;
    KeepRole(&saying, ObjectRole::kStatement);
    std::vector<TermId> statements = StatementsOf(saying, bidden ? start.at : start.at + 1, end);
    if (statements.empty()) continue;
    Reading next = start;
    next.at = end;
    if (bidden) next.cost += kBiddenCost;
    if (loose) next.cost += WordIs(start.at, "of") ? kSpokenOfCost : kSpokenAboutCost;
    if (with_times) next.cost -= kWholeStatementGain;
    const std::vector<uint32_t> addressee = QualifiersNamed("addressee");
    if (WordIs(start.at, "that") && next.gap != kNobody && next.gap_preposition.empty() && !addressee.empty()) {
      // "whom did she tell that ..."
      saying.qualifiers.push_back({addressee, next.gap});
      next.gap = kNobody;
    }
    saying.object = AddKnown(&next, std::move(statements), start.at + 1, end);
    next.meaning->participants[saying.object].all_candidates = true;
    next.meaning->facts[frame.fact] = std::move(saying);
    Append(ReadComplements(next, frame), found);
  }
}

// What claims of one of the relations of `fact` say with all these words in its name.
std::vector<TermId> ClauseReader::ObjectsCalled(const Fact& fact, size_t begin, size_t end) {
  constexpr uint64_t kMostRows = 2000;
  std::vector<std::string> wanted;
  for (size_t at = begin; at < end; ++at) {
    if (!IsStopWord(items_[at].word)) wanted.push_back(StemOf(items_[at].word));
  }
  if (wanted.empty()) return {};
  std::set<TermId> objects;
  for (const RelationUse& use : fact.relations) {
    ScanSpec spec;
    spec.permutation = use.inverted ? Permutation::kClaimPso : Permutation::kClaimPos;
    spec.prefix = {catalogue_.relations()[use.relation].id};
    spec.wanted_columns = 0b11;
    uint64_t rows = 0;
    const absl::StatusOr<std::unique_ptr<ScanCursor>> cursor = context_.snapshot.Scan(spec);
    error_.Update(cursor.status());
    RowBlock block;
    while (cursor.ok() && rows < kMostRows) {
      const absl::StatusOr<bool> more = (*cursor)->Next(&block);
      error_.Update(more.status());
      if (!more.ok() || !*more) break;
      objects.insert(block.columns[1], block.columns[1] + block.rows);
      rows += block.rows;
    }
  }
  return CalledSo(catalogue_.names(), objects, wanted);
}

// "[what does he not want] her to give to Leeds": what is told with these words; what is asked for is a part of it.
void ClauseReader::ReadPartOfStatement(const Reading& start, const Frame& frame, Readings* found) {
  constexpr size_t kLongestName = 5;
  const Fact& fact = start.meaning->facts[frame.fact];
  if (start.gap == kNobody || !start.gap_preposition.empty() || fact.object != kNobody || frame.passive) return;
  size_t to = start.at;
  while (IsWord(to) && to < start.at + kLongestName && !WordIs(to, "to")) ++to;
  if (to == start.at || !WordIs(to, "to")) return;
  const size_t end_of_name = WordIs(to - 1, "not") ? to - 1 : to;
  const std::vector<NameMatch> names = Match(catalogue_.names(), SkipDeterminers(start.at));
  const auto named =
      std::find_if(names.begin(), names.end(), [&](const NameMatch& match) { return match.end == end_of_name; });
  size_t end = to + 1;
  while (IsWord(end)) ++end;
  // Words of what was to be done, or none where that is asked for.
  const bool any = WordIs(to + 1, "do") || !IsStopWord(items_[std::min(to + 1, items_.size() - 1)].word);
  if (named == names.end() || !any || end == to + 1) return;
  std::vector<TermId> told = ObjectsCalled(fact, start.at, end);
  Reading next = start;
  if (const std::vector<uint32_t> addressee = QualifiersNamed("addressee"); told.empty() && !addressee.empty()) {
    // "[what did they urge] her not to give to Leeds"
    told = ObjectsCalled(fact, end_of_name, end);
    const int person = AddKnown(&next, catalogue_.FindEntities(named->key), start.at, end_of_name);
    next.meaning->facts[frame.fact].qualifiers.push_back({addressee, person});
  }
  if (told.empty()) return;
  next.at = end;
  next.cost += kPartOfStatementCost;
  next.meaning->facts[frame.fact].object = start.gap;
  next.gap = kNobody;
  next.meaning->participants[start.gap].among = std::move(told);
  Append(ReadComplements(next, frame), found);
}

}  // namespace dossier::ask
