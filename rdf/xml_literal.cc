#include "rdf/xml_literal.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace dossier {
namespace {

void AppendEscapedText(absl::string_view text, std::string* out) {
  for (const char c : text) {
    switch (c) {
      case '&': out->append("&amp;"); break;
      case '<': out->append("&lt;"); break;
      case '>': out->append("&gt;"); break;
      case '\r': out->append("&#xD;"); break;
      default: out->push_back(c);
    }
  }
}

void AppendEscapedValue(absl::string_view value, std::string* out) {
  for (const char c : value) {
    switch (c) {
      case '&': out->append("&amp;"); break;
      case '<': out->append("&lt;"); break;
      case '"': out->append("&quot;"); break;
      case '\t': out->append("&#x9;"); break;
      case '\n': out->append("&#xA;"); break;
      case '\r': out->append("&#xD;"); break;
      default: out->push_back(c);
    }
  }
}

void AppendAttribute(absl::string_view name, absl::string_view value, std::string* out) {
  absl::StrAppend(out, " ", name, "=\"");
  AppendEscapedValue(value, out);
  out->push_back('"');
}

}  // namespace

// The declaration that `name` needs, unless what stands around it says the same.
void XmlLiteralWriter::Use(const XmlName& name, Declarations* declarations) const {
  if (name.prefix == "xml") return;
  const auto declared = declared_.find(name.prefix);
  const absl::string_view space = declared == declared_.end() ? absl::string_view() : declared->second;
  if (space != name.space) declarations->insert({name.prefix, name.space});
}

void XmlLiteralWriter::Start(const XmlName& name, absl::Span<const XmlAttribute> attributes) {
  element_begins_.push_back(outer_.size());
  Declarations declarations;
  Use(name, &declarations);
  std::vector<const XmlAttribute*> sorted;
  for (const XmlAttribute& attribute : attributes) {
    if (!attribute.name.prefix.empty()) Use(attribute.name, &declarations);
    sorted.push_back(&attribute);
  }
  std::sort(sorted.begin(), sorted.end(), [](const XmlAttribute* a, const XmlAttribute* b) {
    return std::tie(a->name.space, a->name.local) < std::tie(b->name.space, b->name.local);
  });
  absl::StrAppend(&text_, "<", name.Written());
  for (const auto& [prefix, space] : declarations) {
    AppendAttribute(prefix.empty() ? "xmlns" : absl::StrCat("xmlns:", prefix), space, &text_);
    const auto [declared, added] = declared_.try_emplace(std::string(prefix));
    outer_.push_back({std::string(prefix), added ? std::nullopt : std::optional(std::move(declared->second))});
    declared->second = std::string(space);
  }
  for (const XmlAttribute* attribute : sorted) AppendAttribute(attribute->name.Written(), attribute->value, &text_);
  text_.push_back('>');
}

void XmlLiteralWriter::End(const XmlName& name) {
  absl::StrAppend(&text_, "</", name.Written(), ">");
  for (; outer_.size() > element_begins_.back(); outer_.pop_back()) {
    Outer& outer = outer_.back();
    if (outer.space.has_value()) {
      declared_[outer.prefix] = *std::move(outer.space);
    } else {
      declared_.erase(outer.prefix);
    }
  }
  element_begins_.pop_back();
}

void XmlLiteralWriter::Text(absl::string_view text) { AppendEscapedText(text, &text_); }

void XmlLiteralWriter::Comment(absl::string_view text) { absl::StrAppend(&text_, "<!--", text, "-->"); }

void XmlLiteralWriter::Instruction(absl::string_view target, absl::string_view data) {
  absl::StrAppend(&text_, "<?", target, data.empty() ? "" : " ", data, "?>");
}

std::string XmlLiteralWriter::Take() { return std::exchange(text_, {}); }

}  // namespace dossier
