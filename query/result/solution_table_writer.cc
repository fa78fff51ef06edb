#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "query/result/solution_writers.h"
#include "query/result/table_layout.h"
#include "rdf/turtle_names.h"

namespace dossier::solutions {
namespace {

// The first rows are kept to see how wide the columns have to be; later ones are written as they come.
class TableWriter : public SolutionWriter {
 public:
  TableWriter(SolutionWriterOptions options, TextSink sink)
      : options_(std::move(options)), names_(options_.prefixes), pending_(sink) {}

  absl::Status Begin(absl::Span<const std::string> columns) override {
    for (const std::string& column : columns) header_.push_back(absl::StrCat("?", column));
    return absl::OkStatus();
  }

  absl::Status Row(SolutionRow row) override {
    ++rows_;
    // Of some there is nothing to show but how many they are.
    if (header_.empty() || (options_.limit > 0 && rows_ > options_.limit)) return absl::OkStatus();
    table::Cells cells;
    for (const Term* const term : row) {
      cells.emplace_back();
      if (term != nullptr) names_.AppendTerm(*term, &cells.back());
    }
    if (!laid_out_) {
      for (const std::string& cell : cells) first_bytes_ += cell.size();
      first_rows_.push_back(std::move(cells));
      return first_rows_.size() < kRowsMeasured && first_bytes_ < kBytesMeasured ? absl::OkStatus() : LayOut();
    }
    WriteRow(cells);
    return pending_.FlushIfLarge();
  }

  absl::Status Boolean(bool value) override {
    is_boolean_ = true;
    Styled(value ? "yes" : "no", table::kBold);
    return absl::OkStatus();
  }

  absl::Status End() override {
    if (!is_boolean_) {
      if (!laid_out_) DOSSIER_RETURN_IF_ERROR(LayOut());
      Styled(Footer(), table::kDim);
    }
    return pending_.Flush();
  }

 private:
  static constexpr size_t kRowsMeasured = 1000;
  static constexpr size_t kBytesMeasured = size_t{1} << 20;

  absl::Status LayOut() {
    laid_out_ = true;
    if (first_rows_.empty()) return absl::OkStatus();
    table::Widen(header_, &widths_);
    for (const table::Cells& cells : first_rows_) table::Widen(cells, &widths_);
    table::Fit(options_.width, &widths_);
    Styled(table::Line(header_, widths_), table::kBold);
    for (const table::Cells& cells : first_rows_) {
      WriteRow(cells);
      DOSSIER_RETURN_IF_ERROR(pending_.FlushIfLarge());
    }
    first_rows_ = {};
    return absl::OkStatus();
  }

  std::string Footer() const {
    std::string footer = rows_ == 0 ? "no rows" : absl::StrCat(rows_, rows_ == 1 ? " row" : " rows");
    if (options_.limit > 0 && rows_ > options_.limit) absl::StrAppend(&footer, ", ", options_.limit, " shown");
    if (options_.elapsed) {
      absl::StrAppendFormat(&footer, " in %.1f ms", absl::ToDoubleMilliseconds(absl::Now() - begin_));
    }
    return footer;
  }

  void WriteRow(const table::Cells& cells) {
    // Where there is no limit, a later row may need more than was seen; it is not to be cut for that.
    if (options_.width == 0) table::Widen(cells, &widths_);
    absl::StrAppend(&pending_.text(), table::Line(cells, widths_), "\n");
  }

  void Styled(absl::string_view line, absl::string_view style) {
    const bool styled = options_.color && !line.empty();
    absl::StrAppend(&pending_.text(), styled ? style : "", line, styled ? table::kPlain : "", "\n");
  }

  const SolutionWriterOptions options_;
  TurtleNames names_;
  PendingText pending_;
  table::Cells header_;
  std::vector<table::Cells> first_rows_;
  size_t first_bytes_ = 0;
  std::vector<size_t> widths_;
  bool laid_out_ = false;
  bool is_boolean_ = false;
  size_t rows_ = 0;
  const absl::Time begin_ = absl::Now();
};

}  // namespace

std::unique_ptr<SolutionWriter> MakeTableWriter(SolutionWriterOptions options, TextSink sink) {
  return std::make_unique<TableWriter>(std::move(options), sink);
}

}  // namespace dossier::solutions
