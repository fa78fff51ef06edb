#include "rdf/rdf_xml_parser.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// As of a line of N-Triples.
constexpr size_t kLongestLiteral = size_t{256} << 20U;
// Triple terms in triple terms; N-Triples has one more, for an annotation.
constexpr size_t kDeepestTriple = 99;

bool IsBlank(absl::string_view text) { return std::all_of(text.begin(), text.end(), absl::ascii_isspace); }

}  // namespace

RdfXmlParser::RdfXmlParser(const ReaderOptions& options, QuadSink sink)
    : options_(options), sink_(sink), scopes_({RdfXmlScope(options.base)}) {}

// Events ----------------------------------------------------------------------------------------------------------

absl::Status RdfXmlParser::OnStart(const XmlName& name, absl::Span<const XmlAttribute> attributes) {
  if (literal_depth_ > 0) {
    ++literal_depth_;
    if (!elements_.back().is_ignored) literal_.Start(name, attributes);
    return CheckText("");
  }
  DOSSIER_RETURN_IF_ERROR(Placed(attributes_.Sort(attributes)));
  const bool has_scope = attributes_.changes_scope();
  if (has_scope) {
    absl::StatusOr<RdfXmlScope> inner = scope().Inner(attributes_);
    DOSSIER_RETURN_IF_ERROR(Placed(inner.status()));
    scopes_.push_back(*std::move(inner));
  }
  const bool in_node = !elements_.empty() && elements_.back().kind == Kind::kNode;
  if (in_node) {
    DOSSIER_RETURN_IF_ERROR(StartProperty(name));
  } else if (elements_.empty() && name.space == rdf::kPrefix && name.local == "RDF") {
    DOSSIER_RETURN_IF_ERROR(StartRdf());
  } else {
    DOSSIER_RETURN_IF_ERROR(StartNode(name));
  }
  elements_.back().has_scope = has_scope;
  return absl::OkStatus();
}

absl::Status RdfXmlParser::OnEnd(const XmlName& name) {
  if (literal_depth_ > 0 && --literal_depth_ > 0) {
    if (!elements_.back().is_ignored) literal_.End(name);
    return CheckText("");
  }
  DOSSIER_RETURN_IF_ERROR(EndProperty());
  if (elements_.back().has_scope) scopes_.pop_back();
  elements_.pop_back();
  return absl::OkStatus();
}

absl::Status RdfXmlParser::OnText(absl::string_view text) {
  const Element& innermost = elements_.back();
  if (literal_depth_ > 0) {
    if (!innermost.is_ignored) literal_.Text(text);
    return CheckText("");
  }
  if (innermost.kind == Kind::kProperty && !innermost.has_child) {
    text_.append(text.data(), text.size());
    return CheckText(text_);
  }
  if (IsBlank(text)) return absl::OkStatus();
  switch (innermost.kind) {
    case Kind::kNode: return ErrorHere("a text cannot stand in a node; it is the object of a property, in its element");
    case Kind::kProperty: return ErrorHere("beside the node in a property there cannot be a text");
    case Kind::kEmpty: return ErrorHere("the property has its object from an attribute, so its element must be empty");
    default: return ErrorHere("there cannot be a text here, only nodes");
  }
}

absl::Status RdfXmlParser::OnComment(absl::string_view text) {
  if (literal_depth_ > 0 && !elements_.back().is_ignored) literal_.Comment(text);
  return CheckText("");
}

absl::Status RdfXmlParser::OnInstruction(absl::string_view target, absl::string_view data) {
  if (literal_depth_ > 0 && !elements_.back().is_ignored) literal_.Instruction(target, data);
  return CheckText("");
}

absl::Status RdfXmlParser::CheckText(absl::string_view text) const {
  if (std::max(text.size(), literal_.size()) <= kLongestLiteral) return absl::OkStatus();
  return ErrorHere(absl::StrCat("the literal has more than ", kLongestLiteral >> 20U, " MiB"));
}

// Nodes -----------------------------------------------------------------------------------------------------------

