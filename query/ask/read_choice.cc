// What stands beside the clause: things to choose between (", China or Russia") and what to group by ("per certainty").
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/ask/bind_error.h"
#include "query/ask/clause_reader.h"
#include "query/ask/time_phrase.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// "abroad:" ends a part of the sentence as a comma does.
bool EndsInColon(const Item& item) { return item.element != nullptr && absl::EndsWith(item.element->text, ":"); }

constexpr size_t kLongestAlternative = 6;  // Words.

struct GroupWord {
  absl::string_view word;
  Grouping::By by;
};
constexpr GroupWord kGroupWords[] = {
    {"year", Grouping::By::kYear},
    {"years", Grouping::By::kYear},
    {"month", Grouping::By::kMonth},
    {"months", Grouping::By::kMonth},
    {"day", Grouping::By::kDay},
    {"days", Grouping::By::kDay},
    {"date", Grouping::By::kDay},
    {"certainty", Grouping::By::kCertainty},
    {"certainty level", Grouping::By::kCertainty},
    {"level of certainty", Grouping::By::kCertainty},
    {"level", Grouping::By::kCertainty},
    {"article", Grouping::By::kArticle},
    {"articles", Grouping::By::kArticle},
    {"source", Grouping::By::kArticle},
    {"sources", Grouping::By::kArticle},
    {"speaker", Grouping::By::kSpeaker},
    {"speakers", Grouping::By::kSpeaker},
};

}  // namespace

// A name, and perhaps a time: "Beijing in January 2019"; "by train"; "in 2019".
Readings ClauseReader::ReadAlternative(const Reading& start) {
  Readings found;
  const auto add = [&](Reading reading, Alternative alternative) {
    if (reading.at < items_.size() && items_[reading.at].kind == Element::Kind::kTime) {
      absl::StatusOr<TimeLimit> limit =
          ResolveTime(items_[reading.at].element->time, context_.today, false, context_.text);
      if (!limit.ok()) return;
      alternative.time = *std::move(limit);
      ++reading.at;
    }
    if (alternative.participant == kNobody && !alternative.time.has_value()) return;
    alternative.words = TextOf(start.at, reading.at);
    reading.meaning->alternatives.push_back(std::move(alternative));
    found.push_back(std::move(reading));
  };
  add(start, {});
  if (const std::optional<DateMatch> date = MatchBareDate(start.at); date.has_value()) {
    // "which stay was longer, June 2018 or January 2019"
    Reading dated = start;
    dated.at = date->end;
    Alternative alternative;
    alternative.time = date->time;
    add(std::move(dated), std::move(alternative));
  }
  if (WordIn(start.at, {"the", "that", "those"})) {
    // "the one to Hanoi or the one to Vladivostok"
    const size_t one = start.at + (WordIs(start.at, "the") ? 1 : 0);
    if (WordIn(one, {"one", "ones", "that", "those"})) {
      Reading inside = start;
      inside.at = one + 1;
      return ReadAlternative(inside);
    }
  }
  for (Reading& noun : ReadNoun(start)) {
    // "the train or the plane": things of a kind, of which nothing else is said.
    const Participant& value = noun.meaning->participants[noun.noun];
    const bool of_kind = !value.kinds.empty() && noun.meaning->facts.size() == start.meaning->facts.size();
    if (!value.known() && !of_kind) continue;
    Alternative alternative;
    alternative.participant = noun.noun;
    add(std::move(noun), std::move(alternative));
  }
  const std::vector<uint32_t> qualifiers =
      IsWord(start.at) ? catalogue_.QualifiersWith(items_[start.at].word) : std::vector<uint32_t>();
  if (qualifiers.empty()) return found;
  Reading inside = start;
  ++inside.at;
  for (Reading& noun : ReadNoun(inside)) {
    const Participant& value = noun.meaning->participants[noun.noun];
    if (!value.known() && value.kinds.empty()) continue;
    Alternative alternative;
    alternative.participant = noun.noun;
    alternative.qualifiers = qualifiers;
    add(std::move(noun), std::move(alternative));
  }
  return found;
}

