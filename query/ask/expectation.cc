#include "query/ask/expectation.h"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string>

namespace dossier::ask {
namespace {

using Kind = Piece::Kind;
using Words = std::initializer_list<absl::string_view>;

constexpr uint8_t kFinite = kFormThird | kFormPast;

bool In(absl::string_view word, Words words) { return std::find(words.begin(), words.end(), word) != words.end(); }

bool IsDoAuxiliary(absl::string_view word) { return In(word, {"did", "do", "does", "will", "would", "could", "can"}); }
bool IsBeAuxiliary(absl::string_view word) { return In(word, {"was", "were", "is", "are", "be", "been"}); }
bool IsHaveAuxiliary(absl::string_view word) { return In(word, {"has", "have", "had"}); }
bool BeginsNounPhrase(absl::string_view word) {
  return In(word, {"the", "a", "an", "his", "her", "its", "their", "first"});
}
bool IsQuestionWord(absl::string_view word) {
  return In(word, {"who", "whom", "whose", "what", "which", "where", "when", "why", "how", "how many", "that"});
}

// How far the clause has come that the cursor stands in.
struct Clause {
  absl::string_view asks;       // The question word that began it.
  absl::string_view head;       // The word that begins the statement.
  absl::string_view auxiliary;  // "did", "was", ...
  const Piece* subject = nullptr;
  const Piece* verb = nullptr;

  // Whether what is asked for is the verb's object: "who did Kim meet".
  bool AsksForObject() const { return !asks.empty() && !auxiliary.empty() && subject != nullptr; }
};

class Expecter {
 public:
  Expecter(absl::Span<const Piece> pieces, const Catalogue& catalogue) : pieces_(pieces), catalogue_(catalogue) {}

  Expectation Expect() {
    if (pieces_.empty()) {
      Statement();
      return std::move(next_);
    }
    for (const Piece& piece : pieces_) Walk(piece);
    const Piece& last = pieces_.back();
    switch (last.kind) {
      case Kind::kWord: AfterWord(last.key); break;
      case Kind::kName: AfterName(last); break;
      case Kind::kVerb: AfterVerb(last); break;
      case Kind::kNoun: AfterNoun(last); break;
      case Kind::kClass: AfterClass(); break;
      case Kind::kUnit: Offer({"is it from", "did", "does", "has", "is"}); break;
      case Kind::kTime: AfterTime(); break;
      case Kind::kNumber: AfterNumber(); break;
      case Kind::kVariable: AfterVariable(); break;
      case Kind::kComma: Names(); break;
    }
    return std::move(next_);
  }

 private:
  void Walk(const Piece& piece) {
    if (&piece == &pieces_.front()) clause_.head = piece.key;
    switch (piece.kind) {
      case Kind::kWord:
        if (IsQuestionWord(piece.key)) {
          clause_ = {piece.key, clause_.head, "", nullptr, nullptr};
        } else if (IsDoAuxiliary(piece.key) || IsBeAuxiliary(piece.key) || IsHaveAuxiliary(piece.key)) {
          clause_.auxiliary = piece.key;
        } else if (piece.key == "and" || piece.key == "but") {
          clause_ = {"who", clause_.head, "", nullptr, nullptr};
        }
        break;
      case Kind::kVerb: clause_.verb = &piece; break;
      case Kind::kName:
      case Kind::kNoun:
      case Kind::kVariable:
        if (piece.possessive) break;
        if (clause_.verb == nullptr) clause_.subject = &piece;
        break;
      default: break;
    }
  }

  void Offer(Words words) { next_.words.insert(next_.words.end(), words.begin(), words.end()); }

