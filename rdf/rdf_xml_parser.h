// The grammar of RDF/XML 1.2 (https://www.w3.org/TR/rdf12-xml/): from the events of an XML document to statements, with
// a stack of the open elements. Elements are nodes and properties in turns; a statement is made as soon as its object
// is known.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/quad.h"
#include "rdf/rdf_xml_attributes.h"
#include "rdf/rdf_xml_scope.h"
#include "rdf/reader.h"
#include "rdf/xml_events.h"
#include "rdf/xml_literal.h"

namespace dossier {

class RdfXmlParser : public XmlHandler {
 public:
  // `options` and `sink` outlive the parser.
  RdfXmlParser(const ReaderOptions& options, QuadSink sink);

  // The reader whose events this gets, before the first of them.
  void set_reader(XmlReader* reader) { reader_ = reader; }

  absl::Status OnStart(const XmlName& name, absl::Span<const XmlAttribute> attributes) override;
  absl::Status OnEnd(const XmlName& name) override;
  absl::Status OnText(absl::string_view text) override;
  absl::Status OnComment(absl::string_view text) override;
  absl::Status OnInstruction(absl::string_view target, absl::string_view data) override;

 private:
  enum class Kind {
    kRdf,         // rdf:RDF: has nodes.
    kNode,        // Has properties; also a property of parseType "Resource".
    kProperty,    // Has a node or a text.
    kEmpty,       // A property whose object its attributes name.
    kCollection,  // A property of parseType "Collection": has nodes.
    kTriple,      // A property of parseType "Triple": has a node with one statement.
    kLiteral,     // A property of parseType "Literal", which has any XML; and one that is passed over.
  };

  // Names for a property's statement: rdf:ID makes the four statements of RDF 1.1 about it, rdf:annotation and
  // rdf:annotationNodeID a reifier.
  struct Reification {
    std::optional<Term> id;
    std::optional<Term> annotation;
  };

  // An open element.
  struct Element {
    Kind kind;
    bool has_scope = false;   // Its scope is the last one of scopes_.
    bool has_child = false;   // An element was in it.
    bool is_ignored = false;  // Of a kLiteral: makes no statement.
    uint64_t members = 0;     // Of a node: how many rdf:li it had.
    Term term;                // Of a node: the subject. Of a collection: its last list node.
    std::string predicate;    // Of a property.
    std::string datatype;     // Of a property; empty when there is none.
    Reification reification;  // Of a property.
  };

  absl::Status StartRdf();
  absl::Status StartNode(const XmlName& name);
  absl::Status LinkNode(const Term& node);
  absl::Status StartProperty(const XmlName& name);
  absl::Status StartParseType(Element property);
  absl::Status StartTriple(Element property);
  absl::Status StartWithObject(Element property);
  absl::Status EndProperty();
  absl::Status AppendText(absl::string_view text);

  // The errors of helpers that know no position get that of the event.
  absl::Status Placed(const absl::Status& status) const;
  absl::Status ErrorHere(std::string message) const { return reader_->ErrorHere(std::move(message)); }
  absl::StatusOr<Term> SubjectOfNode();
  absl::StatusOr<std::string> PredicateOf(const XmlName& name);
  absl::StatusOr<Reification> ReificationOf();
  absl::StatusOr<Term> ResolvedIri(absl::string_view reference) const;
  absl::StatusOr<Term> NewId(absl::string_view id);
  absl::StatusOr<Term> LabelledBlankNode(absl::string_view label) const;
  Term FreshBlankNode();
  absl::Status CheckText(absl::string_view text) const;

  // Makes the statement of `property`, which is the innermost element or about to be it, and those about it.
  absl::Status EmitProperty(const Term& subject, const Element& property, Term object);
  absl::Status EmitAttributes(const Term& subject);
  absl::Status Emit(Term subject, Term predicate, Term object);

  const RdfXmlScope& scope() const { return scopes_.back(); }
  const Term& SubjectOfInnermost() const { return elements_[elements_.size() - 2].term; }

  const ReaderOptions& options_;
  const QuadSink sink_;
  XmlReader* reader_ = nullptr;
  std::vector<Element> elements_;
  std::vector<RdfXmlScope> scopes_;
  RdfXmlAttributes attributes_;  // Of the element that begins.
  std::string text_;             // Of the innermost kProperty, while it has no child.
  size_t literal_depth_ = 0;     // Open elements from the innermost kLiteral on; 0 outside of one.
  XmlLiteralWriter literal_;
  std::vector<std::optional<Triple>> triples_;  // What the open kTriple elements have.
  RdfXmlIds ids_;
  uint64_t blank_nodes_ = 0;
};

}  // namespace dossier
