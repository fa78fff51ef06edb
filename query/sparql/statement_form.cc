#include "query/sparql/statement_form.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "query/sparql/leading_tokens.h"
#include "rdf/iri.h"

namespace dossier::sparql {
namespace {

using PrefixTest = absl::FunctionRef<bool(absl::string_view)>;

bool IsIri(absl::string_view token) { return absl::StartsWith(token, "<") && absl::EndsWith(token, ">"); }

bool IsCapitals(absl::string_view word) { return std::none_of(word.begin(), word.end(), absl::ascii_islower); }

// Goes over one declaration that begins with `first`; false when it is none. Behind PREFIX and BASE, `iri` is what is
// between the brackets.
bool TakeDeclaration(absl::string_view first, LeadingTokens* tokens, absl::string_view* prefix,
                     absl::string_view* iri) {
  LeadingTokens ahead = *tokens;
  *prefix = {};
  if (Is(first, "PREFIX")) {
    *prefix = ahead.Next();
    if (!absl::EndsWith(*prefix, ":")) return false;
  } else if (Is(first, "VERSION")) {
    const absl::string_view version = ahead.Next();
    if (!absl::StartsWith(version, "\"") && !absl::StartsWith(version, "'")) return false;
    *tokens = ahead;
    return true;
  } else if (!Is(first, "BASE")) {
    return false;
  }
  *iri = ahead.Next();
  if (!IsIri(*iri)) return false;
  *iri = iri->substr(1, iri->size() - 2);
  *tokens = ahead;
  return true;
}

// Of a statement without declarations, whose first token is `first`.
class Recognition {
 public:
  Recognition(absl::string_view first, LeadingTokens tokens, PrefixTest is_prefix)
      : first_(first), tokens_(tokens), is_prefix_(is_prefix) {}

  bool IsQuery() {
    if (Is(first_, "SELECT")) return true;
    if (Is(first_, "ASK") || Is(first_, "CONSTRUCT")) return GroupFollows();
    if (!Is(first_, "DESCRIBE")) return false;
    const absl::string_view next = tokens_.Next();
    return next == "?" || next == "$" || next == "*" || IsName(next);
  }

  bool IsUpdate() {
    const absl::string_view next = tokens_.Next();
    if (Is(first_, "INSERT")) return next == "{" || Is(next, "DATA");
    if (Is(first_, "DELETE")) return next == "{" || Is(next, "DATA") || (Is(next, "WHERE") && tokens_.Next() == "{");
    if (Is(first_, "WITH")) return IsName(next) && IsOneOf(tokens_.Next(), {"DELETE", "INSERT"});
    if (Is(first_, "LOAD")) return IsName(next) || (Is(next, "SILENT") && IsName(tokens_.Next()));
    if (IsOneOf(first_, {"CLEAR", "DROP"})) return IsOneOf(next, {"SILENT", "GRAPH", "DEFAULT", "NAMED", "ALL"});
    if (Is(first_, "CREATE")) return IsOneOf(next, {"SILENT", "GRAPH"});
    if (IsOneOf(first_, {"ADD", "MOVE", "COPY"})) return IsOneOf(next, {"SILENT", "GRAPH", "DEFAULT"}) || IsName(next);
    return false;
  }

 private:
  // `{`, or what may stand between a query's form and its group; or nothing, for a statement that is being typed.
  bool GroupFollows() {
    const absl::string_view next = tokens_.Next();
    if (next == "{") return true;
    if (Is(next, "WHERE")) return tokens_.Next() == "{";
    if (!Is(next, "FROM")) return false;
    const absl::string_view graph = tokens_.Next();
    return Is(graph, "NAMED") || IsName(graph);
  }

  // `<...>`, or a prefixed name if it is one: questions have colons too.
  bool IsName(absl::string_view token) const {
    if (IsIri(token)) return true;
    const size_t colon = token.find(':');
    return colon != absl::string_view::npos && (IsCapitals(first_) || is_prefix_(token.substr(0, colon)));
  }

  const absl::string_view first_;
  LeadingTokens tokens_;
  const PrefixTest is_prefix_;
};

bool BeginsUpdate(absl::string_view word) {
  return IsOneOf(word, {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"});
}

}  // namespace

StatementForm RecognizeStatement(absl::string_view statement, PrefixTest is_prefix) {
  LeadingTokens tokens(statement);
  absl::string_view word = tokens.Next();
  const bool explained = Is(word, "EXPLAIN");
  if (explained) {
    word = tokens.Next();
    if (Is(word, "ANALYZE")) word = tokens.Next();
  }
  bool declared = false;
  absl::string_view prefix;
  absl::string_view iri;
  while (TakeDeclaration(word, &tokens, &prefix, &iri)) {
    declared = true;
    word = tokens.Next();
  }
  if (declared) {
    if (word.empty()) return explained ? StatementForm::kQuery : StatementForm::kPrologue;
    return BeginsUpdate(word) && !explained ? StatementForm::kUpdate : StatementForm::kQuery;
  }
  if (Recognition(word, tokens, is_prefix).IsQuery()) return StatementForm::kQuery;
  // An update cannot be explained; the parser says so.
  if (!Recognition(word, tokens, is_prefix).IsUpdate()) return StatementForm::kNotSparql;
  return explained ? StatementForm::kQuery : StatementForm::kUpdate;
}

bool Prologue::Has(absl::string_view prefix) const {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](const auto& declared) { return declared.first == prefix; });
}

void Prologue::Declare(absl::string_view prefix, std::string iri) {
  for (auto& [name, value] : prefixes) {
    if (name != prefix) continue;
    value = std::move(iri);
    return;
  }
  prefixes.emplace_back(std::string(prefix), std::move(iri));
}

void TakeDeclarations(absl::string_view statement, Prologue* prologue) {
  LeadingTokens tokens(statement);
  absl::string_view prefix;
  absl::string_view iri;
  absl::string_view word = tokens.Next();
  while (TakeDeclaration(word, &tokens, &prefix, &iri)) {
    std::string resolved(iri);
    if (!IsAbsoluteIri(iri) && !prologue->base.empty()) resolved = ResolveIri(prologue->base, iri);
    if (absl::ConsumeSuffix(&prefix, ":")) {
      prologue->Declare(prefix, std::move(resolved));
    } else if (Is(word, "BASE")) {
      prologue->base = std::move(resolved);
    }
    word = tokens.Next();
  }
}

}  // namespace dossier::sparql