  void Statement() {
    Offer({"who",
           "what",
           "which",
           "where",
           "when",
           "how many times",
           "how many",
           "how far",
           "how long",
           "how",
           "did",
           "was",
           "why",
           "list",
           "count",
           "describe",
           "timeline of",
           "what happened in",
           "conflicts about",
           "path from",
           "sources of",
           "find ?x where",
           "search",
           "help",
           "show sparql",
           "explain",
           "why empty",
           "assert",
           "retract",
           "define",
           "load",
           "export",
           "by whom",
           "is",
           "has",
           "will",
           "according to whom"});
  }

  void Names() {
    next_.names = true;
    if (clause_.verb != nullptr) {
      for (const uint32_t use : clause_.verb->meanings) AddRelation(catalogue_.verb_uses()[use].relation);
    }
  }
  void AddRelation(uint32_t relation) {
    if (std::find(next_.relations.begin(), next_.relations.end(), relation) == next_.relations.end()) {
      next_.relations.push_back(relation);
    }
  }
  void Nouns(bool plural) {
    next_.nouns = true;
    next_.classes = true;
    next_.plural_nouns = next_.plural_classes = plural;
  }

  // What may follow a clause that is whole.
  void Qualifiers() {
    Offer({"in", "on", "before", "after", "since", "until", "between", "from", "during", "according to", "as of",
           "in article", "at least", "by at least 2 sources", "only in", "and", "but not"});
    for (const QualifierInfo& qualifier : catalogue_.qualifiers()) {
      for (const std::string& preposition : qualifier.prepositions) next_.words.emplace_back(preposition);
    }
    Tails();
  }
  void Tails() { Offer({"order by", "limit", "group by", "for each"}); }

  void AfterWord(absl::string_view word) {
    if (AfterQuestionWord(word) || AfterAuxiliary(word) || AfterLink(word) || AfterCommand(word)) return;
    if (pieces_.front().key == "how" && pieces_.size() == 2) {  // "how far", "how long"
      Offer({"is", "was", "did", "does", "are"});
      Nouns(false);
      return;
    }
    if (BeginsNounPhrase(word)) {
      Nouns(false);
      next_.plural_nouns = next_.plural_classes = word == "the";
      if (word == "the" || word == "first") Names();
      return;
    }
    // Of an unknown word nothing can be said.
    Qualifiers();
  }

  bool AfterQuestionWord(absl::string_view word) {
    if (word == "who" || word == "whom" || word == "that") {
      next_.verb_forms = kFinite;
      Offer({"did", "was", "is", "will", "has", "else"});
      if (pieces_.size() > 1) next_.names = true;
    } else if (word == "what") {
      Offer({"did", "is", "was", "is the", "are", "happened in", "does"});
      Nouns(false);
      next_.verb_forms = kFinite;
    } else if (word == "which" || word == "whose") {
      Nouns(true);
    } else if (In(word, {"where", "when", "why"})) {
      Offer({"did", "was", "is", "were", "will", "does", "has", "are"});
      if (pieces_.size() > 1 && word != "why") {
        next_.verb_forms = kFinite;
        Names();
      }
      if (word == "why" && pieces_.size() == 1) Offer({"1", "2", "3", "empty"});
    } else if (word == "how") {
      Offer({"many", "many times", "often", "far", "long", "fast", "high", "much", "old", "large", "did", "was", "is"});
    } else if (word == "how many") {
      Offer({"times", "people"});
      next_.units = true;
      Nouns(true);
    } else {
      return false;
    }
    return true;
  }

  bool AfterAuxiliary(absl::string_view word) {
    const bool asks_who = In(clause_.asks, {"who", "what", "which", "that"});
    if (IsDoAuxiliary(word)) {
      Names();
      if (asks_who && In(word, {"will", "would", "could", "can"})) next_.verb_forms = kFormBase;
      Offer({"the", "not"});
    } else if (IsBeAuxiliary(word)) {
      Names();
      Offer({"the", "not", "in", "at", "on", "from"});
      next_.verb_forms = kFormParticiple | kFormGerund;
      next_.nouns = true;
    } else if (IsHaveAuxiliary(word)) {
      Names();
      next_.verb_forms = kFormParticiple;
      Offer({"the", "not", "been"});
    } else if (word == "not") {
      next_.verb_forms = clause_.auxiliary.empty()            ? kFinite
                         : IsDoAuxiliary(clause_.auxiliary)   ? kFormBase
                         : IsHaveAuxiliary(clause_.auxiliary) ? kFormParticiple
                                                              : (kFormParticiple | kFormGerund);
      Offer({"in", "on", "before", "after", "with", "to"});
    } else {
      return false;
    }
    return true;
  }

