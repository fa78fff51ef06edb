// Of all ways to read a question the one that is meant, or why there is none.
#include <algorithm>
#include <limits>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/status_macros.h"
#include "query/ask/bind_error.h"
#include "query/ask/bind_names.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/reading_costs.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumOthers = 4;
constexpr int kOtherReach = 4;  // What costs more than this beyond the best reading is hardly what is meant.
constexpr size_t kMaximumJudged = 24;
constexpr size_t kMaximumSuggestions = 3;

// A number that no fact is asked for: "the journey was 1,200 km" must not be read as a mere name for the journey.
bool HasIdleNumber(const Meaning& meaning) {
  if (meaning.sum.has_value()) return false;
  const auto has_number = [](const Participant& participant) { return participant.number.has_value(); };
  if (std::none_of(meaning.participants.begin(), meaning.participants.end(), has_number)) return false;
  return std::none_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
    return fact.object != kNobody && has_number(meaning.participants[fact.object]);
  });
}

// "met three people" must not be read as a quantity of people: only relations that measure have one.
bool HasUnmeasuredCount(const Meaning& meaning, const Catalogue& catalogue) {
  return std::any_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
    return fact.object != kNobody && meaning.participants[fact.object].counted &&
           std::none_of(fact.relations.begin(), fact.relations.end(),
                        [&](const RelationUse& use) { return !catalogue.relations()[use.relation].measure.empty(); });
  });
}

}  // namespace

// "the Boeing 777", "Ulm Institute": a number, or a word with a capital, behind the beginning of other names.
absl::Status ClauseReader::ExplainLongerName(size_t at) const {
  if (!IsWord(at) || at == 0) return absl::OkStatus();
  const bool capital = absl::ascii_isupper(static_cast<unsigned char>(TextOf(at, at + 1).front()));
  if (!capital && !absl::c_all_of(items_[at].word, absl::ascii_isdigit)) return absl::OkStatus();
  for (size_t begin = at; begin-- > 0 && IsWord(begin);) {
    const std::string words = TextOf(begin, at);
    if (!catalogue_.names().HasLonger(PhraseKey(words))) continue;
    std::vector<std::string> longer;
    for (const EntityNames::Named& named : catalogue_.names().Continuations(PhraseKey(words))) {
      if (longer.size() < kMaximumSuggestions) longer.emplace_back(catalogue_.Label(named.entity));
    }
    return DiagnosticError(MakeDiagnostic(absl::StrCat("unknown name \"", TextOf(begin, at + 1), "\""), context_.text,
                                          SpanOf(begin, at + 1), std::move(longer)),
                           absl::StatusCode::kNotFound);
  }
  return absl::OkStatus();
}

// Of each item, whether its word means anything.
std::vector<bool> ClauseReader::KnownWords() const {
  std::vector<bool> known(items_.size(), false);
  for (size_t at = 0; at < items_.size(); ++at) {
    if (items_[at].kind != Element::Kind::kWord) {
      known[at] = true;
      continue;
    }
    std::vector<NameMatch> matches = Match(catalogue_.names(), at);
    for (const PhraseIndex* index :
         {&catalogue_.verbs(), &catalogue_.nouns(), &catalogue_.class_names(), &catalogue_.unit_names()}) {
      for (NameMatch& match : Match(*index, at)) matches.push_back(std::move(match));
    }
    for (const NameMatch& match : matches) std::fill(known.begin() + at, known.begin() + match.end, true);
    for (absl::string_view be : {"be"}) {
      for (const NameMatch& match : Match(catalogue_.verbs(), at, be)) {
        std::fill(known.begin() + at, known.begin() + match.end, true);
      }
    }
    const std::string& word = items_[at].word;
    if (IsStopWord(word) || IsDeterminer(word) || !catalogue_.QualifiersWith(word).empty() || OrdinalOf(word) > 0 ||
        WordIn(at, {"who",     "whom",   "what", "which", "where",  "when",   "how",     "why",   "many",   "much",
                    "times",   "often",  "not",  "but",   "before", "after",  "since",   "until", "during", "between",
                    "someone", "first",  "last", "ever",  "than",   "both",   "each",    "every", "whose",  "earliest",
                    "latest",  "recent", "per",  "there", "or",     "except", "besides", "other"}) ||
        catalogue_.FindAdjective(word) != nullptr || NumberOf(word) >= 0 || IsViewWord(at)) {
      known[at] = true;
    }
  }
  return known;
}

