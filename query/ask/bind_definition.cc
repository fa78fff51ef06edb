#include "query/ask/bind_definition.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "query/ask/bind_error.h"
#include "query/ask/bind_names.h"
#include "query/ask/english.h"
#include "query/ask/iri_term.h"
#include "query/ask/stable_hash.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr absl::string_view kGroupPrefix = "urn:dossier:group:";
constexpr absl::string_view kRelationPrefix = "urn:dossier:relation:";
constexpr absl::string_view kVerbPrefix = "urn:dossier:verb:";

std::string Unquoted(absl::string_view text) {
  return std::string(
      absl::StripAsciiWhitespace(absl::StrReplaceAll(text, {{"\"", ""}, {"\u201c", ""}, {"\u201d", ""}, {";", ""}})));
}

// Where ` as ` stands outside of quotes, in any case.
size_t FindAs(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  bool quoted = false;
  for (size_t at = 0; at + 4 <= lower.size(); ++at) {
    if (lower[at] == '"') quoted = !quoted;
    if (!quoted && lower.compare(at, 4, " as ") == 0) return at;
  }
  return std::string::npos;
}

// The base form that a word is the past of ("hosted": "host"), where it looks like one; else the word.
std::string BaseOf(const std::string& word) {
  const std::string irregular = StemOf(word);
  for (std::string candidate : {irregular, word.substr(0, word.size() - std::min<size_t>(2, word.size())),
                                word.substr(0, word.size() - std::min<size_t>(1, word.size()))}) {
    if (candidate.size() < 2 || candidate == word) continue;
    const VerbForms forms = FormsOf(candidate);
    if (forms.past == word || forms.participle == word || forms.third == word) return candidate;
  }
  return word;
}

class DefinitionBuilder {
 public:
  DefinitionBuilder(const Catalogue& catalogue, const Snapshot& snapshot, std::string name)
      : catalogue_(catalogue), snapshot_(snapshot), name_(std::move(name)), key_(PhraseKey(name_)) {}

  // False when `words` is nothing of the kind.
  bool DefineVerb(const std::string& words) {
    const std::set<uint32_t> relations = RelationsOf(words);
    for (const uint32_t relation : relations) AddVerb(catalogue_.relations()[relation].iri);
    return Tell(!relations.empty(), absl::StrCat("the verb \"", words, "\""));
  }

  bool DefineInverse(const std::string& words) {
    const std::set<uint32_t> relations = RelationsOf(words);
    if (relations.empty()) return false;
    const Term relation = Iri(absl::StrCat(kRelationPrefix, absl::StrReplaceAll(key_, {{" ", "-"}})));
    Add(relation, Iri(rdf::kType), Iri(vocab::kRelation));
    Add(relation, Iri(rdfs::kLabel), Term::String(name_));
    for (const uint32_t inverse : relations) Add(relation, Iri(owl::kInverseOf), catalogue_.relations()[inverse].iri);
    AddVerb(relation);
    return Tell(true, absl::StrCat("the inverse of \"", words, "\""));
  }

  bool DefineNoun(const std::string& words) {
    const std::vector<uint32_t> uses = catalogue_.nouns().Find(words);
    for (const uint32_t index : uses) {
      const NounUse& use = catalogue_.noun_uses()[index];
      const absl::string_view property = use.side == NounSide::kSubject  ? vocab::kNoun
                                         : use.side == NounSide::kObject ? vocab::kObjectNoun
                                                                         : vocab::kEventNoun;
      Add(catalogue_.relations()[use.relation].iri, Iri(property), Term::String(key_));
    }
    return Tell(!uses.empty(), absl::StrCat("the noun \"", words, "\""));
  }

  bool DefineClass(const std::string& words) {
    const std::vector<uint32_t> classes = catalogue_.class_names().Find(words);
    for (const uint32_t index : classes) {
      Add(catalogue_.classes()[index].iri, Iri(skos::kAltLabel), Term::String(name_));
    }
    return Tell(!classes.empty(),
                classes.empty() ? "" : absl::StrCat("the class ", catalogue_.classes()[classes.front()].label));
  }

