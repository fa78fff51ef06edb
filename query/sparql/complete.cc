#include "query/sparql/complete.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/sparql/parser_expectation.h"
#include "rdf/term_id.h"
#include "rdf/vocabulary.h"
#include "rdf/writer.h"
#include "storage/scan.h"

namespace dossier::sparql {
namespace {

using Kind = Completion::Kind;
using Prefixes = std::vector<std::pair<std::string, std::string>>;

constexpr size_t kMostPredicates = 2000;  // So many of the most frequent ones are looked at.
constexpr size_t kMostClasses = 2000;

// The word before the cursor: a keyword, a variable, a prefixed name or the beginning of an IRI in brackets.
size_t BeginOfWord(absl::string_view text) {
  const size_t bracket = text.find_last_of("< \t\r\n>\"");
  if (bracket != absl::string_view::npos && text[bracket] == '<') return bracket;
  size_t begin = text.size();
  while (begin > 0) {
    const char c = text[begin - 1];
    const bool part = absl::ascii_isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80 ||
                      c == '_' || c == '-' || c == ':' || c == '.' || c == '?' || c == '$' || c == '%' || c == '\\';
    if (!part) break;
    --begin;
    if (c == '?' || c == '$') break;
  }
  return begin;
}

// The names of the variables in `text`, without their marks.
std::vector<std::string> VariablesIn(absl::string_view text) {
  std::vector<std::string> names;
  for (size_t i = text.find_first_of("?$"); i != absl::string_view::npos; i = text.find_first_of("?$", i + 1)) {
    size_t end = i + 1;
    while (end < text.size() && (absl::ascii_isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_')) ++end;
    if (end > i + 1) names.emplace_back(text.substr(i + 1, end - i - 1));
  }
  return names;
}

// `name` can stand behind a colon without escapes.
bool IsPlainLocalName(absl::string_view name) {
  if (name.empty()) return false;
  for (const char c : name) {
    const bool plain = absl::ascii_isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80 ||
                       c == '_' || c == '-';
    if (!plain) return false;
  }
  return name.front() != '-';
}

class Completer {
 public:
  Completer(absl::string_view text, size_t offset, const Snapshot& snapshot, const Prefixes& prefixes)
      : begin_(BeginOfWord(text.substr(0, offset))),
        typed_(text.substr(begin_, offset - begin_)),
        expected_(ExpectBehind(text.substr(0, begin_))),
        after_(text.substr(offset)),
        snapshot_(snapshot) {
    for (const auto& prefix : prefixes) {
      const bool declared = std::any_of(expected_.prefixes.begin(), expected_.prefixes.end(),
                                        [&](const auto& other) { return other.first == prefix.first; });
      if (!declared) expected_.prefixes.push_back(prefix);
    }
  }

  absl::StatusOr<std::vector<Completion>> Complete() {
    if (expected_.variable && (typed_.empty() || typed_[0] == '?' || typed_[0] == '$')) AddVariables();
    AddDeclarations();
    if (expected_.predicate) {
      if (typed_.empty()) Offer("a", Kind::kRelation);
      DOSSIER_RETURN_IF_ERROR(AddPredicates());
    }
    if (expected_.type) DOSSIER_RETURN_IF_ERROR(AddClasses());
    if (expected_.iri) AddPrefixes();
    for (const std::string& keyword : expected_.keywords) OfferWord(keyword);
    if (expected_.function) {
      for (const std::string& name : FunctionNames()) OfferWord(absl::StrCat(name, "("));
    }
    return std::move(found_);
  }

 private:
  void Offer(std::string text, Kind kind) {
    if (found_.size() >= kMaximumCompletions || text == typed_) return;
    const bool known = std::any_of(found_.begin(), found_.end(), [&](const Completion& c) { return c.text == text; });
    if (!known) found_.push_back({std::move(text), begin_, kind});
  }
  void OfferWord(const std::string& word) {
    if (absl::StartsWithIgnoreCase(word, typed_)) Offer(word, Kind::kKeyword);
  }

  void AddVariables() {
    std::vector<std::string> names = expected_.variables;
    for (std::string& name : VariablesIn(after_)) names.push_back(std::move(name));
    const absl::string_view mark = typed_.empty() ? "?" : typed_.substr(0, 1);
    for (const std::string& name : names) {
      std::string variable = absl::StrCat(mark, name);
      if (absl::StartsWith(variable, typed_)) Offer(std::move(variable), Kind::kVariable);
    }
  }

  // Behind PREFIX: names that many know; behind such a name, its IRI.
  void AddDeclarations() {
    for (const auto& [name, iri] : CommonPrefixes()) {
      if (expected_.prefix && absl::StartsWith(name, typed_)) {
        Offer(absl::StrCat(name, ": <", iri, ">"), Kind::kKeyword);
      }
      const std::string bracketed = absl::StrCat("<", iri, ">");
      if (name == expected_.declared && absl::StartsWith(bracketed, typed_)) Offer(bracketed, Kind::kKeyword);
    }
  }

  void AddPrefixes() {
    for (const auto& [name, iri] : expected_.prefixes) {
      const std::string prefix = absl::StrCat(name, ":");
      if (absl::StartsWith(prefix, typed_)) Offer(prefix, Kind::kKeyword);
    }
  }

  // `iri` as the text may write it, if that fits what is typed: with the longest prefix, or in brackets.
  void OfferIri(const std::string& iri, Kind kind) {
    const std::pair<std::string, std::string>* best = nullptr;
    for (const auto& prefix : expected_.prefixes) {
      const bool fits = absl::StartsWith(iri, prefix.second) && IsPlainLocalName(iri.substr(prefix.second.size()));
      if (fits && (best == nullptr || prefix.second.size() > best->second.size())) best = &prefix;
    }
    std::string written = best != nullptr ? absl::StrCat(best->first, ":", iri.substr(best->second.size())) : "";
    if (best == nullptr || absl::StartsWith(typed_, "<")) written = absl::StrCat("<", iri, ">");
    // What is typed may also be the beginning of the local name alone.
    const size_t colon = written.find(':');
    const bool local = best != nullptr && typed_.find(':') == absl::string_view::npos &&
                       absl::StartsWithIgnoreCase(absl::string_view(written).substr(colon + 1), typed_);
    if (absl::StartsWith(written, typed_) || local) Offer(std::move(written), kind);
  }

  absl::Status AddPredicates() {
    std::vector<std::pair<uint64_t, TermId>> ranked;
    const Statistics& statistics = snapshot_.statistics();
    for (const auto& [id, counts] : statistics.quads.predicates) ranked.emplace_back(counts.rows, id);
    for (const auto& [id, counts] : statistics.reifications.predicates) {
      if (!statistics.quads.predicates.contains(id)) ranked.emplace_back(counts.rows, id);
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? b.first < a.first : a.second < b.second;
    });
    if (ranked.size() > kMostPredicates) ranked.resize(kMostPredicates);
    std::vector<TermId> ids;
    for (const auto& [rows, id] : ranked) ids.push_back(id);
    return OfferAll(ids, Kind::kRelation);
  }

  absl::Status AddClasses() {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> type, snapshot_.FindTerm(Term::Iri(std::string(rdf::kType))));
    if (!type.has_value()) return absl::OkStatus();
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> classes, ClassesOf(*type));
    return OfferAll(classes, Kind::kClass);
  }