absl::Status RdfXmlParser::StartRdf() {
  const RdfXmlAttributes& a = attributes_;
  if (a.about || a.id || a.node_id || a.resource || a.datatype || a.parse_type || a.annotation ||
      a.annotation_node_id || !a.properties.empty()) {
    return ErrorHere("rdf:RDF only has attributes of XML, rdf:version and its:dir; others belong on a node in it");
  }
  elements_.push_back({Kind::kRdf});
  return absl::OkStatus();
}

absl::Status RdfXmlParser::StartNode(const XmlName& name) {
  DOSSIER_RETURN_IF_ERROR(Placed(CheckRdfXmlName(name, RdfXmlRole::kNode)));
  DOSSIER_ASSIGN_OR_RETURN(Term subject, SubjectOfNode());
  if (!elements_.empty()) DOSSIER_RETURN_IF_ERROR(LinkNode(subject));
  if (name.space != rdf::kPrefix || name.local != "Description") {
    std::string type = absl::StrCat(name.space, name.local);
    DOSSIER_RETURN_IF_ERROR(Placed(CheckIri(type)));
    DOSSIER_RETURN_IF_ERROR(Emit(subject, Term::Iri(std::string(rdf::kType)), Term::Iri(std::move(type))));
  }
  DOSSIER_RETURN_IF_ERROR(EmitAttributes(subject));
  elements_.push_back({Kind::kNode});
  elements_.back().term = std::move(subject);
  return absl::OkStatus();
}

// Makes `node` the object of the innermost element, if that is a property.
absl::Status RdfXmlParser::LinkNode(const Term& node) {
  Element& around = elements_.back();
  const bool is_second = std::exchange(around.has_child, true);
  switch (around.kind) {
    case Kind::kProperty:
      if (is_second) return ErrorHere("the property has a node already; repeat the property for another one");
      if (!around.datatype.empty())
        return ErrorHere("the object of a property with rdf:datatype is a text, not a node");
      if (!IsBlank(text_)) {
        return ErrorHere("a property has a text or a node, not both; XML as a text needs rdf:parseType=\"Literal\"");
      }
      text_.clear();
      return EmitProperty(SubjectOfInnermost(), around, node);
    case Kind::kCollection: {
      const Term list = FreshBlankNode();
      if (is_second) {
        DOSSIER_RETURN_IF_ERROR(Emit(around.term, Term::Iri(std::string(rdf::kRest)), list));
      } else {
        DOSSIER_RETURN_IF_ERROR(EmitProperty(SubjectOfInnermost(), around, list));
      }
      around.term = list;
      return Emit(list, Term::Iri(std::string(rdf::kFirst)), node);
    }
    case Kind::kTriple:
      return is_second ? ErrorHere("a triple term has one node, with one property") : absl::OkStatus();
    case Kind::kEmpty: return ErrorHere("the property has its object from an attribute, so its element must be empty");
    default: return absl::OkStatus();
  }
}

// Properties ------------------------------------------------------------------------------------------------------

absl::Status RdfXmlParser::StartProperty(const XmlName& name) {
  const RdfXmlAttributes& a = attributes_;
  if (a.about) return ErrorHere("rdf:about belongs on a node; a property names its object with rdf:resource");
  Element property{Kind::kProperty};
  DOSSIER_ASSIGN_OR_RETURN(property.predicate, PredicateOf(name));
  DOSSIER_ASSIGN_OR_RETURN(property.reification, ReificationOf());
  const bool has_object = a.resource || a.node_id || !a.properties.empty();
  if (a.parse_type) {
    if (has_object || a.datatype) {
      return ErrorHere("beside rdf:parseType a property has no attributes but rdf:ID and rdf:annotation");
    }
    return StartParseType(std::move(property));
  }
  if (has_object) return StartWithObject(std::move(property));
  if (a.datatype) {
    absl::StatusOr<std::string> datatype = scope().Resolve(*a.datatype);
    DOSSIER_RETURN_IF_ERROR(Placed(datatype.status()));
    if (*datatype == rdf::kLangString || *datatype == rdf::kDirLangString) {
      return ErrorHere("a text in a language has `xml:lang` and no datatype");
    }
    property.datatype = *std::move(datatype);
  }
  text_.clear();
  elements_.push_back(std::move(property));
  return absl::OkStatus();
}