// Whether the word may be the first of a name: with a capital, or neither "who" nor "met".
bool ClauseReader::MayBeginName(size_t at) const {
  if (!IsWord(at)) return false;
  if (at > 0 && absl::ascii_isupper(static_cast<unsigned char>(TextOf(at, at + 1).front()))) return true;
  return !IsStopWord(items_[at].word) && !catalogue_.verbs().Contains(items_[at].word);
}

// Names that are near unknown words.
std::vector<std::string> ClauseReader::NamesNear(size_t begin, size_t end) const {
  // "Ana Mayer": what is near may be near the unknown word together with a known one beside it.
  std::vector<std::string> phrases;
  for (const auto& [from, to] :
       {std::pair(begin, end), std::pair(begin, end + 1), std::pair(begin, end + 2),
        std::pair(begin == 0 ? 0 : begin - 1, end), std::pair(begin < 2 ? 0 : begin - 2, end)}) {
    if (to > items_.size()) continue;
    if ((from < begin && !MayBeginName(from)) || (from + 1 < begin && !MayBeginName(from + 1))) continue;
    phrases.push_back(TextOf(from, to));
  }
  std::vector<std::string> near;
  const auto add = [&near](std::string name) {
    if (std::find(near.begin(), near.end(), name) == near.end()) near.push_back(std::move(name));
  };
  // The same name in another romanisation is nearest, however it is spelled.
  for (const std::string& phrase : phrases) {
    for (const EntityNames::Named& named : catalogue_.names().Respellings(PhraseKey(phrase))) {
      add(std::string(catalogue_.Label(named.entity)));
    }
  }
  for (const std::string& phrase : phrases) {
    if (near.size() >= kMaximumSuggestions) break;
    for (std::string& name : catalogue_.Suggest(phrase, kMaximumSuggestions)) add(std::move(name));
  }
  // "Ana Mayer-Lang": names that begin with the same words.
  for (size_t from = begin; near.empty() && begin > 0 && from + 1 >= begin && IsWord(from); --from) {
    const std::string key = PhraseKey(TextOf(from, end));
    const std::vector<absl::string_view> words = absl::StrSplit(key, ' ');
    for (size_t count = words.size() - 1; near.empty() && count >= 2; --count) {
      const std::string head = absl::StrJoin(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count), " ");
      for (const EntityNames::Named& named : catalogue_.names().Continuations(head)) {
        near.emplace_back(catalogue_.Label(named.entity));
      }
    }
    if (from == 0) break;
  }
  if (near.size() > kMaximumSuggestions) near.resize(kMaximumSuggestions);
  return near;
}