  // Prepositions and conjunctions.
  bool AfterLink(absl::string_view word) {
    if (word == "according to") {
      next_.speakers = true;
      next_.names = true;
      Offer({"whom", "article"});
    } else if (word == "as of") {
      next_.days = true;
    } else if (word == "in article") {
      next_.articles = true;
    } else if (word == "at least") {
      next_.certainties = true;
      Offer({"2 sources", "3 sources"});
    } else if (In(word, {"order by", "ordered by"})) {
      Offer({"when", "certainty", "sources"});
    } else if (In(word, {"group by", "grouped by", "for each"})) {
      Offer({"year", "month", "day", "source", "article", "place"});
      next_.classes = true;
    } else if (word == "limit") {
      Offer({"5", "10", "20"});
    } else if (word == "and" || word == "but" || word == "or") {
      if (word != "but") Names();
      Offer({"not", "in", "did", "to", "with"});
      next_.verb_forms = kFinite;
    } else if (In(word, {"last", "next", "this", "only"})) {
      if (word == "only") {
        Offer({"in", "on"});
      } else {
        Offer({"year", "month", "week", "summer", "winter"});
      }
      next_.nouns = word == "last";
    } else if (In(word, {"in", "on", "at", "to", "from", "with", "by", "of", "about", "between", "before", "after",
                         "since", "until", "during", "into", "for", "than"})) {
      AfterPreposition(word);
    } else {
      return false;
    }
    return true;
  }

