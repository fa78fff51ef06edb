// The attributes of an element of RDF/XML by what they mean, and which names of RDF may stand where
// (https://www.w3.org/TR/rdf12-xml/, section "Grammar").
#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/xml_events.h"

namespace dossier {

// What an element may be.
enum class RdfXmlRole { kNode, kProperty, kPropertyAttribute };

// InvalidArgument with a sentence for the user when an element or attribute of this name cannot be that.
absl::Status CheckRdfXmlName(const XmlName& name, RdfXmlRole role);

// Views into the attributes that they were sorted from.
struct RdfXmlAttributes {
  struct Property {
    absl::string_view space;
    absl::string_view local;
    absl::string_view value;
  };

  // Of RDF.
  std::optional<absl::string_view> about;
  std::optional<absl::string_view> id;
  std::optional<absl::string_view> node_id;
  std::optional<absl::string_view> resource;
  std::optional<absl::string_view> datatype;
  std::optional<absl::string_view> parse_type;
  std::optional<absl::string_view> annotation;
  std::optional<absl::string_view> annotation_node_id;
  // For the element and all that is in it: rdf:version, xml:base, xml:lang, its:dir.
  std::optional<absl::string_view> version;
  std::optional<absl::string_view> base;
  std::optional<absl::string_view> language;
  std::optional<absl::string_view> direction;
  // All others, which are properties with a text; of rdf:type with an IRI.
  std::vector<Property> properties;

  bool changes_scope() const { return version || base || language || direction; }

  // Sorts `attributes` into this. InvalidArgument with a sentence for the user when one of them cannot be there.
  absl::Status Sort(absl::Span<const XmlAttribute> attributes);

 private:
  // Where the attribute of that name in RDF's namespace belongs; null for properties.
  std::optional<absl::string_view>* Place(absl::string_view local);
};

}  // namespace dossier