// "did Kim travel more often by train or by plane", "did Kim meet Trump or Putin first": two alternatives inside the
// clause. Names leave "something" in their place; what qualifies the clause leaves nothing.
bool ClauseReader::TakeInnerAlternatives() {
  const bool verdict = WordIn(0, {"did", "does", "do", "has", "have", "had", "is", "are", "was", "were", "will"});
  for (size_t link = 2; link + 1 < items_.size(); ++link) {
    if (!WordIs(link, "or")) continue;
    for (size_t begin = link - std::min<size_t>(link - 1, kLongestAlternative); begin < link; ++begin) {
      Reading reading;
      reading.at = begin;
      for (Reading& first : ReadAlternative(reading)) {
        if (first.at != link) continue;
        const bool name = first.meaning->alternatives.back().participant != kNobody &&
                          first.meaning->alternatives.back().qualifiers.empty();
        // "who did Kim meet in Beijing or Hanoi" asks for all of them; "how did ... more often, by train or by plane"
        // does not.
        const std::optional<Degree> before = MatchDegree(begin >= 2 ? begin - 2 : begin);
        const bool measured = (before.has_value() && before->end == begin) || WordIn(begin - 1, {"first", "last"});
        if (!verdict && !measured) continue;
        ++first.at;
        for (Reading& second : ReadAlternative(first)) {
          const Alternative& other = second.meaning->alternatives.back();
          if ((other.participant != kNobody && other.qualifiers.empty()) != name) continue;
          ReplaceItems(begin, second.at, name && verdict ? "something" : "");
          initial_ = std::move(second);
          initial_.at = 0;
          initial_.cost = 0;
          initial_.noun = kNobody;
          furthest_ = 0;
          return true;
        }
      }
    }
  }
  return false;
}

// "in what order did Kim visit Hanoi, Dalian and Vladivostok": the things of the list, by the time of each.
bool ClauseReader::TakeOrdered() {
  if (!WordIs(0, "in") || !WordIn(1, {"what", "which"}) || !WordIn(2, {"order", "sequence"})) return false;
  constexpr size_t kHead = 3;
  for (size_t begin = kHead + 1; begin < items_.size(); ++begin) {
    Reading list;
    list.at = begin;
    size_t count = 0;
    for (bool more = true; more;) {
      more = false;
      for (Reading& next : ReadAlternative(list)) {
        const Alternative& alternative = next.meaning->alternatives.back();
        if (alternative.participant == kNobody || !alternative.qualifiers.empty()) continue;
        list = std::move(next);
        ++count;
        const bool comma = list.at < items_.size() && items_[list.at].kind == Element::Kind::kComma;
        more = comma || WordIs(list.at, "and");
        if (more) list.at += comma && WordIs(list.at + 1, "and") ? 2 : 1;
        break;
      }
    }
    if (count < 2) continue;
    ReplaceItems(begin, list.at, "something");
    items_.erase(items_.begin(), items_.begin() + kHead);
    initial_ = std::move(list);
    initial_.at = 0;
    initial_.cost = 0;
    initial_.noun = kNobody;
    initial_.meaning->in_order = true;
    initial_.meaning->ordinal = 1;
    furthest_ = 0;
    return true;
  }
  return false;
}

// "which is larger, the range or the altitude of the missile": "is the range of the missile larger than its altitude".
bool ClauseReader::TakeQuantities() {
  if (!WordIn(0, {"which", "what"}) || !WordIn(1, {"is", "was", "are", "were"})) return false;
  const std::optional<Degree> degree = MatchDegree(2);
  if (!degree.has_value() || degree->superlative) return false;
  size_t first = degree->end;
  if (first < items_.size() && items_[first].kind == Element::Kind::kComma) ++first;
  size_t link = first;
  while (link < items_.size() && !WordIs(link, "or")) ++link;
  const auto quantity_end = [&](size_t at) {
    for (const NameMatch& match : Match(catalogue_.nouns(), SkipDeterminers(at))) {
      for (const uint32_t index : catalogue_.nouns().Find(match.key)) {
        const NounUse& use = catalogue_.noun_uses()[index];
        const bool quantity = !catalogue_.relations()[use.relation].measure.empty();
        if (quantity && use.side == NounSide::kObject && !match.possessive) return match.end;
      }
    }
    return at;
  };
  const size_t first_end = quantity_end(first);
  const size_t second_end = quantity_end(link + 1);
  if (first_end == first || second_end == link + 1) return false;
  std::string adjective;
  for (size_t at = 2; at < degree->end; ++at) absl::StrAppend(&adjective, at == 2 ? "" : " ", items_[at].word);
  const std::vector<std::string> either = {TextOf(first, first_end), TextOf(link + 1, second_end)};
  // Of whom, where only one of them has it.
  std::vector<Item> owner(items_.begin() + static_cast<std::ptrdiff_t>(second_end), items_.end());
  const bool shared = first_end == link && !owner.empty();
  const auto begin = items_.begin();
  std::vector<Item> words(begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(link));
  if (shared) words.insert(words.end(), owner.begin(), owner.end());
  const size_t than = 1 + words.size();
  words.insert(words.end(), begin + static_cast<std::ptrdiff_t>(link), items_.end());
  words.insert(words.begin(), items_[1]);
  items_ = std::move(words);
  ReplaceItems(than, than + 1, absl::StrCat(adjective, " than"));
  initial_.meaning->either = either;
  return true;
}

