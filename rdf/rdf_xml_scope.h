// What holds for an element of RDF/XML and all that is in it, and the terms that are made under it: IRIs against its
// base, literals in its language.
#pragma once

#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/numeric/int128.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "rdf/rdf_xml_attributes.h"
#include "rdf/term.h"

namespace dossier {

// What rdf:version says. 1.2-basic has directions, but no triple terms.
enum class RdfXmlVersion { k11, k12Basic, k12 };

// Errors are InvalidArgument with a sentence for the user.
class RdfXmlScope {
 public:
  // `base` is absolute, or empty when there is none.
  explicit RdfXmlScope(std::string base) : base_(std::make_shared<const std::string>(std::move(base))) {}

  // The scope of an element with these attributes that stands in this one.
  absl::StatusOr<RdfXmlScope> Inner(const RdfXmlAttributes& attributes) const;

  RdfXmlVersion version() const { return version_; }
  // `reference`, resolved and checked.
  absl::StatusOr<std::string> Resolve(absl::string_view reference) const;
  // A literal without a datatype.
  Term Literal(std::string text) const;

 private:
  std::shared_ptr<const std::string> base_;
  std::string language_;  // Empty when there is none.
  BaseDirection direction_ = BaseDirection::kNone;
  RdfXmlVersion version_ = RdfXmlVersion::k11;
};

// InvalidArgument unless `iri` is one that every syntax of RDF can write.
absl::Status CheckIri(absl::string_view iri);

// An NCName of XML: no colon, no blank, and no digit or dash at its begin.
bool IsXmlName(absl::string_view text);

// The IRIs that rdf:ID has given so far, each of which it may give once. Of each 128 bits of hash are kept.
class RdfXmlIds {
 public:
  // Whether `iri` is new.
  bool Add(absl::string_view iri);

 private:
  absl::flat_hash_set<absl::uint128> seen_;
};

}  // namespace dossier
