// A clause as the reader of clauses sees it: a row of folded words, with what the grammar has recognised between them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "query/ask/ast.h"

namespace dossier::ask {

struct Item {
  Element::Kind kind = Element::Kind::kWord;
  std::string word;   // Folded; of a possessive without the 's.
  std::string whole;  // The same with the 's ("kims"), as names may have it ("Korean People's Army").
  bool possessive = false;
  bool begins_word = true;           // False inside a word with hyphens: "Jong-un" is two items.
  const Element* element = nullptr;  // Belongs to the question.
  SourceSpan span;
};

// A word of its own in the place of `item`, as if it had been written there.
inline Item WordLike(Item item, std::string word) {
  item.kind = Element::Kind::kWord;
  item.whole = word;
  item.word = std::move(word);
  item.possessive = false;
  item.begins_word = true;
  return item;
}

// Words are split at hyphens; contractions ("didn't", "who's") become two items. `elements` must outlive the items.
std::vector<Item> MakeItems(const std::vector<Element>& elements);

}  // namespace dossier::ask
