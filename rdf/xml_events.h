// XML as a stream of events, read by expat: elements with their namespaces resolved, text, comments, instructions.
// What is outside of the document is never fetched, and no document, however small, grows without bound
// (docs/rdf.md has the limits).
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/input.h"

struct XML_ParserStruct;

namespace dossier {

// The name of an element or an attribute.
struct XmlName {
  absl::string_view space;  // The namespace's IRI; empty when there is none.
  absl::string_view local;
  absl::string_view prefix;  // As the document has it; empty when there is none.

  // As it stands in the document: `rdf:about`.
  std::string Written() const;
};

struct XmlAttribute {
  XmlName name;
  absl::string_view value;
};

// Is told what stands in a document, in its order. What is passed lives until the call returns; an error ends the
// reading.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual absl::Status OnStart(const XmlName& name, absl::Span<const XmlAttribute> attributes) = 0;
  virtual absl::Status OnEnd(const XmlName& name) = 0;
  // One text may come in several pieces.
  virtual absl::Status OnText(absl::string_view text) = 0;
  virtual absl::Status OnComment(absl::string_view text) = 0;
  virtual absl::Status OnInstruction(absl::string_view target, absl::string_view data) = 0;
};

class XmlReader {
 public:
  // `input` and `handler` outlive the reader. `source` is the file's name in diagnostics.
  XmlReader(Input* input, std::string source, XmlHandler* handler);

  // Reads the whole document. What is wrong with its XML is an InvalidArgument with a Diagnostic; else the first error
  // of the handler or of the input is returned as it is. To be called once.
  absl::Status Read();

  // For the handler, which returns it: what is wrong at the event that it is being told of.
  absl::Status ErrorHere(std::string message);

 private:
  // What expat calls.
  struct Callbacks;

  bool MakeParser();
  absl::StatusOr<size_t> Fill(absl::Span<char> buffer);
  void NoteByteOrderMark(absl::string_view begin);
  absl::Status ParserError();
  absl::Status CheckEntities(absl::string_view text);
  absl::Status CheckEntitiesOfTag();
  absl::Status CheckAddedAttributes();
  std::string LineHere();
  void Stop();
  template <class Action>
  void Handle(Action action);

  Input* const input_;
  const std::string source_;
  XmlHandler* const handler_;
  std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> parser_;
  absl::Status status_;
  std::exception_ptr exception_;  // Carried around expat, which is C.
  bool stopped_ = false;
  uint64_t events_ = 0;
  size_t depth_ = 0;
  std::vector<XmlAttribute> attributes_;
  std::string encoding_;  // That the document declares.
  bool has_byte_order_mark_ = false;
  bool in_doctype_ = false;
  bool has_external_subset_ = false;
  absl::flat_hash_set<std::string> entities_;  // Declared in the document; kept only beside an external subset.
  size_t entities_of_entities_ = 0;
  size_t added_ = 0;  // Bytes of attributes with a default value.
};

}  // namespace dossier
