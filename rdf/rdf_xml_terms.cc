// The terms and statements of RdfXmlParser.
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "rdf/blank_node_labels.h"
#include "rdf/rdf_xml_parser.h"
#include "rdf/vocabulary.h"

namespace dossier {

absl::Status RdfXmlParser::Placed(const absl::Status& status) const {
  return status.ok() ? status : ErrorHere(std::string(status.message()));
}

absl::StatusOr<Term> RdfXmlParser::SubjectOfNode() {
  const RdfXmlAttributes& a = attributes_;
  if (a.resource || a.datatype || a.parse_type) {
    return ErrorHere("rdf:resource, rdf:datatype and rdf:parseType belong on a property, not on a node");
  }
  if (a.annotation || a.annotation_node_id) {
    return ErrorHere("rdf:annotation and rdf:annotationNodeID belong on a property, not on a node");
  }
  if (int{a.about.has_value()} + int{a.id.has_value()} + int{a.node_id.has_value()} > 1) {
    return ErrorHere("a node has one of rdf:about, rdf:ID and rdf:nodeID");
  }
  if (a.about) return ResolvedIri(*a.about);
  if (a.id) return NewId(*a.id);
  if (a.node_id) return LabelledBlankNode(*a.node_id);
  return FreshBlankNode();
}

absl::StatusOr<std::string> RdfXmlParser::PredicateOf(const XmlName& name) {
  DOSSIER_RETURN_IF_ERROR(Placed(CheckRdfXmlName(name, RdfXmlRole::kProperty)));
  if (name.space == rdf::kPrefix && name.local == "li") {
    return absl::StrCat(rdf::kPrefix, "_", ++elements_.back().members);
  }
  std::string iri = absl::StrCat(name.space, name.local);
  DOSSIER_RETURN_IF_ERROR(Placed(CheckIri(iri)));
  return iri;
}

absl::StatusOr<RdfXmlParser::Reification> RdfXmlParser::ReificationOf() {
  const RdfXmlAttributes& a = attributes_;
  Reification reification;
  if (a.id) {
    DOSSIER_ASSIGN_OR_RETURN(reification.id, NewId(*a.id));
  }
  if (a.annotation && a.annotation_node_id) {
    return ErrorHere("a property has one of rdf:annotation and rdf:annotationNodeID");
  }
  if (a.annotation) {
    DOSSIER_ASSIGN_OR_RETURN(reification.annotation, ResolvedIri(*a.annotation));
  }
  if (a.annotation_node_id) {
    DOSSIER_ASSIGN_OR_RETURN(reification.annotation, LabelledBlankNode(*a.annotation_node_id));
  }
  return reification;
}

absl::StatusOr<Term> RdfXmlParser::ResolvedIri(absl::string_view reference) const {
  absl::StatusOr<std::string> iri = scope().Resolve(reference);
  DOSSIER_RETURN_IF_ERROR(Placed(iri.status()));
  return Term::Iri(*std::move(iri));
}

absl::StatusOr<Term> RdfXmlParser::NewId(absl::string_view id) {
  if (!IsXmlName(id)) {
    return ErrorHere(
        "an rdf:ID is a name of letters, digits and `_-.` that begins with a letter or `_`; other parts "
        "of an IRI go into rdf:about");
  }
  DOSSIER_ASSIGN_OR_RETURN(Term iri, ResolvedIri(absl::StrCat("#", id)));
  if (!ids_.Add(iri.value())) {
    return ErrorHere(
        absl::StrCat("the rdf:ID `", id, "` was given before; say more of it with rdf:about=\"#", id, "\""));
  }
  return iri;
}

absl::StatusOr<Term> RdfXmlParser::LabelledBlankNode(absl::string_view label) const {
  if (!IsXmlName(label)) {
    return ErrorHere(
        "the label of a blank node is a name of letters, digits and `_-.` that begins with a letter or `_`");
  }
  // Outside of XML a label does not end in a dot.
  if (absl::EndsWith(label, ".")) {
    return Term::BlankNode(absl::StrCat(options_.blank_node_prefix, kFreshLabel, "-", label, "-"));
  }
  return Term::BlankNode(DocumentLabel(options_.blank_node_prefix, label));
}

Term RdfXmlParser::FreshBlankNode() { return Term::BlankNode(FreshLabel(options_.blank_node_prefix, ++blank_nodes_)); }

absl::Status RdfXmlParser::EmitProperty(const Term& subject, const Element& property, Term object) {
  const Reification& reification = property.reification;
  Term predicate = Term::Iri(property.predicate);
  if (!reification.id && !reification.annotation) return Emit(subject, std::move(predicate), std::move(object));
  DOSSIER_RETURN_IF_ERROR(Emit(subject, predicate, object));
  if (reification.id) {
    const auto say = [&](absl::string_view what, Term value) {
      return Emit(*reification.id, Term::Iri(std::string(what)), std::move(value));
    };
    DOSSIER_RETURN_IF_ERROR(say(rdf::kType, Term::Iri(std::string(rdf::kStatement))));
    DOSSIER_RETURN_IF_ERROR(say(rdf::kSubject, subject));
    DOSSIER_RETURN_IF_ERROR(say(rdf::kPredicate, predicate));
    DOSSIER_RETURN_IF_ERROR(say(rdf::kObject, object));
  }
  if (!reification.annotation) return absl::OkStatus();
  return Emit(*reification.annotation, Term::Iri(std::string(rdf::kReifies)),
              Term::TripleTerm({subject, std::move(predicate), std::move(object)}));
}

// The statements that the attributes of the element make of the node `subject`.
absl::Status RdfXmlParser::EmitAttributes(const Term& subject) {
  for (const auto& [space, local, value] : attributes_.properties) {
    std::string predicate = absl::StrCat(space, local);
    DOSSIER_RETURN_IF_ERROR(Placed(CheckIri(predicate)));
    Term object;
    if (predicate == rdf::kType) {
      DOSSIER_ASSIGN_OR_RETURN(object, ResolvedIri(value));
    } else {
      object = scope().Literal(std::string(value));
    }
    DOSSIER_RETURN_IF_ERROR(Emit(subject, Term::Iri(std::move(predicate)), std::move(object)));
  }
  return absl::OkStatus();
}

// Inside of a triple term the statement is its own, else one of the document.
absl::Status RdfXmlParser::Emit(Term subject, Term predicate, Term object) {
  if (triples_.empty()) {
    return sink_(Quad{std::move(subject), std::move(predicate), std::move(object), options_.default_graph});
  }
  std::optional<Triple>& triple = triples_.back();
  if (triple.has_value()) return ErrorHere("a triple term is one statement, and this makes a second one");
  triple = Triple{std::move(subject), std::move(predicate), std::move(object)};
  return absl::OkStatus();
}

}  // namespace dossier