  // Each object of rdf:type once: from one to the next is a seek.
  absl::StatusOr<std::vector<TermId>> ClassesOf(TermId type) const {
    ScanSpec spec;
    spec.permutation = Permutation::kPos;
    spec.prefix = {type};
    spec.wanted_columns = 0b011;
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
    std::vector<TermId> classes;
    RowBlock block;
    while (classes.size() < kMostClasses) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
      if (!more) break;
      for (size_t row = 0; row < block.rows; ++row) {
        const TermId object = block.columns[1][row];
        if (classes.empty() || classes.back() != object) classes.push_back(object);
      }
      DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({type, TermId::FromBits(classes.back().bits() + 1)}));
    }
    return classes;
  }

  absl::Status OfferAll(const std::vector<TermId>& ids, Kind kind) {
    std::vector<Term> terms;
    DOSSIER_RETURN_IF_ERROR(snapshot_.GetTerms(ids, &terms));
    for (const Term& term : terms) {
      if (term.is_iri()) OfferIri(term.value(), kind);
    }
    return absl::OkStatus();
  }

  size_t begin_;
  absl::string_view typed_;
  Expectation expected_;
  absl::string_view after_;
  const Snapshot& snapshot_;
  std::vector<Completion> found_;
};

}  // namespace

absl::StatusOr<std::vector<Completion>> CompleteSparql(absl::string_view text, size_t offset, const Snapshot& snapshot,
                                                       const Prefixes& prefixes) {
  return Completer(text, offset, snapshot, prefixes).Complete();
}

}  // namespace dossier::sparql
