#include "query/sparql/parse/source_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "base/utf8.h"

namespace dossier::sparql {

SourceText::SourceText(absl::string_view text) : text_(text) {
  while (ascii_ < text.size() && absl::ascii_isascii(static_cast<unsigned char>(text[ascii_]))) ++ascii_;
  absl::string_view rest = text.substr(ascii_);
  while (!rest.empty()) {
    offsets_.push_back(text.size() - rest.size());
    TakeCodePoint(&rest);
  }
}

size_t SourceText::Offset(size_t code_point) const {
  if (code_point < ascii_) return code_point;
  return code_point - ascii_ < offsets_.size() ? offsets_[code_point - ascii_] : text_.size();
}

}  // namespace dossier::sparql