absl::Status RdfXmlParser::StartParseType(Element property) {
  const absl::string_view type = *attributes_.parse_type;
  if (type == "Triple") return StartTriple(std::move(property));
  if (type == "Resource") {
    const Term object = FreshBlankNode();
    DOSSIER_RETURN_IF_ERROR(EmitProperty(elements_.back().term, property, object));
    property.kind = Kind::kNode;
    property.term = object;
  } else if (type == "Collection") {
    property.kind = Kind::kCollection;
  } else {
    property.kind = Kind::kLiteral;  // All other words, too.
    literal_depth_ = 1;
  }
  elements_.push_back(std::move(property));
  return absl::OkStatus();
}

// Before 1.2 a reader is to pass over triple terms.
absl::Status RdfXmlParser::StartTriple(Element property) {
  switch (scope().version()) {
    case RdfXmlVersion::k12:
      if (triples_.size() >= kDeepestTriple) return ErrorHere("triple terms are nested too deeply");
      property.kind = Kind::kTriple;
      triples_.emplace_back();
      break;
    case RdfXmlVersion::k12Basic: return ErrorHere("RDF 1.2-basic has no triple terms; they need rdf:version=\"1.2\"");
    case RdfXmlVersion::k11:
      property.kind = Kind::kLiteral;
      property.is_ignored = true;
      literal_depth_ = 1;
  }
  elements_.push_back(std::move(property));
  return absl::OkStatus();
}

absl::Status RdfXmlParser::StartWithObject(Element property) {
  const RdfXmlAttributes& a = attributes_;
  if (a.datatype) return ErrorHere("the object of a property with rdf:datatype is a text, not a node");
  if (a.resource && a.node_id) return ErrorHere("a property has one of rdf:resource and rdf:nodeID");
  Term object;
  if (a.resource) {
    DOSSIER_ASSIGN_OR_RETURN(object, ResolvedIri(*a.resource));
  } else if (a.node_id) {
    DOSSIER_ASSIGN_OR_RETURN(object, LabelledBlankNode(*a.node_id));
  } else {
    object = FreshBlankNode();
  }
  DOSSIER_RETURN_IF_ERROR(EmitProperty(elements_.back().term, property, object));
  DOSSIER_RETURN_IF_ERROR(EmitAttributes(object));
  property.kind = Kind::kEmpty;
  elements_.push_back(std::move(property));
  return absl::OkStatus();
}

// Makes the statement of the innermost element, if that waited for its end.
absl::Status RdfXmlParser::EndProperty() {
  Element& property = elements_.back();
  switch (property.kind) {
    case Kind::kProperty: {
      if (property.has_child) return absl::OkStatus();
      Term object = property.datatype.empty() ? scope().Literal(std::move(text_))
                                              : Term::Typed(std::move(text_), std::move(property.datatype));
      text_.clear();
      return EmitProperty(SubjectOfInnermost(), property, std::move(object));
    }
    case Kind::kCollection:
      if (property.has_child) {
        return Emit(property.term, Term::Iri(std::string(rdf::kRest)), Term::Iri(std::string(rdf::kNil)));
      }
      return EmitProperty(SubjectOfInnermost(), property, Term::Iri(std::string(rdf::kNil)));
    case Kind::kTriple: {
      std::optional<Triple> triple = std::move(triples_.back());
      triples_.pop_back();
      if (!triple.has_value()) return ErrorHere("a triple term needs a statement: a node with one property");
      return EmitProperty(SubjectOfInnermost(), property, Term::TripleTerm(*std::move(triple)));
    }
    case Kind::kLiteral:
      if (property.is_ignored) return absl::OkStatus();
      return EmitProperty(SubjectOfInnermost(), property, Term::Typed(literal_.Take(), std::string(rdf::kXmlLiteral)));
    default: return absl::OkStatus();
  }
}

}  // namespace dossier
