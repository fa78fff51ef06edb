#include "rdf/rdf_xml_attributes.h"

#include <algorithm>
#include <array>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

constexpr absl::string_view kXml = "http://www.w3.org/XML/1998/namespace";
// The Internationalization Tag Set, of which RDF takes the direction of text.
constexpr absl::string_view kIts = "http://www.w3.org/2005/11/its";

// Names of RDF's namespace that are syntax: neither nodes nor properties.
constexpr std::array<absl::string_view, 10> kSyntax = {
    "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "annotation", "annotationNodeID", "version"};
constexpr std::array<absl::string_view, 3> kWithdrawn = {"aboutEach", "aboutEachPrefix", "bagID"};
// Attributes that the first RDF/XML had without a prefix.
constexpr std::array<absl::string_view, 5> kWithoutPrefix = {"ID", "about", "resource", "parseType", "type"};

template <size_t kSize>
bool Contains(const std::array<absl::string_view, kSize>& names, absl::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

absl::Status CheckRdfXmlName(const XmlName& name, RdfXmlRole role) {
  if (name.space.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("`", name.Written(),
                     "` is in no namespace, so it names nothing; give it a prefix, or declare one with `xmlns`"));
  }
  if (name.space != rdf::kPrefix) return absl::OkStatus();
  if (Contains(kWithdrawn, name.local)) {
    return absl::InvalidArgumentError(absl::StrCat("`", name.Written(), "` is no longer part of RDF"));
  }
  const bool syntax = Contains(kSyntax, name.local);
  switch (role) {
    case RdfXmlRole::kNode:
      if (!syntax && name.local != "li") return absl::OkStatus();
      return absl::InvalidArgumentError(absl::StrCat("`", name.Written(), "` cannot be a node"));
    case RdfXmlRole::kProperty:
      if (!syntax && name.local != "Description") return absl::OkStatus();
      return absl::InvalidArgumentError(
          absl::StrCat("`", name.Written(), "` cannot be a property, and inside of a node stand its properties"));
    case RdfXmlRole::kPropertyAttribute:
      if (!syntax && name.local != "Description" && name.local != "li") return absl::OkStatus();
      return absl::InvalidArgumentError(absl::StrCat("`", name.Written(), "` cannot be an attribute"));
  }
  return absl::OkStatus();
}

std::optional<absl::string_view>* RdfXmlAttributes::Place(absl::string_view local) {
  if (local == "about") return &about;
  if (local == "resource") return &resource;
  if (local == "ID") return &id;
  if (local == "nodeID") return &node_id;
  if (local == "datatype") return &datatype;
  if (local == "parseType") return &parse_type;
  if (local == "annotation") return &annotation;
  if (local == "annotationNodeID") return &annotation_node_id;
  if (local == "version") return &version;
  return nullptr;
}

absl::Status RdfXmlAttributes::Sort(absl::Span<const XmlAttribute> attributes) {
  std::vector<Property> kept = std::move(properties);  // For its memory.
  kept.clear();
  *this = RdfXmlAttributes();
  properties = std::move(kept);
  for (const auto& [name, value] : attributes) {
    if (name.space == kXml) {
      if (name.local == "base") base = value;
      if (name.local == "lang") language = value;
      continue;
    }
    if (name.space == kIts && (name.local == "dir" || name.local == "version")) {
      if (name.local == "dir") direction = value;
      continue;
    }
    const bool bare = name.space.empty();
    if (bare && absl::StartsWithIgnoreCase(name.local, "xml")) continue;  // Kept for XML itself.
    if (bare && !Contains(kWithoutPrefix, name.local)) {
      return absl::InvalidArgumentError(
          absl::StrCat("the attribute `", name.local, "` is in no namespace; write a prefix before it"));
    }
    const absl::string_view space = bare ? rdf::kPrefix : name.space;
    if (space == rdf::kPrefix) {
      if (std::optional<absl::string_view>* const place = Place(name.local); place != nullptr) {
        if (place->has_value()) {
          return absl::InvalidArgumentError(
              absl::StrCat("`", name.local, "` stands here twice, with and without a prefix"));
        }
        *place = value;
        continue;
      }
    }
    DOSSIER_RETURN_IF_ERROR(CheckRdfXmlName({space, name.local, name.prefix}, RdfXmlRole::kPropertyAttribute));
    properties.push_back({space, name.local, value});
  }
  return absl::OkStatus();
}

}  // namespace dossier
