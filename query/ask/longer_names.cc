// Names of which only the beginning was said.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "query/ask/clause_reader.h"
#include "query/ask/english.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// Whether it is what somebody may say, warn of or report.
bool IsStatement(const Catalogue& catalogue, const Snapshot& snapshot, TermId thing) {
  GraphReader graph(snapshot);
  const std::vector<TermId> types = graph.Objects(thing, rdf::kType).value_or(std::vector<TermId>());
  return std::any_of(catalogue.relations().begin(), catalogue.relations().end(), [&](const RelationInfo& relation) {
    return relation.role == ObjectRole::kStatement && !relation.range.empty() &&
           std::any_of(types.begin(), types.end(),
                       [&](TermId type) { return catalogue.IsKindOf(type, relation.range); });
  });
}

// Those whose name has `key` for its noun: "Fisheries Ministry", "Ministry of Fisheries", but not "ministry
// inspectors".
std::vector<EntityNames::Named> HeadedBy(const EntityNames& names, const std::string& key) {
  constexpr size_t kMaximum = 64;  // Of more the words are no name.
  std::vector<EntityNames::Named> found;
  const std::vector<TermId> entities = names.BeginningWith(key, kMaximum);
  if (entities.size() >= kMaximum) return found;
  const std::vector<std::string> words = absl::StrSplit(key, ' ', absl::SkipEmpty());
  const auto same = [](const std::string& word, const std::string& stem) { return StemOf(word) == stem; };
  for (const TermId entity : entities) {
    const std::shared_ptr<const EntityNames::StemsOfNames> known = names.NameStems(entity);
    const bool headed = std::any_of(known->begin(), known->end(), [&](const std::vector<std::string>& stems) {
      if (stems.size() <= words.size()) return false;
      const std::string& next = stems[words.size()];
      return std::equal(words.rbegin(), words.rend(), stems.rbegin(), same) ||
             ((next == "of" || next == "for") && std::equal(words.begin(), words.end(), stems.begin(), same));
    });
    if (headed) found.push_back({PhraseKey(names.Label(entity)), entity});
  }
  return found;
}

}  // namespace

// The longest phrase that begins, or else ends, exactly one entity's name takes that name's words; it is told in a
// note.
// ("The tradition", "the ministry", but not "Paris": a name of its own would be meant.)
bool ClauseReader::TakeForLongerName() {
  return ReplacePhrase([&](size_t begin, const std::string& phrase) {
    const bool common = begin > 0 && SkipDeterminers(begin - 1) == begin;
    if (!common) return std::vector<EntityNames::Named>();
    std::vector<EntityNames::Named> names = HeadedBy(catalogue_.names(), phrase);
    if (names.empty()) names = catalogue_.names().Continuations(phrase);
    // A statement is no thing that part of its words could name.
    std::erase_if(names, [&](const EntityNames::Named& named) {
      return IsStatement(catalogue_, context_.snapshot, named.entity);
    });
    return names;
  });
}

bool ClauseReader::ReplacePhrase(
    absl::FunctionRef<std::vector<EntityNames::Named>(size_t begin, const std::string&)> names_for) {
  constexpr size_t kLongest = 5;
  constexpr size_t kShortest = 4;  // Letters.
  for (size_t length = std::min(kLongest, items_.size()); length >= 1; --length) {
    for (size_t begin = 0; begin + length <= items_.size(); ++begin) {
      std::string phrase;
      bool names_only = true;
      for (size_t at = begin; at < begin + length; ++at) {
        names_only &= IsWord(at) && !IsStopWord(items_[at].word) && !IsDeterminer(items_[at].word);
        absl::StrAppend(&phrase, phrase.empty() ? "" : " ", items_[at].word);
      }
      if (!names_only || phrase.size() < kShortest || catalogue_.names().Contains(phrase) ||
          catalogue_.verbs().Contains(phrase) || catalogue_.nouns().Contains(phrase) ||
          catalogue_.class_names().Contains(phrase)) {
        continue;
      }
      const std::vector<EntityNames::Named> named = names_for(begin, phrase);
      if (named.size() != 1) continue;
      notes_.push_back(absl::StrCat("\"", TextOf(begin, begin + length), "\" is taken for ",
                                    catalogue_.Label(named.front().entity)));
      const bool possessive = items_[begin + length - 1].possessive;
      const size_t others = items_.size() - length;
      ReplaceItems(begin, begin + length, named.front().key);
      Item& last = items_[begin + items_.size() - others - 1];
      last.possessive = possessive;
      if (possessive) absl::StrAppend(&last.whole, "s");
      furthest_ = 0;
      steps_left_ = kMaximumSteps;
      return true;
    }
  }
  return false;
}

}  // namespace dossier::ask