// "which came first, the first test of the missile or her visit to Leeds": two events as one asks when they were.
std::optional<Meaning> ClauseReader::ReadWhichCameFirst() {
  if (is_nested_ || !initial_.meaning->alternatives.empty() || !group_words_.empty()) return {};
  if (!WordIn(0, {"which", "what"}) || !WordIn(1, {"came", "was", "happened", "occurred"})) return {};
  const bool first = WordIn(2, {"first", "earlier", "before"});
  if (!first && !WordIn(2, {"last", "later"})) return {};
  const size_t begin = 3 + (3 < items_.size() && items_[3].kind == Element::Kind::kComma ? 1 : 0);
  size_t link = begin;
  while (link < items_.size() && !WordIs(link, "or")) ++link;
  if (link == begin || link + 1 >= items_.size()) return {};
  Meaning meaning;
  meaning.notes = notes_;
  meaning.ordinal = first ? 1 : -1;
  meaning.targets.emplace_back().column = "which";
  const Question plain;
  const ReaderContext context{catalogue_,    context_.snapshot, plain,
                              context_.text, context_.today,    context_.cancellation};
  for (const auto& [from, to] : {std::pair(begin, link), std::pair(link + 1, items_.size())}) {
    std::vector<Item> when(items_.begin(), items_.begin() + 2);
    when[0].word = when[0].whole = "when";
    when[1].word = when[1].whole = "was";
    when.insert(when.end(), items_.begin() + static_cast<std::ptrdiff_t>(from),
                items_.begin() + static_cast<std::ptrdiff_t>(to));
    ClauseReader reader(context, std::move(when));
    reader.is_nested_ = true;
    absl::StatusOr<Meaning> question = reader.Read();
    if (!question.ok() || question->facts.empty()) return {};
    Alternative alternative;
    alternative.words = TextOf(from, to);
    alternative.question = std::make_shared<Meaning>(*std::move(question));
    meaning.alternatives.push_back(std::move(alternative));
  }
  return meaning;
}

// ", A or B" and ", A, B or C" at the end; they are taken off the items and put into the initial reading.
void ClauseReader::TakeAlternatives() {
  if (TakeOrdered() || TakeQuantities()) return;
  if (WordIn(0, {"which", "who"}) && WordIs(1, "of")) {
    // "which of China and Russia did Kim visit more often"
    Reading reading;
    reading.at = 2;
    for (Reading& first : ReadAlternative(reading)) {
      if (!WordIn(first.at, {"and", "or"})) continue;
      ++first.at;
      for (Reading& second : ReadAlternative(first)) {
        items_.erase(items_.begin() + 1, items_.begin() + static_cast<std::ptrdiff_t>(second.at));
        initial_ = std::move(second);
        initial_.at = 0;
        initial_.cost = 0;
        initial_.noun = kNobody;
        furthest_ = 0;
        return;
      }
    }
  }
  size_t last_or = items_.size();
  for (size_t at = 0; at < items_.size(); ++at) {
    if (WordIs(at, "or")) last_or = at;
  }
  if (last_or == items_.size()) return;
  // From the nearest comma backwards, as long as all that follows are alternatives.
  for (size_t begin = last_or; begin-- > 0;) {
    const bool comma = items_[begin].kind == Element::Kind::kComma;
    if (!comma && !EndsInColon(items_[begin])) continue;
    Reading reading;
    reading.at = begin + 1;
    std::optional<Reading> whole;
    while (true) {
      Readings next = ReadAlternative(reading);
      const auto good = std::find_if(next.begin(), next.end(), [&](const Reading& r) {
        return AtEnd(r.at) || items_[r.at].kind == Element::Kind::kComma || WordIs(r.at, "or");
      });
      if (good == next.end()) break;
      reading = *good;
      if (AtEnd(reading.at)) {
        whole = reading;
        break;
      }
      if (items_[reading.at].kind == Element::Kind::kComma) ++reading.at;
      if (WordIs(reading.at, "or")) ++reading.at;
    }
    if (!whole.has_value()) continue;
    initial_ = *std::move(whole);
    initial_.at = 0;
    initial_.cost = 0;
    initial_.noun = kNobody;
    items_.resize(comma ? begin : begin + 1);
    DropNounOfAlternatives();
    furthest_ = 0;
    return;
  }
  TakeInnerAlternatives();
}