// Why there is no reading: the first words that nothing in the store is called.
absl::Status ClauseReader::Explain() {
  const std::vector<bool> known = KnownWords();
  const auto unknown = std::find(known.begin(), known.end(), false);
  if (unknown == known.end()) {
    // "in 2018 in 2019": nothing can lie in both.
    for (size_t at = 0, times = 0; at < items_.size(); ++at) {
      if (items_[at].kind != Element::Kind::kTime || ++times < 2 || WordIn(at - 1, {"and", "not", "or", "than"}))
        continue;
      return DiagnosticError(MakeDiagnostic("there is a time already; join the two with \"and\", or ask apart",
                                            context_.text, items_[at].span));
    }
    const size_t at = std::min(furthest_, items_.empty() ? 0 : items_.size() - 1);
    if (steps_left_ <= 0) {
      return DiagnosticError(
          MakeDiagnostic("this has too many parts to be understood at once; ask for one of them first", context_.text,
                         SpanOf(at, at + 1)));
    }
    if (absl::Status longer = ExplainLongerName(at); !longer.ok()) return longer;
    const SourceSpan span = SpanOf(at, at + 1);
    return DiagnosticError(
        MakeDiagnostic(absl::StrCat("the words are known, but \"", TextOf(at, at + 1), "\" does not fit in here"),
                       context_.text, span));
  }
  const auto begin = static_cast<size_t>(unknown - known.begin());
  if (items_.size() == 1 && WordIn(0, {"describe", "explain", "assert", "retract", "count", "list", "find", "show"})) {
    return DiagnosticError(
        MakeDiagnostic(absl::StrCat("\"", items_[0].word, "\" needs something after it: a name, or a question"),
                       context_.text, items_[0].span));
  }
  size_t end = begin;
  while (end < items_.size() && !known[end]) ++end;
  // After an auxiliary's subject or a question word there should be a verb, unless one has come; elsewhere a name.
  bool has_verb = false;
  for (size_t at = 2; at < begin; ++at) has_verb |= !Match(catalogue_.verbs(), at).empty();
  const bool verb =
      begin > 0 && (WordIn(begin - 1, {"who", "what", "and", "not"}) ||
                    (!has_verb && begin + 1 >= items_.size() && WordIn(0, {"who", "where", "when", "how"}) &&
                     WordIn(1, {"did", "does", "do", "will", "has", "had"})));
  std::vector<std::string> near = NamesNear(begin, end);
  return DiagnosticError(
      MakeDiagnostic(absl::StrCat("unknown ", verb ? "relation" : "name", " \"", TextOf(begin, end), "\""),
                     context_.text, SpanOf(begin, end), std::move(near)),
      absl::StatusCode::kNotFound);
}

absl::StatusOr<Meaning> ClauseReader::Read() {
  CheckArticles();
  SplitDescribedSources();
  RewriteIdioms();
  const std::vector<Item> written = items_;
  const bool counts = RewriteInHowMany();
  TakeGrouping();
  TakeAlternatives();
  if (std::optional<Meaning> events = ReadWhichCameFirst(); events.has_value()) return *std::move(events);
  RewriteOne();
  const auto read = [this] { return ReadQuestion(); };
  absl::StatusOr<Meaning> first = ReadItems(read);
  if (!first.ok() && !is_nested_ && error_.ok() && absl::IsNotFound(first.status()) && TakeForLongerName()) {
    absl::StatusOr<Meaning> completed = ReadItems(read);
    // Of two errors that one speaks of the words as they were written.
    if (completed.ok() || !absl::IsNotFound(completed.status())) first = std::move(completed);
  }
  if (!is_nested_ && error_.ok()) ReadOtherWays(written, &first);
  DOSSIER_ASSIGN_OR_RETURN(Meaning meaning, std::move(first));
  if (counts && meaning.kind == Meaning::Kind::kSelect) meaning.kind = Meaning::Kind::kCountAnswers;
  DateWhatIsMentioned(&meaning);
  meaning.notes.insert(meaning.notes.begin(), notes_.begin(), notes_.end());
  DOSSIER_RETURN_IF_ERROR(ApplyGrouping(&meaning));
  return meaning;
}

absl::StatusOr<Meaning> ClauseReader::ReadItems(absl::FunctionRef<Readings()> read) {
  lookups_.emplace();
  left_dear_ = false;
  Readings found = read();
  std::optional<Degree> open;
  std::vector<const Reading*> whole = WholeReadings(&found, &open);
  if (whole.empty() && left_dear_) {
    // None of the cheap ways led to the end.
    reach_ = std::numeric_limits<int>::max() / 2;
    indirect_.clear();
    found = read();
    whole = WholeReadings(&found, &open);
    reach_ = kReach;
  }
  absl::StatusOr<Meaning> best = Best(std::move(whole), open);
  lookups_.reset();
  least_costs_.clear();
  return best;
}

absl::StatusOr<Meaning> ClauseReader::ReadAssertion() {
  return ReadItems([this] {
    Readings found = ReadQuantityClause(Reading());
    Append(ReadClause(Reading()), &found);
    return found;
  });
}