  absl::StatusOr<bool> DefineEntity(const std::string& words) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<Term> entity, EntityOf(words));
    if (!entity.has_value()) return false;
    Add(*entity, Iri(skos::kAltLabel), Term::String(name_));
    return Tell(true, label_);
  }

  // `unknown` is set to the first member that is not known.
  absl::StatusOr<bool> DefineGroup(const std::vector<std::string>& members, std::string* unknown) {
    if (members.size() < 2) return false;
    const Term group = Iri(absl::StrCat(kGroupPrefix, absl::StrReplaceAll(key_, {{" ", "-"}})));
    std::vector<std::string> labels;
    for (const std::string& member : members) {
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<Term> entity, EntityOf(PhraseKey(member)));
      if (!entity.has_value()) {
        *unknown = member;
        changes_.assertions.clear();
        return false;
      }
      Add(*entity, Iri(rdf::kType), group);
      labels.push_back(label_);
    }
    Add(group, Iri(rdf::kType), Iri(rdfs::kClass));
    Add(group, Iri(rdfs::kLabel), Term::String(name_));
    Add(group, Iri(vocab::kPlural), Term::String(key_));
    return Tell(true, absl::StrJoin(labels, ", "));
  }

  Command Take() {
    Command command;
    command.kind = Command::Kind::kChange;
    command.changes = std::move(changes_);
    command.reading = absl::StrCat(name_, " = ", meaning_);
    return command;
  }

 private:
  bool Tell(bool defined, std::string meaning) {
    if (defined) meaning_ = std::move(meaning);
    return defined;
  }
  void Add(const Term& subject, const Term& predicate, const Term& object) {
    changes_.assertions.push_back({subject, predicate, object, std::nullopt});
  }

  // The relations that a verb stands for, with the preposition after it if it has one.
  std::set<uint32_t> RelationsOf(const std::string& words) const {
    std::set<uint32_t> relations;
    for (const uint32_t use : catalogue_.verbs().Find(words)) relations.insert(catalogue_.verb_uses()[use].relation);
    for (size_t blank = words.find(' '); blank != std::string::npos; blank = words.find(' ', blank + 1)) {
      for (const uint32_t index : catalogue_.verbs().Find(words.substr(0, blank))) {
        const VerbUse& use = catalogue_.verb_uses()[index];
        if (use.preposition == words.substr(blank + 1)) relations.insert(use.relation);
      }
    }
    return relations;
  }

  void AddVerb(const Term& relation) {
    std::vector<std::string> words = absl::StrSplit(key_, ' ');
    std::string preposition;
    const bool ends_in_preposition =
        words.size() > 1 && std::any_of(catalogue_.verb_uses().begin(), catalogue_.verb_uses().end(),
                                        [&](const VerbUse& use) { return use.preposition == words.back(); });
    if (ends_in_preposition) {
      preposition = words.back();
      words.pop_back();
    }
    const std::string spoken = words.front();
    words.front() = BaseOf(spoken);
    const Term verb =
        Iri(absl::StrFormat("%s%016x", kVerbPrefix, StableHash(absl::StrCat(relation.value(), " ", key_))));
    Add(relation, Iri(vocab::kVerb), verb);
    Add(verb, Iri(vocab::kBase), Term::String(absl::StrJoin(words, " ")));
    if (!preposition.empty()) Add(verb, Iri(vocab::kPreposition), Term::String(preposition));
  }

  absl::StatusOr<std::optional<Term>> EntityOf(const std::string& key) {
    Meaning meaning;
    meaning.participants.emplace_back();
    meaning.participants[0].candidates = catalogue_.FindEntities(key);
    meaning.participants[0].words = key;
    if (meaning.participants[0].candidates.empty()) return std::optional<Term>();
    DOSSIER_RETURN_IF_ERROR(ChooseNames(catalogue_, snapshot_, &meaning));
    label_ = catalogue_.Label(meaning.participants[0].candidates.front());
    return meaning.participants[0].chosen;
  }

  const Catalogue& catalogue_;
  const Snapshot& snapshot_;
  const std::string name_;
  const std::string key_;
  ChangeSet changes_;
  std::string meaning_;
  std::string label_;  // Of the entity that was looked up last.
};

// "A, B and C".
std::vector<std::string> MembersOf(absl::string_view text) {
  std::vector<std::string> members;
  for (const absl::string_view part : absl::StrSplit(text, ',')) {
    for (const absl::string_view member : absl::StrSplit(part, " and ")) {
      absl::string_view trimmed = absl::StripAsciiWhitespace(member);
      absl::ConsumePrefix(&trimmed, "and ");
      if (!trimmed.empty()) members.emplace_back(trimmed);
    }
  }
  return members;
}

}  // namespace

absl::StatusOr<Command> BindDefinition(const Statement& statement, const Catalogue& catalogue,
                                       const Snapshot& snapshot) {
  const absl::string_view text = statement.text;
  const absl::string_view body =
      text.substr(statement.argument_span.begin, statement.argument_span.end - statement.argument_span.begin);
  const size_t as = FindAs(body);
  const std::string name = as == std::string::npos ? "" : Unquoted(body.substr(0, as));
  if (PhraseKey(name).empty()) {
    return DiagnosticError(MakeDiagnostic("a definition has the form: define NAME as NAMES, or as a verb or noun", text,
                                          {0, text.size()}));
  }
  const SourceSpan span{statement.argument_span.begin + as + 4, text.size()};
  const std::string meant = Unquoted(body.substr(as + 4));
  std::string key = PhraseKey(meant);
  DefinitionBuilder builder(catalogue, snapshot, name);
  if (absl::StartsWith(key, "inverse of ")) {
    if (builder.DefineInverse(key.substr(11))) return builder.Take();
    return UnknownName(catalogue, text, span, "relation");
  }
  DOSSIER_ASSIGN_OR_RETURN(const bool entity, builder.DefineEntity(key));
  if (entity || builder.DefineVerb(key) || builder.DefineNoun(key) || builder.DefineClass(key)) return builder.Take();
  std::string unknown;
  DOSSIER_ASSIGN_OR_RETURN(const bool group, builder.DefineGroup(MembersOf(meant), &unknown));
  if (group) return builder.Take();
  if (unknown.empty()) return UnknownName(catalogue, text, span, "name");
  const size_t at = text.find(unknown, span.begin);
  return UnknownName(catalogue, text, at == absl::string_view::npos ? span : SourceSpan{at, at + unknown.size()},
                     "name");
}

absl::StatusOr<Command> BindExport(const Statement& statement) {
  Command command;
  command.kind = Command::Kind::kExport;
  const std::string rest = absl::StrCat(" ", statement.argument);
  const size_t as = FindAs(rest);
  command.argument = Unquoted(rest.substr(0, as));
  if (as != std::string::npos) command.format = Unquoted(rest.substr(as + 4));
  if (as != std::string::npos && command.format.empty()) {
    return DiagnosticError(MakeDiagnostic("say which format: export as nt, nq, turtle or trig", statement.text,
                                          {0, statement.text.size()}));
  }
  return command;
}

}  // namespace dossier::ask
