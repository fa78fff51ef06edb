// Paths between two things: "path from A to B through met", "how is A connected to B".
#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"

namespace dossier::ask {
namespace {

constexpr uint64_t kLongestPath = 20;

}  // namespace

// "how is A connected to B", "how are A and B connected", "is A connected to B".
Readings ClauseReader::ReadConnection(const Reading& start) {
  Readings found;
  if (!WordIs(start.at, "how") || !WordIn(start.at + 1, {"is", "are", "was", "were"})) return found;
  Reading reading = start;
  reading.at = start.at + 2;
  const auto connected = [&](size_t at) { return WordIn(at, {"connected", "linked", "related", "tied"}); };
  for (Reading& from : ReadNoun(reading)) {
    Reading next = from;
    ++next.at;
    if (connected(from.at) && WordIn(next.at, {"to", "with"})) {
      ++next.at;
      for (Reading& to : ReadNoun(next)) AddPath(to, from.noun, to.noun, &found);
    } else if (WordIs(from.at, "and")) {
      for (Reading& to : ReadNoun(next)) {
        if (!connected(to.at)) continue;
        ++to.at;
        AddPath(to, from.noun, to.noun, &found);
      }
    }
  }
  return found;
}

// "what links A to B", "is there a connection between A and B", "how does A relate to B", "through whom is A connected
// to B", "how many steps are there between A and B".
Readings ClauseReader::ReadLinked(const Reading& start) {
  Readings found;
  Reading reading = start;
  const auto pair = [&](size_t at, std::initializer_list<absl::string_view> joints, bool verb_behind) {
    reading.at = at;
    for (Reading& from : ReadNoun(reading)) {
      // "through whom is A connected to B"
      const bool connected = WordIn(from.at, {"connected", "linked", "related", "tied", "relate", "connect"});
      if (verb_behind && connected) ++from.at;
      if (!WordIn(from.at, joints) || (verb_behind && !connected && !WordIs(from.at, "and"))) continue;
      Reading next = from;
      ++next.at;
      for (Reading& to : ReadNoun(next)) {
        if (verb_behind && !connected) {
          if (!WordIn(to.at, {"connected", "linked", "related", "tied", "relate", "connect"})) continue;
          ++to.at;
        }
        AddPath(to, from.noun, to.noun, &found);
      }
    }
  };
  constexpr size_t kNone = 0;
  if (WordIs(start.at, "what") && WordIn(start.at + 1, {"links", "connects", "ties", "relates", "joins", "binds"})) {
    pair(start.at + 2, {"to", "with", "and"}, false);
  }
  size_t noun = kNone;
  if (WordIs(start.at, "is") && WordIs(start.at + 1, "there")) noun = SkipDeterminers(start.at + 2);
  if (WordIs(start.at, "what") && WordIs(start.at + 1, "is")) noun = SkipDeterminers(start.at + 2);
  if (noun != kNone && WordIn(noun, {"link", "connection", "path", "tie", "relation", "relationship", "chain"})) {
    if (WordIs(noun + 1, "between")) pair(noun + 2, {"and"}, false);
    if (WordIn(noun + 1, {"from", "of"})) pair(noun + 2, {"to", "with"}, false);
  }
  if (WordIs(start.at, "how") && WordIn(start.at + 1, {"does", "do"})) {
    pair(start.at + 2, {"to", "with", "and"}, true);
  }
  if (WordIn(start.at, {"through", "via", "by", "over"}) && WordIn(start.at + 1, {"whom", "who", "what"}) &&
      WordIn(start.at + 2, {"is", "are", "was", "were"})) {
    pair(start.at + 3, {"to", "with", "and"}, true);
  }
  const size_t many = start.at + (WordIs(start.at, "in") ? 1 : 0);
  if (WordIs(many, "how") && WordIs(many + 1, "many") && WordIn(many + 2, {"steps", "hops"})) {
    size_t at = many + 3;
    if (WordIn(at, {"are", "lie", "is"})) ++at;
    if (WordIn(at, {"there", "it"})) ++at;
    if (WordIs(at, "between")) {
      pair(at + 1, {"and"}, false);
    } else if (WordIs(at, "from")) {
      pair(at + 1, {"to"}, false);
    } else {
      pair(at, {"to", "with", "and"}, true);
    }
  }
  return found;
}

// After "path from" or "path between".
Readings ClauseReader::ReadPath(const Reading& start) {
  Readings found;
  const bool between = WordIs(start.at - 1, "between");
  for (Reading& from : ReadNoun(start)) {
    if (!WordIs(from.at, between ? "and" : "to")) continue;
    Reading next = from;
    ++next.at;
    for (Reading& to : ReadNoun(next)) AddPath(to, from.noun, to.noun, &found);
  }
  return found;
}

void ClauseReader::AddPath(const Reading& start, int from, int to, Readings* found) {
  const auto is_entity = [&](int index) { return !start.meaning->participants[index].candidates.empty(); };
  if (!is_entity(from) || !is_entity(to)) return;
  Reading path = start;
  path.meaning->kind = Meaning::Kind::kPath;
  path.meaning->scope_fact = AddFact(&path, {}, from, to);
  Append(ReadPathLimits(path), found);
}

// "through accompany, meet", "within 3 steps", times and sources, in any order.
Readings ClauseReader::ReadPathLimits(const Reading& start) {
  Reading reading = start;
  while (true) {
    const size_t before = reading.at;
    Frame frame;
    frame.fact = reading.meaning->scope_fact;
    if (!ReadQualifierItem(&reading, &frame)) return {};
    if (WordIn(reading.at, {"through", "via", "over", "by"})) {
      if (!ReadThrough(&reading)) return {};
    } else if (WordIs(reading.at, "within") || (WordIs(reading.at, "up") && WordIs(reading.at + 1, "to")) ||
               (WordIs(reading.at, "at") && WordIs(reading.at + 1, "most"))) {
      const size_t at = reading.at + (WordIs(reading.at, "within") ? 1 : 2);
      uint64_t steps = 0;
      if (!WordIn(at + 1, {"step", "steps", "hop", "hops"}) || !absl::SimpleAtoi(items_[at].word, &steps)) return {};
      if (steps == 0 || steps > kLongestPath) {
        error_ = DiagnosticError(MakeDiagnostic(absl::StrCat("a path has from 1 to ", kLongestPath, " steps"),
                                                context_.text, SpanOf(at, at + 1)));
        return {};
      }
      reading.meaning->maximum_steps = steps;
      reading.at = at + 2;
    }
    if (reading.at == before) break;
  }
  furthest_ = std::max(furthest_, reading.at);
  return {std::move(reading)};
}

// Relations by their verbs (in any form), their nouns or their labels, between commas or "and".
bool ClauseReader::ReadThrough(Reading* reading) {
  ++reading->at;
  std::vector<uint32_t>& through = reading->meaning->through;
  while (true) {
    size_t end = reading->at;
    const auto add = [&](uint32_t relation) {
      for (const uint32_t narrower : catalogue_.relations()[relation].narrower) {
        if (std::find(through.begin(), through.end(), narrower) == through.end()) through.push_back(narrower);
        for (const uint32_t inverse : catalogue_.relations()[narrower].inverses) through.push_back(inverse);
      }
    };
    for (const NameMatch& match : Match(catalogue_.verbs(), reading->at)) {
      for (const uint32_t use : catalogue_.verbs().Find(match.key)) add(catalogue_.verb_uses()[use].relation);
      end = std::max(end, match.end);
      break;
    }
    for (const NameMatch& match : Match(catalogue_.nouns(), reading->at)) {
      if (match.end < end) break;
      for (const uint32_t use : catalogue_.nouns().Find(match.key)) add(catalogue_.noun_uses()[use].relation);
      end = match.end;
      break;
    }
    for (uint32_t i = 0; i < catalogue_.relations().size(); ++i) {
      const size_t label_end = PrepositionEnd(reading->at, PhraseKey(catalogue_.relations()[i].label));
      if (label_end <= reading->at || label_end < end) continue;
      add(i);
      end = label_end;
    }
    if (end == reading->at) {
      if (AtEnd(end)) return false;
      error_ = UnknownName(catalogue_, context_.text, SpanOf(end, end + 1), "relation");
      return false;
    }
    reading->at = end;
    const bool comma = reading->at < items_.size() && items_[reading->at].kind == Element::Kind::kComma;
    if (!comma && !WordIn(reading->at, {"and", "or"})) return true;
    ++reading->at;
    if (comma && WordIn(reading->at, {"and", "or"})) ++reading->at;
  }
}

}  // namespace dossier::ask
