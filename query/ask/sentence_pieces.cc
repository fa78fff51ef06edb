#include "query/ask/sentence_pieces.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumWords = 8;  // Of a name or a verb.
constexpr size_t kMaximumBeginnings = 5;

struct Word {
  std::string key;
  size_t begin = 0;
  size_t end = 0;
  bool quoted = false;
  bool possessive = false;
};

bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

std::vector<Word> WordsOf(absl::string_view text) {
  std::vector<Word> words;
  size_t at = 0;
  while (at < text.size()) {
    if (IsBlank(text[at])) {
      ++at;
      continue;
    }
    const size_t begin = at;
    if (text[at] == '"') {
      const size_t close = text.find('"', at + 1);
      if (close == absl::string_view::npos) break;
      words.push_back({PhraseKey(text.substr(at + 1, close - at - 1)), begin, close + 1, true});
      at = close + 1;
      continue;
    }
    while (at < text.size() && !IsBlank(text[at]) && text[at] != '"' && (at == begin || text[at] != ',')) ++at;
    if (text[begin] == ',') at = begin + 1;
    absl::string_view word = text.substr(begin, at - begin);
    const bool possessive = absl::EndsWith(word, "'s") || absl::EndsWith(word, "\u2019s");
    std::string key = word == "," ? "," : word.front() == '?' ? std::string(word) : PhraseKey(word);
    if (key.empty()) key = absl::AsciiStrToLower(word);  // "the" has no key.
    words.push_back({std::move(key), begin, at, false, possessive});
  }
  return words;
}

// Words that are read together.
constexpr std::array<absl::string_view, 11> kPairs = {"according to", "as of",      "at least",     "in article",
                                                      "order by",     "ordered by", "group by",     "grouped by",
                                                      "for each",     "how many",   "what happened"};

bool IsTimeWord(absl::string_view key) {
  static constexpr std::array<absl::string_view, 28> kTimeWords = {
      "january",   "february",  "march",   "april",    "may",      "june",      "july",
      "august",    "september", "october", "november", "december", "monday",    "tuesday",
      "wednesday", "thursday",  "friday",  "saturday", "sunday",   "spring",    "summer",
      "autumn",    "fall",      "winter",  "today",    "tomorrow", "yesterday", "year"};
  if (std::find(kTimeWords.begin(), kTimeWords.end(), key) != kTimeWords.end()) return true;
  const bool digits = std::all_of(key.begin(), key.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '-' || c == ' ';
  });
  return digits && key.size() >= 4 && absl::ascii_isdigit(static_cast<unsigned char>(key.front()));
}

bool IsNumber(absl::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '.';
  });
}

class Cutter {
 public:
  Cutter(const Catalogue& catalogue, std::vector<Word> words) : catalogue_(catalogue), words_(std::move(words)) {}

  std::vector<Piece> Cut() {
    size_t at = 0;
    while (at < words_.size()) at = Next(at);
    return std::move(pieces_);
  }

 private:
  size_t Next(size_t at) {
    const Word& word = words_[at];
    if (word.quoted) return Add(Piece::Kind::kName, at, 1, word.key);
    if (word.key == ",") return Add(Piece::Kind::kComma, at, 1, word.key);
    if (word.key.front() == '?') return Add(Piece::Kind::kVariable, at, 1, word.key);
    for (size_t count = std::min(kMaximumWords, words_.size() - at); count > 1; --count) {
      const std::string key = Key(at, count);
      if (count == 2 && std::find(kPairs.begin(), kPairs.end(), key) != kPairs.end()) {
        return Add(Piece::Kind::kWord, at, count, key);
      }
      if (const std::optional<Piece::Kind> kind = KindOf(key, at, count)) return Add(*kind, at, count, key);
    }
    if (IsStructureWord(word.key)) return Add(Piece::Kind::kWord, at, 1, word.key);
    if (IsTimeWord(word.key)) return Add(Piece::Kind::kTime, at, 1, word.key);
    if (IsNumber(word.key)) return Add(Piece::Kind::kNumber, at, 1, word.key);
    const std::string key = Key(at, 1);
    return Add(KindOf(key, at, 1).value_or(Piece::Kind::kWord), at, 1, key);
  }

  // The key of some words; of the last one without its possessive ending.
  std::string Key(size_t at, size_t count) const {
    std::string key;
    for (size_t i = at; i < at + count; ++i) {
      if (words_[i].quoted || words_[i].key == ",") return "";
      absl::string_view word = words_[i].key;
      if (i + 1 == at + count && words_[i].possessive) absl::ConsumeSuffix(&word, "s");
      absl::StrAppend(&key, i == at ? "" : " ", word);
    }
    return key;
  }

