#include "rdf/iri.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "rdf/characters.h"

namespace dossier {
namespace {

// The five components of RFC 3986, appendix B. A component that is there has its delimiter's flag set, even when it is
// empty.
struct Parts {
  absl::string_view scheme;  // Without ":".
  absl::string_view authority;
  absl::string_view path;
  absl::string_view query;
  absl::string_view fragment;
  bool has_scheme = false;
  bool has_authority = false;
  bool has_query = false;
  bool has_fragment = false;
};

// The length of the scheme at the front, without ":"; 0 when there is none.
size_t SchemeLength(absl::string_view iri) {
  if (iri.empty() || !IsLetter(iri[0])) return 0;
  for (size_t i = 1; i < iri.size(); ++i) {
    const char c = iri[i];
    if (c == ':') return i;
    if (!IsLetter(c) && !IsDigit(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

Parts Split(absl::string_view iri) {
  Parts parts;
  if (const size_t length = SchemeLength(iri); length > 0) {
    parts.scheme = iri.substr(0, length);
    parts.has_scheme = true;
    iri.remove_prefix(length + 1);
  }
  if (const size_t hash = iri.find('#'); hash != absl::string_view::npos) {
    parts.fragment = iri.substr(hash + 1);
    parts.has_fragment = true;
    iri = iri.substr(0, hash);
  }
  if (const size_t mark = iri.find('?'); mark != absl::string_view::npos) {
    parts.query = iri.substr(mark + 1);
    parts.has_query = true;
    iri = iri.substr(0, mark);
  }
  if (absl::StartsWith(iri, "//")) {
    const size_t slash = std::min(iri.find('/', 2), iri.size());
    parts.authority = iri.substr(2, slash - 2);
    parts.has_authority = true;
    iri.remove_prefix(slash);
  }
  parts.path = iri;
  return parts;
}

// RFC 3986, section 5.2.4.
std::string RemoveDotSegments(absl::string_view input) {
  std::string output;
  const auto remove_last_segment = [&output] {
    const size_t slash = output.rfind('/');
    output.resize(slash == std::string::npos ? 0 : slash);
  };
  while (!input.empty()) {
    if (absl::StartsWith(input, "../")) {
      input.remove_prefix(3);
    } else if (absl::StartsWith(input, "./") || absl::StartsWith(input, "/./")) {
      input.remove_prefix(2);
    } else if (input == "/.") {
      input = "/";
    } else if (absl::StartsWith(input, "/../")) {
      input.remove_prefix(3);
      remove_last_segment();
    } else if (input == "/..") {
      input = "/";
      remove_last_segment();
    } else if (input == "." || input == "..") {
      input = "";
    } else {
      const size_t end = std::min(input.find('/', 1), input.size());
      absl::StrAppend(&output, input.substr(0, end));
      input.remove_prefix(end);
    }
  }
  return output;
}

// RFC 3986, section 5.2.3.
std::string MergePaths(const Parts& base, absl::string_view path) {
  if (base.has_authority && base.path.empty()) return absl::StrCat("/", path);
  const size_t slash = base.path.rfind('/');
  return absl::StrCat(slash == absl::string_view::npos ? absl::string_view() : base.path.substr(0, slash + 1), path);
}

}  // namespace

bool IsAbsoluteIri(absl::string_view iri) { return SchemeLength(iri) > 0; }

bool HasOnlyIriCharacters(absl::string_view iri) {
  return std::all_of(iri.begin(), iri.end(),
                     [](char c) { return IsIriPlain(c) || static_cast<unsigned char>(c) >= 0x80; });
}

std::string ResolveIri(absl::string_view base_iri, absl::string_view reference_iri) {
  const Parts base = Split(base_iri);
  const Parts reference = Split(reference_iri);
  Parts target = base;
  target.fragment = reference.fragment;
  target.has_fragment = reference.has_fragment;
  std::string path;
  if (reference.has_scheme || reference.has_authority) {
    if (reference.has_scheme) target.scheme = reference.scheme;
    target.has_scheme = target.has_scheme || reference.has_scheme;
    target.authority = reference.authority;
    target.has_authority = reference.has_authority;
    path = RemoveDotSegments(reference.path);
  } else if (reference.path.empty()) {
    path = std::string(base.path);
  } else if (reference.path[0] == '/') {
    path = RemoveDotSegments(reference.path);
  } else {
    path = RemoveDotSegments(MergePaths(base, reference.path));
  }
  if (reference.has_query || reference.has_scheme || reference.has_authority || !reference.path.empty()) {
    target.query = reference.query;
    target.has_query = reference.has_query;
  }
  std::string iri;
  if (target.has_scheme) absl::StrAppend(&iri, target.scheme, ":");
  if (target.has_authority) absl::StrAppend(&iri, "//", target.authority);
  absl::StrAppend(&iri, path);
  if (target.has_query) absl::StrAppend(&iri, "?", target.query);
  if (target.has_fragment) absl::StrAppend(&iri, "#", target.fragment);
  return iri;
}

std::string FileIri(absl::string_view path) {
  std::string iri = "file://";
  for (const char c : path) {
    const bool plain = IsIriPlain(c) || static_cast<unsigned char>(c) >= 0x80;
    if (plain && c != '%' && c != '#' && c != '?') {
      iri.push_back(c);
    } else {
      absl::StrAppendFormat(&iri, "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return iri;
}

}  // namespace dossier