  void AfterPreposition(absl::string_view word) {
    Names();
    // Passive: "was accompanied by".
    if (word == "by") {
      next_.as_subject = IsBeAuxiliary(clause_.auxiliary);
      Offer({"whom", "at least 2 sources"});
    }
    Offer({"the"});
    if (In(word, {"in", "since", "until", "before", "after", "during", "between", "from", "of"})) {
      Offer({"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December"});
    }
    if (word == "in") Offer({"article", "summer", "winter", "spring", "autumn", "which year"});
    if (word == "on") Offer({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"});
    if (word == "about" || word == "of") next_.nouns = true;
    if (In(word, {"before", "after", "during", "on", "in"})) next_.nouns = true;
  }

  bool AfterCommand(absl::string_view word) {
    if (In(word, {"list", "show", "count"})) {
      Nouns(true);
      Names();
      Offer({"the"});
      if (word == "show") Offer({"sparql"});
    } else if (word == "describe" || word == "assert" || word == "retract") {
      Names();
      if (word == "assert") next_.certainties = true;
      if (word == "assert") Offer({"denied"});
    } else if (word == "timeline") {
      Offer({"of"});
    } else if (word == "conflicts") {
      Offer({"about"});
    } else if (word == "path") {
      Offer({"from"});
    } else if (word == "explain" || word == "analyze" || word == "sparql") {
      Statement();
      if (word == "explain") Offer({"analyze"});
    } else if (word == "what happened") {
      Offer({"in", "on", "before", "after", "between", "during"});
    } else {
      return false;
    }
    return true;
  }

  void AfterName(const Piece& name) {
    if (name.possessive) {
      Nouns(true);
      return;
    }
    if (clause_.head == "path") Offer({"to", "through", "in"});
    if (clause_.verb == nullptr) {
      next_.subjects = name.entities;
      if (IsDoAuxiliary(clause_.auxiliary)) {
        next_.verb_forms = kFormBase;
        next_.bare_verbs = In(clause_.asks, {"where", "when", "how", "why", "how many"});
        return;
      }
      if (IsBeAuxiliary(clause_.auxiliary)) {
        next_.verb_forms = kFormParticiple | kFormGerund;
        Offer({"in", "at", "the", "a", "not", "from", "and"});
        next_.nouns = true;
        if (clause_.asks.empty()) return;
      } else if (IsHaveAuxiliary(clause_.auxiliary)) {
        next_.verb_forms = kFormParticiple;
        return;
      } else if (In(clause_.head, {"assert", "retract"}) || !clause_.asks.empty()) {
        next_.verb_forms = kFinite;
      }
    }
    Qualifiers();
  }

  void AfterVerb(const Piece& verb) {
    for (const uint32_t use : verb.meanings) {
      const std::string& preposition = catalogue_.verb_uses()[use].preposition;
      if (!preposition.empty()) next_.words.emplace_back(preposition);
    }
    const bool passive = IsBeAuxiliary(clause_.auxiliary) && clause_.asks != "who";
    if (passive) Offer({"by"});
    if (clause_.AsksForObject()) {
      Qualifiers();
      if (!In(clause_.asks, {"where", "when", "why", "how", "how many"})) return;
    }
    Names();
    Offer({"the", "someone who", "in", "on", "with", "to", "that", "and"});
    next_.nouns = true;
    next_.classes = true;
    Tails();
  }

  void AfterNoun(const Piece& noun) {
    const Piece* before = pieces_.size() > 1 ? &pieces_[pieces_.size() - 2] : nullptr;
    Offer({"of", "in", "by", "on", "with", "to", "that", "between"});
    if (before != nullptr && In(before->key, {"which", "what", "how many", "whose"})) {
      Offer({"did", "was", "is", "does", "has", "are"});
      next_.verb_forms = kFinite;
    }
    for (const uint32_t use : noun.meanings) AddRelation(catalogue_.noun_uses()[use].relation);
    if (clause_.verb == nullptr && IsDoAuxiliary(clause_.auxiliary)) next_.verb_forms |= kFormBase;
    Qualifiers();
  }

  void AfterClass() {
    next_.verb_forms = kFinite;
    Offer({"did", "was", "is", "were", "are", "does", "has", "will", "who", "that", "in", "with", "of"});
    if (In(clause_.head, {"list", "count", "show"}) || clause_.verb != nullptr) Qualifiers();
  }

  void AfterTime() {
    for (size_t i = pieces_.size(); i-- > 0;) {
      const Piece& piece = pieces_[i];
      if (piece.kind == Kind::kTime || piece.kind == Kind::kNumber || piece.key == "of") continue;
      if (piece.key == "between") Offer({"and"});
      if (piece.key == "from") Offer({"to"});
      break;
    }
    Qualifiers();
  }

  void AfterNumber() {
    const Piece* before = pieces_.size() > 1 ? &pieces_[pieces_.size() - 2] : nullptr;
    if (before != nullptr && before->key == "at least") {
      Offer({"sources"});
    } else if (before != nullptr && before->key == "limit") {
      Tails();
    } else {
      Offer({"January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December"});
      next_.units = true;
    }
  }

  void AfterVariable() {
    if (clause_.head == "find" && clause_.asks.empty()) {
      Offer({"where"});
      return;
    }
    if (clause_.verb == nullptr) {
      next_.verb_forms = kFinite;
      Offer({"is", "was"});
    } else {
      Qualifiers();
    }
  }

  const absl::Span<const Piece> pieces_;
  const Catalogue& catalogue_;
  Expectation next_;
  Clause clause_;
};

}  // namespace

Expectation ExpectAfter(absl::Span<const Piece> pieces, const Catalogue& catalogue) {
  return Expecter(pieces, catalogue).Expect();
}

}  // namespace dossier::ask
