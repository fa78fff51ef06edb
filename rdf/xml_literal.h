// XML as the text of an rdf:XMLLiteral: its exclusive canonical form with comments
// (https://www.w3.org/TR/xml-exc-c14n/, with no inclusive prefixes), which declares the namespaces that it uses.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/xml_events.h"

namespace dossier {

class XmlLiteralWriter {
 public:
  void Start(const XmlName& name, absl::Span<const XmlAttribute> attributes);
  void End(const XmlName& name);
  void Text(absl::string_view text);
  void Comment(absl::string_view text);
  void Instruction(absl::string_view target, absl::string_view data);

  size_t size() const { return text_.size(); }
  // What was written since the last call. REQUIRES: every element was ended.
  std::string Take();

 private:
  // What a prefix stood for outside of an element that declares it anew.
  struct Outer {
    std::string prefix;
    std::optional<std::string> space;
  };
  using Declarations = std::map<absl::string_view, absl::string_view>;

  void Use(const XmlName& name, Declarations* declarations) const;

  std::string text_;
  absl::flat_hash_map<std::string, std::string> declared_;  // Prefix to namespace, where the text is now.
  std::vector<Outer> outer_;
  std::vector<size_t> element_begins_;  // In outer_, of each open element.
};

}  // namespace dossier
