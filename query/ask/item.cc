#include "query/ask/item.h"

#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/text.h"
#include "query/ask/english.h"

namespace dossier::ask {
namespace {

// The key of one word: folded, without dots and commas, but not without being an article.
std::string WordKey(absl::string_view text) {
  std::string key;
  for (const char c : FoldName(text)) {
    if (c == '.' || c == ',' || c == '"' || c == ';' || c == ':' || c == '!' || c == '?') continue;
    key.push_back(c == '(' || c == ')' || c == '[' || c == ']' || c == '/' ? ' ' : c);
  }
  return key;
}

bool EndsInPossessive(absl::string_view text) { return absl::EndsWith(text, "'s") || absl::EndsWith(text, "\u2019s"); }

bool EndsInPluralPossessive(absl::string_view text) {
  return absl::EndsWith(text, "s'") || absl::EndsWith(text, "s\u2019");
}

constexpr std::array<std::pair<absl::string_view, absl::string_view>, 14> kNegations = {{{"didnt", "did"},
                                                                                         {"cannot", "can"},
                                                                                         {"doesnt", "does"},
                                                                                         {"dont", "do"},
                                                                                         {"isnt", "is"},
                                                                                         {"arent", "are"},
                                                                                         {"wasnt", "was"},
                                                                                         {"werent", "were"},
                                                                                         {"wont", "will"},
                                                                                         {"hasnt", "has"},
                                                                                         {"havent", "have"},
                                                                                         {"hadnt", "had"},
                                                                                         {"couldnt", "could"},
                                                                                         {"cant", "can"}}};

bool TakesShortIs(absl::string_view word) {
  return word == "who" || word == "what" || word == "where" || word == "when" || word == "how" || word == "why";
}

void AddWord(const Element& element, std::vector<Item>* items) {
  const std::string key = WordKey(element.text);
  for (const auto& [contraction, auxiliary] : kNegations) {
    // Without an apostrophe "wont" is a word of its own; "cannot" is written in one.
    if (key != contraction || (key != "cannot" && element.text.find_first_of("'\xe2") == std::string::npos)) continue;
    for (absl::string_view word : {auxiliary, absl::string_view("not")}) {
      items->push_back({element.kind, std::string(word), std::string(word), false, true, &element, element.span});
    }
    return;
  }
  const std::vector<std::string> words = absl::StrSplit(key, ' ', absl::SkipEmpty());
  for (size_t i = 0; i < words.size(); ++i) {
    Item item{element.kind, words[i], words[i], false, i == 0, &element, element.span};
    if (i + 1 == words.size()) {
      if (EndsInPossessive(element.text) && item.word.size() > 1) {
        item.word.pop_back();
        item.possessive = true;
      } else if (EndsInPluralPossessive(element.text)) {
        item.possessive = true;
      }
    }
    if (item.possessive && TakesShortIs(item.word)) {  // "who's", "what's"
      item.possessive = false;
      item.whole = item.word;
      items->push_back(item);
      item.word = item.whole = "is";
    }
    items->push_back(std::move(item));
  }
}

}  // namespace

namespace {

bool IsCount(absl::string_view text) {
  const std::string key = WordKey(text);
  return key == "once" || key == "twice" || key == "thrice" || NumberOf(key) >= 0;
}

}  // namespace

namespace {

// "in the 2019 eruption", "before the November 2021 eruption": the date belongs to the noun.
bool IsDateOfNoun(const Element& time, const Element& next) {
  if (time.kind != Element::Kind::kTime || next.kind != Element::Kind::kWord) return false;
  const DatePhrase& date = time.time.first;
  using Relation = TimePhrase::Relation;
  const Relation relation = time.time.relation;
  const bool one = relation == Relation::kIn || relation == Relation::kBefore || relation == Relation::kAfter ||
                   relation == Relation::kSince || relation == Relation::kUntil || relation == Relation::kDuring;
  const std::string text = WordKey(time.text);
  const size_t blank = text.find(' ');
  return one && date.kind == DatePhrase::Kind::kCalendar && date.part == DatePhrase::Part::kWhole &&
         date.year.has_value() && !date.day.has_value() && blank != std::string::npos &&
         text.compare(blank, 5, " the ") == 0;
}

}  // namespace

std::vector<Item> MakeItems(const std::vector<Element>& elements) {
  std::vector<Item> items;
  for (size_t i = 0; i < elements.size(); ++i) {
    const Element& element = elements[i];
    if (i + 1 < elements.size() && IsDateOfNoun(element, elements[i + 1])) {
      const std::vector<std::string> words = absl::StrSplit(WordKey(element.text), ' ', absl::SkipEmpty());
      for (const std::string& word : words) {
        items.push_back({Element::Kind::kWord, word, word, false, true, &element, element.span});
      }
    } else if (element.kind == Element::Kind::kWord) {
      AddWord(element, &items);
    } else if (element.kind == Element::Kind::kCertainty && IsCount(element.text)) {
      // "at least twice", "at least three": no level of certainty.
      for (absl::string_view word : {absl::string_view("at"), absl::string_view("least")}) {
        items.push_back(
            {Element::Kind::kWord, std::string(word), std::string(word), false, true, &element, element.span});
      }
      const std::string key = WordKey(element.text);
      items.push_back({Element::Kind::kWord, key, key, false, true, &element, element.span});
    } else {
      items.push_back({element.kind, element.text, element.text, false, true, &element, element.span});
    }
  }
  return items;
}

}  // namespace dossier::ask
