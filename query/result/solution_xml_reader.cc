#include <cstring>
#include <pugixml.hpp>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "query/result/solution_parsers.h"
#include "rdf/quad.h"
#include "rdf/vocabulary.h"

namespace dossier::solutions {
namespace {

// The name without a prefix.
absl::string_view LocalName(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

bool IsElement(const pugi::xml_node& node) { return node.type() == pugi::node_element; }

std::vector<pugi::xml_node> Elements(const pugi::xml_node& parent) {
  std::vector<pugi::xml_node> elements;
  for (const pugi::xml_node& node : parent.children()) {
    if (IsElement(node)) elements.push_back(node);
  }
  return elements;
}

pugi::xml_node Child(const pugi::xml_node& parent, absl::string_view name) {
  for (const pugi::xml_node& node : parent.children()) {
    if (IsElement(node) && LocalName(node.name()) == name) return node;
  }
  return {};
}

// By the whole name with its prefix; nullptr when there is none.
const char* Attribute(const pugi::xml_node& node, const char* name) {
  const pugi::xml_attribute attribute = node.attribute(name);
  return attribute.empty() ? nullptr : attribute.value();
}

// All the text in `node`, also in several pieces.
std::string TextOf(const pugi::xml_node& node) {
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text.append(child.value());
  }
  return text;
}

class XmlReader {
 public:
  XmlReader(absl::string_view text, const std::string& source) : text_(text), source_(source) {}

  absl::StatusOr<SolutionTable> Read() {
    // Text of blanks only is text here: a literal may be one.
    constexpr unsigned kOptions = pugi::parse_default | pugi::parse_ws_pcdata;
    const pugi::xml_parse_result parsed =
        document_.load_buffer(text_.data(), text_.size(), kOptions, pugi::encoding_utf8);
    if (!parsed) {
      return ErrorAt(text_, static_cast<size_t>(parsed.offset), absl::StrCat("this is no XML: ", parsed.description()),
                     source_);
    }
    const pugi::xml_node root = document_.document_element();
    if (LocalName(root.name()) != "sparql") return Error(root, "results are an element <sparql>");
    SolutionTable table;
    if (const pugi::xml_node boolean = Child(root, "boolean"); !boolean.empty()) {
      const std::string text = TextOf(boolean);
      const absl::string_view value = absl::StripAsciiWhitespace(text);
      if (value != "true" && value != "false") return Error(boolean, "<boolean> holds true or false");
      table.boolean = value == "true";
      return table;
    }
    DOSSIER_RETURN_IF_ERROR(ReadHead(root, &table));
    const pugi::xml_node results = Child(root, "results");
    if (results.empty()) return Error(root, "<sparql> has an element <results> or <boolean>");
    for (const pugi::xml_node& result : Elements(results)) DOSSIER_RETURN_IF_ERROR(ReadRow(result, &table));
    return table;
  }

 private:
  absl::Status Error(const pugi::xml_node& node, std::string message) const {
    // Where the name begins, that is one behind the bracket.
    const ptrdiff_t offset = node.offset_debug();
    return ErrorAt(text_, offset < 1 ? 0 : static_cast<size_t>(offset) - 1, std::move(message), source_);
  }

  absl::Status ReadHead(const pugi::xml_node& root, SolutionTable* table) {
    const pugi::xml_node head = Child(root, "head");
    if (head.empty()) return Error(root, "<sparql> has an element <head>");
    for (const pugi::xml_node& variable : Elements(head)) {
      if (LocalName(variable.name()) != "variable") continue;  // <link>
      const char* name = Attribute(variable, "name");
      if (name == nullptr) return Error(variable, "<variable> has an attribute \"name\"");
      if (!index_.emplace(name, table->columns.size()).second) {
        return Error(variable, absl::StrCat("the variable \"", name, "\" is declared twice"));
      }
      table->columns.emplace_back(name);
    }
    return absl::OkStatus();
  }