  std::optional<Piece::Kind> KindOf(const std::string& key, size_t at, size_t count) const {
    if (key.empty()) return std::nullopt;
    const bool verb = catalogue_.verbs().Contains(key);
    const bool noun = catalogue_.nouns().Contains(key);
    const bool kind = catalogue_.class_names().Contains(key);
    if (catalogue_.names().Contains(key) && (count > 1 || !(verb || noun || kind))) return Piece::Kind::kName;
    // A word that is both is a noun where one stands: after "the", "which", "how many", "Kim's".
    const bool after_determiner =
        !pieces_.empty() && at > 0 && (pieces_.back().possessive || ExpectsNoun(pieces_.back().key));
    if (verb && !(after_determiner && (noun || kind))) return Piece::Kind::kVerb;
    if (kind) return Piece::Kind::kClass;
    if (noun) return Piece::Kind::kNoun;
    if (catalogue_.unit_names().Contains(key)) return Piece::Kind::kUnit;
    return std::nullopt;
  }

  static bool ExpectsNoun(absl::string_view key) {
    static constexpr std::array<absl::string_view, 9> kBefore = {"the",   "which", "what", "how many", "list",
                                                                 "count", "a",     "an",   "first"};
    return std::find(kBefore.begin(), kBefore.end(), key) != kBefore.end();
  }

  size_t Add(Piece::Kind kind, size_t at, size_t count, const std::string& key) {
    Piece piece;
    piece.kind = kind;
    piece.key = key;
    piece.begin = words_[at].begin;
    piece.end = words_[at + count - 1].end;
    piece.possessive = words_[at + count - 1].possessive;
    switch (kind) {
      case Piece::Kind::kName: piece.entities = catalogue_.FindEntities(key); break;
      case Piece::Kind::kVerb: piece.meanings = catalogue_.verbs().Find(key); break;
      case Piece::Kind::kNoun: piece.meanings = catalogue_.nouns().Find(key); break;
      case Piece::Kind::kClass: piece.meanings = catalogue_.class_names().Find(key); break;
      default: break;
    }
    pieces_.push_back(std::move(piece));
    return at + count;
  }

  const Catalogue& catalogue_;
  const std::vector<Word> words_;
  std::vector<Piece> pieces_;
};

}  // namespace

bool IsStructureWord(absl::string_view word) {
  static const absl::flat_hash_set<absl::string_view> words = {
      "who",     "whom",   "whose",  "what",     "which",     "where",   "when",     "why",   "how",   "did",
      "do",      "does",   "was",    "were",     "is",        "are",     "be",       "been",  "has",   "have",
      "had",     "will",   "would",  "could",    "can",       "not",     "and",      "but",   "or",    "the",
      "a",       "an",     "of",     "in",       "on",        "at",      "to",       "from",  "with",  "by",
      "between", "before", "after",  "since",    "until",     "during",  "about",    "that",  "only",  "last",
      "next",    "this",   "list",   "show",     "count",     "find",    "describe", "limit", "his",   "her",
      "its",     "their",  "assert", "retract",  "define",    "explain", "for",      "into",  "first", "many",
      "much",    "than",   "as",     "timeline", "conflicts", "path",    "analyze",  "sparql"};
  return words.contains(word);
}

std::vector<Piece> CutPieces(absl::string_view text, const Catalogue& catalogue) {
  return Cutter(catalogue, WordsOf(text)).Cut();
}

size_t OpenQuote(absl::string_view text) {
  size_t open = absl::string_view::npos;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') open = open == absl::string_view::npos ? i + 1 : absl::string_view::npos;
  }
  return open;
}

std::vector<size_t> TypedBeginnings(absl::string_view text) {
  std::vector<size_t> beginnings;
  size_t at = text.size();
  while (at > 0 && !IsBlank(text[at - 1]) && text[at - 1] != ',' && text[at - 1] != '"') --at;
  beginnings.push_back(at);
  while (beginnings.size() < kMaximumBeginnings) {
    size_t end = at;
    while (end > 0 && IsBlank(text[end - 1])) --end;
    if (end == 0 || end == at || text[end - 1] == ',' || text[end - 1] == '"') break;
    at = end;
    while (at > 0 && !IsBlank(text[at - 1]) && text[at - 1] != ',' && text[at - 1] != '"') --at;
    beginnings.push_back(at);
  }
  std::reverse(beginnings.begin(), beginnings.end());
  return beginnings;
}

}  // namespace dossier::ask