std::vector<const Reading*> ClauseReader::WholeReadings(Readings* readings, std::optional<Degree>* open) const {
  std::vector<const Reading*> whole;
  for (Reading& reading : *readings) {
    if (reading.at != items_.size() || reading.gap != kNobody || HasIdleNumber(*reading.meaning)) continue;
    CompleteFacts(0, &reading);
    if (reading.subject_time.has_value()) continue;  // It found no verb.
    if (HasUnmeasuredCount(*reading.meaning, catalogue_)) continue;
    if (SettleDegree(&reading)) {
      whole.push_back(&reading);
    } else {
      *open = reading.meaning->degree;
    }
  }
  std::stable_sort(whole.begin(), whole.end(), [](const Reading* a, const Reading* b) { return a->cost < b->cost; });
  return whole;
}

absl::StatusOr<Meaning> ClauseReader::Best(std::vector<const Reading*> whole, const std::optional<Degree>& open) {
  if (!error_.ok()) return error_;
  if (items_.empty()) {
    return DiagnosticError(MakeDiagnostic("what of? a name or a question has to follow", context_.text,
                                          {context_.text.size(), context_.text.size()}));
  }
  if (whole.empty() && open.has_value() && !open->superlative) {
    return DiagnosticError(
        MakeDiagnostic("compared with what? say \"than ...\", or \", A or B\" at the end", context_.text, open->span));
  }
  if (whole.empty()) return is_nested_ ? absl::NotFoundError("no question") : Explain();
  // Of the cheapest ones, that in which the names are what the relations speak of.
  if (whole.size() > kMaximumJudged) whole.resize(kMaximumJudged);
  std::vector<std::pair<int, const Reading*>> judged;
  for (const Reading* reading : whole) {
    DOSSIER_ASSIGN_OR_RETURN(const int misfits, CountMisfits(catalogue_, context_.snapshot, *reading->meaning));
    judged.emplace_back(reading->cost + kMisfitCost * misfits, reading);
  }
  std::stable_sort(judged.begin(), judged.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  best_cost_ = judged.front().first;
  others_.clear();
  for (size_t i = 1; i < std::min(judged.size(), kMaximumOthers + 1) && !is_nested_; ++i) {
    if (judged[i].first <= best_cost_ + kOtherReach) others_.push_back(Distributed(*judged[i].second->meaning));
  }
  if (!is_nested_ && NamesDatedEvent(*judged.front().second->meaning)) {
    // "the meeting of Kim and Putin in 2019": an event of that name may be of another year than the one that is meant.
    const auto plain = std::find_if(judged.begin(), judged.end(),
                                    [&](const auto& other) { return !NamesDatedEvent(*other.second->meaning); });
    if (plain != judged.end()) {
      others_.push_back(Distributed(*plain->second->meaning));
      others_.back().asks_the_same = true;
    }
  }
  return Distributed(*judged.front().second->meaning);
}

// Whether something is asked of a named event at some time.
bool ClauseReader::NamesDatedEvent(const Meaning& meaning) {
  return std::any_of(meaning.facts.begin(), meaning.facts.end(), [&](const Fact& fact) {
    if (!fact.time.has_value()) return false;
    return (fact.subject != kNobody && IsEvent(meaning.participants[fact.subject])) ||
           (fact.object != kNobody && IsEvent(meaning.participants[fact.object]));
  });
}

// With a group for each thing of a noun with "each".
Meaning ClauseReader::Distributed(Meaning meaning) {
  for (size_t i = 0; i < meaning.participants.size(); ++i) {
    if (!meaning.participants[i].each) continue;
    Grouping grouping;
    grouping.column = meaning.participants[i].words;
    grouping.target = static_cast<int>(meaning.targets.size());
    Target target;
    target.participant = static_cast<int>(i);
    target.column = grouping.column;
    meaning.targets.push_back(std::move(target));
    meaning.groups.push_back(std::move(grouping));
  }
  return meaning;
}

}  // namespace dossier::ask
