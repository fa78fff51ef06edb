// Words and phrases of a clause.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumPhraseWords = 16;
constexpr size_t kMaximumMatches = 4;
constexpr int kMannerCost = 8;

}  // namespace

ClauseReader::ClauseReader(const ReaderContext& context, std::vector<Item> items)
    : context_(context), catalogue_(context.catalogue), items_(std::move(items)) {}

bool ClauseReader::WordIs(size_t at, absl::string_view word) const {
  if (!IsWord(at) || items_[at].possessive) return false;
  const std::string& here = items_[at].word;
  return !word.empty() && here.size() == word.size() && here.front() == word.front() && here == word;
}

bool ClauseReader::WordIn(size_t at, std::initializer_list<absl::string_view> words) const {
  return std::any_of(words.begin(), words.end(), [&](absl::string_view word) { return WordIs(at, word); });
}

size_t ClauseReader::SkipDeterminers(size_t at) const {
  while (IsWord(at) && !items_[at].possessive && IsDeterminer(items_[at].word)) ++at;
  return at;
}

// Words that change nothing, and "first", "last", "right after".
size_t ClauseReader::SkipAdverbs(Reading* reading) const {
  const auto says_nothing = [&](size_t at) {
    return WordIn(at, {"ever",       "also",     "already",    "actually",   "still",   "then",
                       "once",       "there",    "again",      "too",        "finally", "eventually",
                       "officially", "formally", "personally", "really",     "indeed",  "himself",
                       "herself",    "yet",      "itself",     "themselves", "now",     "currently"}) ||
           (WordIn(at, {"shortly", "soon"}) && WordIn(at + 1, {"after", "before"}));
  };
  while (true) {
    if (says_nothing(reading->at)) {
      // "Formally confirmed" may be a thing of the data, which says more.
      if (WordIn(reading->at, {"formally", "officially"})) reading->cost += kMannerCost;
      ++reading->at;
    } else if (WordIn(reading->at, {"right", "directly", "immediately", "straight", "next"}) &&
               WordIn(reading->at + 1, {"after", "before"}) && reading->meaning->ordinal == 0) {
      // "right after the summit": the first of what was after it.
      reading->meaning->ordinal = WordIs(reading->at + 1, "after") ? 1 : -1;
      ++reading->at;
    } else if (WordIn(reading->at, {"first", "last"}) && reading->meaning->ordinal == 0) {
      reading->meaning->ordinal = WordIs(reading->at, "first") ? 1 : -1;
      ++reading->at;
    } else {
      return reading->at;
    }
  }
}

bool ClauseReader::IsPreposition(size_t at) const {
  return WordIn(
      at, {"by",      "with",  "in",    "on",    "to",      "from",    "at",      "for",   "about",  "of",     "over",
           "against", "near",  "into",  "onto",  "towards", "toward",  "through", "under", "during", "aboard", "via",
           "behind",  "until", "since", "among", "between", "without", "before",  "after", "beyond", "around"});
}

std::vector<ClauseReader::NameMatch> ClauseReader::Match(const PhraseIndex& index, size_t at,
                                                         absl::string_view prefix) const {
  return prefix.empty() ? FindMatches(index, at) : MatchIn(index, at, prefix);
}

std::vector<ClauseReader::NameMatch> ClauseReader::Match(const EntityNames& names, size_t at) const {
  return FindMatches(names, at);
}

template <class Index>
std::vector<ClauseReader::NameMatch> ClauseReader::FindMatches(const Index& index, size_t at) const {
  if (!lookups_.has_value()) return MatchIn(index, at, "");
  return lookups_->matches.At({&index, at}, [&] { return MatchIn(index, at, ""); });
}

template <class Index>
std::vector<ClauseReader::NameMatch> ClauseReader::MatchIn(const Index& index, size_t at,
                                                           absl::string_view prefix) const {
  std::vector<NameMatch> matches;
  std::string key(prefix);
  for (size_t end = at; end < items_.size() && end < at + kMaximumPhraseWords; ++end) {
    const Item& item = items_[end];
    // "ballistic, cruise and hypersonic missiles": keys have no commas.
    if (item.kind == Element::Kind::kComma && end > at && IsWord(end + 1)) continue;
    if (!IsWord(end)) break;
    if (!key.empty()) key += ' ';
    const size_t before = key.size();
    key += item.word;
    // A name may not end or begin in the middle of a word with hyphens, unless the whole is known so.
    const bool ends_word = end + 1 == items_.size() || items_[end + 1].begins_word;
    const bool known = ends_word && index.Contains(key);
    if (known) matches.push_back({end + 1, key, item.possessive});
    key.replace(before, key.npos, item.whole);
    // "Kim's meeting" is no meeting of the Kims.
    const bool owner = known && IsWord(end + 1);
    if (ends_word && !owner && item.possessive && item.whole != item.word && index.Contains(key)) {
      matches.push_back({end + 1, key, false});
    }
    if (!index.HasLonger(key)) break;
  }
  std::reverse(matches.begin(), matches.end());
  if (matches.size() > kMaximumMatches) matches.resize(kMaximumMatches);
  return matches;
}

SourceSpan ClauseReader::SpanOf(size_t begin, size_t end) const {
  if (items_.empty()) return {0, 0};
  const size_t first = std::min(begin, items_.size() - 1);
  const size_t last = std::min(std::max(end, first + 1), items_.size()) - 1;
  return {items_[first].span.begin, items_[last].span.end};
}

std::string ClauseReader::TextOf(size_t begin, size_t end) const {
  const SourceSpan span = SpanOf(begin, end);
  return std::string(context_.text.substr(span.begin, span.end - span.begin));
}

// No text, however odd, takes long; and a reading that does can be ended.
bool ClauseReader::Spend() {
  constexpr int kStepsBetweenLooks = 64;
  if (context_.cancellation != nullptr && (kMaximumSteps - steps_left_) % kStepsBetweenLooks == 0) {
    error_.Update(context_.cancellation->Check());
  }
  return error_.ok() && --steps_left_ > 0;
}

// The ways to read many clauses multiply, and most of them are far from the cheapest long before the end.
bool ClauseReader::IsTooDear(const Reading& reading, Junction junction) {
  int& least = least_costs_.try_emplace({junction, reading.at}, reading.cost).first->second;
  least = std::min(least, reading.cost);
  if (reading.cost <= least + reach_) return false;
  left_dear_ = true;
  return true;
}

}  // namespace dossier::ask