// "which journey took longer, the journey to Hanoi or the one to Dalian": where the alternatives are events by
// themselves, the noun says nothing more.
void ClauseReader::DropNounOfAlternatives() {
  const bool events = std::all_of(initial_.meaning->alternatives.begin(), initial_.meaning->alternatives.end(),
                                  [&](const Alternative& alternative) {
                                    if (alternative.participant == kNobody || !alternative.qualifiers.empty()) {
                                      return false;
                                    }
                                    const Participant& each = initial_.meaning->participants[alternative.participant];
                                    return each.known() && IsEvent(each);
                                  });
  if (!events || !WordIn(0, {"which", "what"})) return;
  for (const PhraseIndex* nouns : {&catalogue_.nouns(), &catalogue_.class_names()}) {
    for (const NameMatch& match : Match(*nouns, 1)) {
      if (!WordIn(match.end, {"took", "takes", "lasted", "lasts", "was", "is", "came"})) continue;
      items_.erase(items_.begin() + 1, items_.begin() + static_cast<std::ptrdiff_t>(match.end));
      return;
    }
  }
}

bool ClauseReader::NamesPlacesOrActors(absl::string_view words) const {
  const std::vector<uint32_t> kinds = catalogue_.class_names().Find(words);
  return std::any_of(kinds.begin(), kinds.end(), [&](uint32_t kind) {
    for (uint32_t broad = 0; broad < catalogue_.classes().size(); ++broad) {
      const std::string& iri = catalogue_.classes()[broad].iri.value();
      const bool wanted = iri == "https://schema.org/Place" || iri == absl::StrCat(vocab::kPrefix, "Actor") ||
                          iri == "https://schema.org/CreativeWork";
      if (wanted && catalogue_.IsKindOf(catalogue_.classes()[kind].id, {broad})) return true;
    }
    return false;
  });
}

// "per certainty", "by year", "for each country", "in each article" at the end.
void ClauseReader::TakeGrouping() {
  for (const Tail& tail : context_.question.tails) {
    if (tail.kind == Tail::Kind::kGroupBy || tail.kind == Tail::Kind::kForEach) {
      group_words_.push_back({PhraseKey(tail.text), tail.span});
    }
  }
  constexpr size_t kLongest = 4;
  // A time and the like may follow.
  size_t last = items_.size();
  while (last > 0 &&
         (items_[last - 1].kind == Element::Kind::kTime || items_[last - 1].kind == Element::Kind::kArticle ||
          items_[last - 1].kind == Element::Kind::kSpeaker)) {
    --last;
  }
  for (size_t length = 1; length <= kLongest && length + 1 < last; ++length) {
    const size_t begin = last - length;
    const std::string words = [&] {
      std::string joined;
      for (size_t at = begin; at < last; ++at) {
        if (!IsWord(at) || items_[at].possessive) return std::string();
        absl::StrAppend(&joined, joined.empty() ? "" : " ", items_[at].word);
      }
      return joined;
    }();
    if (words.empty()) return;
    const bool special = std::any_of(std::begin(kGroupWords), std::end(kGroupWords),
                                     [&](const GroupWord& known) { return known.word == words; });
    const bool kind = special || catalogue_.class_names().Contains(words);
    const size_t before = begin - 1;
    const bool each = WordIn(before, {"each", "every"}) && kind;
    // "trips by country" are grouped, "trips by train" are not.
    const bool per = WordIs(before, "per") || (WordIs(before, "by") && (special || NamesPlacesOrActors(words)));
    if (!each && !per) continue;
    size_t end = before;
    if (each && end > 0 && WordIn(end - 1, {"for", "in", "by", "on"})) --end;
    if (each && end == before && !special) return;  // "did Kim visit each country": part of the clause.
    group_words_.push_back({words, SpanOf(before, last)});
    items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(end), items_.begin() + static_cast<std::ptrdiff_t>(last));
    return;
  }
}

