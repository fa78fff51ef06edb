// Writers of solutions in which the text of a term does not depend on the row that it stands in, so that the text of a
// term that comes often is made once (query/result/row_texts.h).
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "query/result/solution_writer.h"
#include "rdf/term_view.h"

namespace dossier {

class TextRowWriter : public SolutionWriter {
 public:
  // Appends the text of a term in a row. InvalidArgument for a term that the format cannot hold.
  virtual absl::Status AppendCell(const TermView& term, std::string* text) const = 0;
  // A row of texts that AppendCell made; a view without data (not: an empty one) stands for an unbound variable.
  virtual absl::Status TextRow(absl::Span<const absl::string_view> cells) = 0;

  absl::Status Row(SolutionRow row) final;
  TextRowWriter* AsTextRowWriter() final { return this; }

 private:
  std::string texts_;
  std::vector<size_t> ends_;
  std::vector<absl::string_view> cells_;
};

}  // namespace dossier
