#include "query/ask/complete.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "base/text.h"
#include "query/ask/expectation.h"
#include "query/ask/linked_things.h"
#include "query/ask/prominence.h"
#include "query/ask/sentence_pieces.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumText = 2000;  // Words that far before the cursor do not matter.
constexpr size_t kWeighedNames = 300;  // Of so many names that fit it is found out how prominent they are,
constexpr size_t kRankedNames = 200;   // and so many of the most prominent ones are looked at more closely.
constexpr size_t kLongestLabel = 60;   // Longer ones (headlines, statements) are not worth completing.

// As what is typed is compared: folded, but with the blank at its end, which asks for a next word.
std::string TypedKey(absl::string_view typed) {
  std::string key = PhraseKey(typed);
  if (!key.empty() && absl::ascii_isspace(static_cast<unsigned char>(typed.back()))) key.push_back(' ');
  return key;
}

// Whether a name has to stand in quotes to be read as one.
bool NeedsQuotes(absl::string_view label) {
  if (label.find_first_of(",;!?#()[]") != absl::string_view::npos) return true;
  static constexpr std::array<absl::string_view, 14> kWords = {
      "in", "on", "before", "after", "since", "until", "by", "limit", "from", "to", "and", "during", "between", "as"};
  for (absl::string_view word : absl::StrSplit(label, ' ')) {
    if (std::find(kWords.begin(), kWords.end(), absl::AsciiStrToLower(word)) != kWords.end()) return true;
    // Years and days would be taken for a time.
    if (word.size() >= 4 && absl::ascii_isdigit(static_cast<unsigned char>(word.front()))) return true;
  }
  return false;
}

class Completer {
 public:
  Completer(absl::string_view text, const Catalogue& catalogue, const Snapshot& snapshot)
      : text_(text), catalogue_(catalogue), snapshot_(snapshot), things_(catalogue, snapshot) {}

  absl::StatusOr<std::vector<Completion>> Complete() {
    if (const size_t quote = OpenQuote(text_); quote != absl::string_view::npos) {
      begin_ = quote;
      DOSSIER_RETURN_IF_ERROR(AddNames(ExpectAfter(CutPieces(text_.substr(0, quote - 1), catalogue_), catalogue_),
                                       PhraseKey(text_.substr(quote)), /*in_quotes=*/true));
      return std::move(found_);
    }
    for (const size_t begin : TypedBeginnings(text_)) {
      begin_ = begin;
      DOSSIER_RETURN_IF_ERROR(AddAt(CutPieces(text_.substr(0, begin), catalogue_), TypedKey(text_.substr(begin))));
      if (found_.size() >= kMaximumCompletions) break;
    }
    return std::move(found_);
  }

 private:
  absl::Status AddAt(const std::vector<Piece>& pieces, const std::string& typed) {
    const Expectation next = ExpectAfter(pieces, catalogue_);
    if (absl::StartsWith(text_.substr(begin_), "?")) {
      AddVariables(pieces);
      return absl::OkStatus();
    }
    const bool names_first = !next.relations.empty();
    if (names_first && next.names) DOSSIER_RETURN_IF_ERROR(AddNames(next, typed, false));
    for (absl::string_view word : next.words) {
      if (absl::StartsWith(absl::AsciiStrToLower(word), typed)) Add(word, Completion::Kind::kKeyword);
    }
    if (next.names && typed.empty()) AddVariables(pieces);
    if (next.verb_forms != 0) DOSSIER_RETURN_IF_ERROR(AddVerbs(next, typed));
    DOSSIER_RETURN_IF_ERROR(AddNouns(next, typed));
    AddMeasures(next, typed);
    if (next.articles) AddArticles(typed);
    if (next.days) AddDay();
    if (next.speakers) DOSSIER_RETURN_IF_ERROR(AddSpeakers(typed));
    return next.names && !names_first ? AddNames(next, typed, false) : absl::OkStatus();
  }

  void Add(absl::string_view text, Completion::Kind kind) {
    if (found_.size() >= kMaximumCompletions || !seen_.insert(absl::StrCat(begin_, " ", text)).second) return;
    found_.push_back({std::string(text), begin_, kind});
  }