// "trips per means of transport": what is no place is no destination of theirs, but the means.
bool ClauseReader::IsMeans(const Fact& fact, const std::vector<uint32_t>& kinds) const {
  if (kinds.empty() || fact.relations.empty() || !AllRelations(fact, ObjectRole::kPlace)) return false;
  return std::none_of(kinds.begin(), kinds.end(),
                      [&](uint32_t kind) { return NamesPlacesOrActors(PhraseKey(catalogue_.classes()[kind].label)); });
}

absl::Status ClauseReader::ApplyGrouping(Meaning* meaning) {
  for (size_t i = 0; i < group_words_.size(); ++i) {
    const GroupWords& wanted = group_words_[i];
    // Every way of reading a clause may have come upon the same words.
    const bool repeated = std::any_of(group_words_.begin(), group_words_.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const GroupWords& other) { return other.span.begin == wanted.span.begin; });
    if (repeated) continue;
    Grouping grouping;
    grouping.column = wanted.words;
    const auto* special = std::find_if(std::begin(kGroupWords), std::end(kGroupWords),
                                       [&](const GroupWord& known) { return known.word == wanted.words; });
    const std::vector<uint32_t> kinds = catalogue_.class_names().Find(wanted.words);
    Participant written;  // "Per bulletin": articles by another name.
    written.kinds.push_back(kinds);
    if (special != std::end(kGroupWords) || IsWritten(written)) {
      grouping.by = special != std::end(kGroupWords) ? special->by : Grouping::By::kArticle;
      meaning->groups.push_back(std::move(grouping));
      continue;
    }
    // A column of the answer.
    const auto column = std::find_if(meaning->targets.begin(), meaning->targets.end(),
                                     [&](const Target& target) { return target.column == wanted.words; });
    Target target;
    target.column = wanted.words;
    const int main = meaning->event_fact != kNobody ? meaning->event_fact : 0;
    const auto qualifier =
        std::find_if(catalogue_.qualifiers().begin(), catalogue_.qualifiers().end(),
                     [&](const QualifierInfo& info) { return PhraseKey(info.label) == wanted.words; });
    if (column != meaning->targets.end()) {
      grouping.target = static_cast<int>(column - meaning->targets.begin());
      meaning->groups.push_back(std::move(grouping));
      continue;
    }
    if (meaning->facts.empty()) return UnknownName(catalogue_, context_.text, wanted.span, "group");
    const bool by_means = IsMeans(meaning->facts[main], kinds);
    if (!kinds.empty() && !by_means) {
      // The side of the main fact that is open, above all a place.
      Fact& fact = meaning->facts[main];
      int side = kNobody;
      for (const int each : {fact.object, fact.subject}) {
        if (side == kNobody && !meaning->participants[each].known()) side = each;
      }
      if (side == kNobody) return UnknownName(catalogue_, context_.text, wanted.span, "group");
      meaning->participants[side].kinds.push_back(kinds);
      target.participant = side;
      const auto shown = std::find_if(meaning->targets.begin(), meaning->targets.end(),
                                      [&](const Target& t) { return t.participant == side; });
      if (shown != meaning->targets.end()) {
        grouping.target = static_cast<int>(shown - meaning->targets.begin());
        meaning->groups.push_back(std::move(grouping));
        continue;
      }
    } else if (by_means || qualifier != catalogue_.qualifiers().end()) {
      target.kind = Target::Kind::kQualifier;
      target.qualifier = by_means ? std::string(vocab::kMeans) : qualifier->iri.value();
      target.fact = main;
      target.optional = true;
      if (by_means) grouping.kinds = kinds;
    } else {
      return UnknownName(catalogue_, context_.text, wanted.span, "group");
    }
    grouping.target = static_cast<int>(meaning->targets.size());
    meaning->targets.push_back(std::move(target));
    meaning->groups.push_back(std::move(grouping));
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask
