#include "query/sparql/parse/names.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "base/text.h"
#include "query/sparql/parse/escapes.h"
#include "rdf/iri.h"
#include "rdf/writer.h"

namespace dossier::sparql {

void Names::SetBase(absl::string_view iri, SourceSpan span) { base_ = ResolveReference(iri, span); }

void Names::Declare(absl::string_view prefix, absl::string_view iri, SourceSpan span) {
  std::string name(prefix.substr(0, prefix.size() - 1));
  std::string resolved = ResolveReference(iri, span);
  for (auto& [known, known_iri] : prefixes_) {
    if (known == name) {
      known_iri = std::move(resolved);
      return;
    }
  }
  prefixes_.emplace_back(std::move(name), std::move(resolved));
}

std::string Names::Resolve(absl::string_view written, SourceSpan span) {
  if (written.front() == '<') return ResolveReference(written, span);
  const size_t colon = written.find(':');
  const std::string* const iri = Find(written.substr(0, colon));
  if (iri == nullptr) {
    ReportUnknownPrefix(written.substr(0, colon), span);
    return "";
  }
  return absl::StrCat(*iri, UnescapeLocalName(written.substr(colon + 1)));
}

std::string Names::ResolveReference(absl::string_view written, SourceSpan span) {
  std::string iri;
  if (const auto problem = UnescapeIri(written.substr(1, written.size() - 2), &iri)) {
    problems_.Add({span.begin + 1 + problem->begin, span.begin + 1 + problem->end}, problem->message);
    return "";
  }
  if (IsAbsoluteIri(iri)) return iri;
  if (base_.empty()) {
    problems_.Add(span, absl::StrCat("the relative IRI <", iri, "> has no base to stand on"),
                  {"a line such as BASE <http://example.org/> at the beginning"});
    return "";
  }
  return ResolveIri(base_, iri);
}

const std::string* Names::Find(absl::string_view prefix) const {
  for (const auto& [name, iri] : prefixes_) {
    if (name == prefix) return &iri;
  }
  return nullptr;
}

void Names::ReportUnknownPrefix(absl::string_view prefix, SourceSpan span) {
  // Exactly a well-known one first, then what was declared under a name much like it, then well-known ones like it.
  std::vector<std::pair<size_t, std::string>> near;
  constexpr size_t kFar = 2;
  for (const auto& [name, iri] : prefixes_) {
    const size_t distance = EditDistance(prefix, name, kFar);
    if (distance < kFar && !name.empty()) near.emplace_back(2 * distance, absl::StrCat(name, ":"));
  }
  for (const auto& [name, iri] : CommonPrefixes()) {
    const size_t distance = EditDistance(prefix, name, kFar);
    if (distance >= kFar || Find(name) != nullptr) continue;
    near.emplace_back(distance == 0 ? 0 : 2 * distance + 1, absl::StrCat("PREFIX ", name, ": <", iri, ">"));
  }
  std::stable_sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  // A well-known prefix that is written as it should be needs its line, and nothing else.
  if (!near.empty() && near.front().first == 0) near.resize(1);
  std::vector<std::string> suggestions;
  for (auto& [distance, suggestion] : near) suggestions.push_back(std::move(suggestion));
  const std::string hint =
      suggestions.empty() ? absl::StrCat("; a line PREFIX ", prefix, ": <...> at the beginning declares it") : "";
  problems_.Add({span.begin, span.begin + prefix.size() + 1},
                absl::StrCat("the prefix ", prefix, ": is not declared", hint), std::move(suggestions));
}

}  // namespace dossier::sparql