  absl::Status ReadRow(const pugi::xml_node& result, SolutionTable* table) {
    if (LocalName(result.name()) != "result") return Error(result, "<results> holds elements <result>");
    std::vector<std::optional<Term>> row(table->columns.size());
    for (const pugi::xml_node& binding : Elements(result)) {
      const char* name = Attribute(binding, "name");
      if (LocalName(binding.name()) != "binding" || name == nullptr) {
        return Error(binding, "<result> holds elements <binding name=\"...\">");
      }
      const auto column = index_.find(name);
      if (column == index_.end()) {
        return Error(binding, absl::StrCat("the variable \"", name, "\" is not declared in <head>"));
      }
      DOSSIER_ASSIGN_OR_RETURN(row[column->second], ReadOnlyTerm(binding, 0));
    }
    table->rows.push_back(std::move(row));
    return absl::OkStatus();
  }

  // The term that is all that `parent` holds.
  absl::StatusOr<Term> ReadOnlyTerm(const pugi::xml_node& parent, int depth) {
    const std::vector<pugi::xml_node> elements = Elements(parent);
    if (elements.size() != 1) return Error(parent, absl::StrCat("<", parent.name(), "> holds one term"));
    const pugi::xml_node& node = elements.front();
    const absl::string_view name = LocalName(node.name());
    if (name == "uri") return Term::Iri(TextOf(node));
    if (name == "bnode") return Term::BlankNode(TextOf(node));
    if (name == "literal") return ReadLiteral(node);
    if (name == "triple") return ReadTriple(node, depth);
    return Error(node, absl::StrCat("<", node.name(), "> is no term: <uri>, <bnode>, <literal>, <triple>"));
  }

  absl::StatusOr<Term> ReadLiteral(const pugi::xml_node& node) {
    const char* language = Attribute(node, "xml:lang");
    const char* direction = Attribute(node, "its:dir");
    if (language != nullptr && *language != '\0') {
      if (direction == nullptr) return Term::LanguageTagged(TextOf(node), language);
      const bool left = absl::string_view(direction) == "ltr";
      if (!left && absl::string_view(direction) != "rtl") return Error(node, "its:dir is ltr or rtl");
      return Term::LanguageTagged(TextOf(node), language,
                                  left ? BaseDirection::kLeftToRight : BaseDirection::kRightToLeft);
    }
    if (direction != nullptr) return Error(node, "a literal with its:dir has xml:lang too");
    const char* datatype = Attribute(node, "datatype");
    if (datatype == nullptr || datatype == xsd::kString) return Term::String(TextOf(node));
    if (datatype == rdf::kLangString || datatype == rdf::kDirLangString) {
      return Error(node, "a literal of this datatype has xml:lang");
    }
    return Term::Typed(TextOf(node), datatype);
  }

  absl::StatusOr<Term> ReadTriple(const pugi::xml_node& node, int depth) {
    if (depth >= kDeepestTripleTerm) return Error(node, "triple terms are nested too deeply");
    std::vector<Term> terms;
    for (const char* name : {"subject", "predicate", "object"}) {
      const pugi::xml_node component = Child(node, name);
      if (component.empty()) return Error(node, "<triple> holds <subject>, <predicate> and <object>");
      DOSSIER_ASSIGN_OR_RETURN(Term term, ReadOnlyTerm(component, depth + 1));
      terms.push_back(std::move(term));
    }
    absl::StatusOr<Term> term = MakeTripleTerm(std::move(terms[0]), std::move(terms[1]), std::move(terms[2]));
    if (!term.ok()) return Error(node, std::string(term.status().message()));
    return term;
  }

  const absl::string_view text_;
  const std::string& source_;
  pugi::xml_document document_;
  absl::flat_hash_map<std::string, size_t> index_;
};

}  // namespace

absl::StatusOr<SolutionTable> ReadXml(absl::string_view text, const std::string& source) {
  return XmlReader(text, source).Read();
}

}  // namespace dossier::solutions
