// The text of a request, and where its code points, which the lexer counts, lie in its bytes, which spans count.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/diagnostic.h"

namespace dossier::sparql {

class SourceText {
 public:
  // REQUIRES: `text` is well-formed UTF-8 and outlives this.
  explicit SourceText(absl::string_view text);

  absl::string_view text() const { return text_; }
  // The bytes of the code points from `begin` to before `end`; what lies behind the text is cut off.
  SourceSpan Span(size_t begin, size_t end) const { return {Offset(begin), Offset(end)}; }
  absl::string_view View(SourceSpan span) const { return text_.substr(span.begin, span.end - span.begin); }

 private:
  size_t Offset(size_t code_point) const;

  absl::string_view text_;
  // The offset of each code point from the first on that is not ASCII; before it, offsets are counts.
  size_t ascii_ = 0;
  std::vector<size_t> offsets_;
};

}  // namespace dossier::sparql