  void AddVariables(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      if (piece.kind == Piece::Kind::kVariable && absl::StartsWith(piece.key, text_.substr(begin_))) {
        Add(piece.key, Completion::Kind::kVariable);
      }
    }
  }

  absl::Status AddVerbs(const Expectation& next, const std::string& typed) {
    DOSSIER_ASSIGN_OR_RETURN(const auto spoken_of, things_.RelationsOf(next.subjects));
    absl::flat_hash_map<std::string, uint64_t> verbs;  // And how much they are used.
    const auto& counts = snapshot_.statistics().reifications.predicates;
    const auto& plain = snapshot_.statistics().quads.predicates;
    catalogue_.verbs().ForPrefix(typed, [&](absl::string_view key, uint32_t meaning) {
      const VerbUse& use = catalogue_.verb_uses()[meaning];
      if ((use.forms & next.verb_forms) == 0) return true;
      const TermId relation = catalogue_.relations()[use.relation].id;
      const auto claims = counts.find(relation);
      const auto triples = plain.find(relation);
      uint64_t rank =
          (claims == counts.end() ? 0 : 2 * claims->second.rows) + (triples == plain.end() ? 0 : triples->second.rows);
      if (spoken_of.contains(use.relation)) rank += uint64_t{1} << 40U;
      const bool bare = next.bare_verbs || use.preposition.empty();
      const std::string text = bare ? std::string(key) : absl::StrCat(key, " ", use.preposition);
      // Questions are mostly about what was.
      rank = 2 * rank + ((use.forms & next.verb_forms & kFormPast) != 0 ? 1 : 0);
      uint64_t& known = verbs[text];
      known = std::max(known, rank);
      return true;
    });
    AddRanked(verbs, Completion::Kind::kRelation);
    return absl::OkStatus();
  }

  void AddRanked(const absl::flat_hash_map<std::string, uint64_t>& ranks, Completion::Kind kind) {
    std::vector<std::pair<uint64_t, std::string>> ranked;
    for (const auto& [text, rank] : ranks) ranked.emplace_back(~rank, text);
    std::sort(ranked.begin(), ranked.end());
    for (const auto& [rank, text] : ranked) Add(text, kind);
  }

  absl::Status AddNouns(const Expectation& next, const std::string& typed) {
    if (next.classes) {
      absl::flat_hash_map<uint32_t, uint64_t> instances;
      absl::flat_hash_map<std::string, uint64_t> names;
      absl::Status status;
      catalogue_.class_names().ForPrefix(typed, [&](absl::string_view key, uint32_t meaning) {
        const bool plural = key == PhraseKey(catalogue_.classes()[meaning].plural);
        if (plural != next.plural_classes && typed.empty()) return true;
        const auto [known, is_new] = instances.try_emplace(meaning);
        if (is_new) {
          const absl::StatusOr<uint64_t> count = things_.Instances(meaning);
          status.Update(count.status());
          known->second = count.value_or(0);
        }
        // The number that fits comes first, and what there is nothing of last.
        names.emplace(key, 2 * known->second + (plural == next.plural_classes && known->second > 0 ? 1 : 0));
        return true;
      });
      DOSSIER_RETURN_IF_ERROR(status);
      AddRanked(names, Completion::Kind::kClass);
    }
    if (!next.nouns) return absl::OkStatus();
    catalogue_.nouns().ForPrefix(typed, [&](absl::string_view key, uint32_t meaning) {
      const bool plural = catalogue_.noun_uses()[meaning].plural;
      if (plural == next.plural_nouns || !typed.empty()) Add(key, Completion::Kind::kRelation);
      return true;
    });
    return absl::OkStatus();
  }

  void AddMeasures(const Expectation& next, const std::string& typed) {
    const auto add = [&](absl::string_view key, uint32_t) {
      Add(key, Completion::Kind::kUnit);
      return true;
    };
    if (next.units) catalogue_.unit_names().ForPrefix(typed, add);
    if (next.certainties) catalogue_.certainty_names().ForPrefix(typed, add);
  }

  void AddArticles(const std::string& typed) {
    for (const std::string& identifier : catalogue_.names().Identifiers(typed, kMaximumCompletions)) {
      const bool one_word = !absl::StrContains(identifier, ' ');
      Add(one_word ? identifier : absl::StrCat("\"", identifier, "\""), Completion::Kind::kSource);
    }
  }

  void AddDay() {
    if (!catalogue_.newest_article().has_value()) return;
    const absl::Time last = absl::FromUnixSeconds(catalogue_.newest_article()->end - 1);
    const std::string day = absl::FormatCivilTime(absl::ToCivilDay(last, absl::UTCTimeZone()));
    if (absl::StartsWith(day, text_.substr(begin_))) Add(day, Completion::Kind::kSource);
  }

  absl::Status AddSpeakers(const std::string& typed) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> speakers, things_.Speakers());
    for (const TermId speaker : speakers) {
      const std::string label = catalogue_.Label(speaker);
      if (absl::StartsWith(PhraseKey(label), typed)) AddName(label, Completion::Kind::kSource, false);
    }
    return absl::OkStatus();
  }

  void AddName(absl::string_view label, Completion::Kind kind, bool in_quotes) {
    if (label.empty() || label.size() > kLongestLabel || absl::StrContains(label, '"')) return;
    Add(in_quotes            ? absl::StrCat(label, "\"")
        : NeedsQuotes(label) ? absl::StrCat("\"", label, "\"")
                             : std::string(label),
        kind);
  }

  // How far a name's label is from what was typed: it begins with it, a word of it does, or only another name of the
  // thing does. Labels that have to stand in quotes (headlines, statements) come behind the others.
  int Distance(TermId thing, absl::string_view typed) const {
    const std::string label = catalogue_.Label(thing);
    const std::string key = PhraseKey(label);
    const int distance = absl::StartsWith(key, typed) ? 0 : absl::StrContains(key, absl::StrCat(" ", typed)) ? 1 : 2;
    return NeedsQuotes(label) ? 3 + distance : distance;
  }

  absl::Status AddNames(const Expectation& next, const std::string& typed, bool in_quotes) {
    std::vector<TermId> fitting;
    DOSSIER_ASSIGN_OR_RETURN(
        const std::vector<TermId> prominent,
        MostProminent(snapshot_, catalogue_.names().BeginningWith(typed, kWeighedNames), kRankedNames));
    std::vector<std::pair<int, TermId>> by_distance;
    for (const TermId thing : prominent) by_distance.emplace_back(Distance(thing, typed), thing);
    std::stable_sort(by_distance.begin(), by_distance.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<TermId> others;
    for (const auto& [distance, thing] : by_distance) others.push_back(thing);
    if (!next.relations.empty()) {
      if (typed.empty()) {
        DOSSIER_ASSIGN_OR_RETURN(fitting, things_.LinkedBy(next.relations, next.as_subject));
        DOSSIER_ASSIGN_OR_RETURN(fitting, MostProminent(snapshot_, std::move(fitting), kMaximumCompletions));
      } else {
        DOSSIER_ASSIGN_OR_RETURN(const auto linked, things_.LinkedAmong(others, next.relations, next.as_subject));
        for (const TermId thing : others) {
          if (linked.contains(thing)) fitting.push_back(thing);
        }
      }
    }
    fitting.insert(fitting.end(), others.begin(), others.end());
    for (const TermId thing : fitting) {
      if (found_.size() >= kMaximumCompletions) break;
      AddName(catalogue_.Label(thing), Completion::Kind::kName, in_quotes);
    }
    return absl::OkStatus();
  }

  const absl::string_view text_;
  const Catalogue& catalogue_;
  const Snapshot& snapshot_;
  LinkedThings things_;
  size_t begin_ = 0;
  absl::flat_hash_set<std::string> seen_;
  std::vector<Completion> found_;
};

}  // namespace

absl::StatusOr<std::vector<Completion>> Complete(absl::string_view text, size_t offset, const Catalogue& catalogue,
                                                 const Snapshot& snapshot) {
  text = text.substr(0, offset);
  size_t skipped = 0;
  if (text.size() > kMaximumText) {
    skipped = std::min(text.find(' ', text.size() - kMaximumText), text.size());
    text.remove_prefix(skipped);
  }
  DOSSIER_ASSIGN_OR_RETURN(std::vector<Completion> found, Completer(text, catalogue, snapshot).Complete());
  DOSSIER_RETURN_IF_ERROR(catalogue.status());
  for (Completion& completion : found) completion.begin += skipped;
  return found;
}

}  // namespace dossier::ask
