#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "query/result/answer_format.h"
#include "query/result/answer_writer.h"
#include "query/result/table_layout.h"

namespace dossier {
namespace {

using table::Cells;
using table::kBold;
using table::kDim;
using table::kPlain;
using table::OneLine;

constexpr absl::string_view kIndent = "    ";

class TableWriter {
 public:
  TableWriter(const Answer& answer, const TableOptions& options)
      : answer_(answer),
        options_(options),
        gathered_(GatheredColumnsOf(answer)),
        numbered_(answer.rows.size() > 1 && !answer.columns.empty()) {}

  std::string Write() {
    if (!answer_.reading.empty()) Line(answer_.reading, kDim);
    for (const std::string& note : answer_.notes) Line(absl::StrCat("note: ", note), kDim);
    if (answer_.verdict != Answer::Verdict::kNone) Line(VerdictName(answer_.verdict), kBold);
    const bool only_claims = answer_.columns.empty();
    if (!answer_.rows.empty() && !only_claims) {
      Measure();
      Row(Header(), kBold);
    }
    // Certain answers first; those that the times only allow are set apart.
    Rows(false, only_claims);
    if (std::any_of(answer_.rows.begin(), answer_.rows.end(), [](const AnswerRow& row) { return row.possible; })) {
      Line("possibly (a time or an amount is only vaguely known):", kBold);
      Rows(true, only_claims);
    }
    if (!only_claims || answer_.verdict == Answer::Verdict::kNone) Line(Footer(), kDim);
    return std::move(text_);
  }

 private:
  void Styled(absl::string_view text, absl::string_view style) {
    if (options_.color && !style.empty()) {
      absl::StrAppend(&text_, style, text, kPlain);
    } else {
      absl::StrAppend(&text_, text);
    }
  }
  void Line(absl::string_view text, absl::string_view style) {
    Styled(text, style);
    text_.push_back('\n');
  }

  Cells Header() const {
    Cells cells;
    if (numbered_) cells.emplace_back();
    cells.insert(cells.end(), answer_.columns.begin(), answer_.columns.end());
    if (gathered_.when) cells.emplace_back("when");
    if (gathered_.certainty) cells.emplace_back("certainty");
    if (gathered_.sources) cells.emplace_back("sources");
    return cells;
  }
  Cells CellsOf(size_t index) const {
    const AnswerRow& row = answer_.rows[index];
    Cells cells;
    if (numbered_) cells.push_back(absl::StrCat(index + 1));
    for (size_t i = 0; i < answer_.columns.size(); ++i) {
      const bool has_value = i < row.cells.size() && row.cells[i].has_value();
      cells.push_back(has_value ? OneLine(row.cells[i]->label) : "");
    }
    if (gathered_.when) cells.push_back(row.when);
    if (gathered_.certainty) cells.push_back(row.certainty);
    if (gathered_.sources) cells.push_back(row.sources == 0 ? "" : absl::StrCat(row.sources));
    return cells;
  }

  // How wide each column is. Too wide a table loses width where it has most.
  void Measure() {
    table::Widen(Header(), &widths_);
    for (size_t i = 0; i < answer_.rows.size(); ++i) table::Widen(CellsOf(i), &widths_);
    table::Fit(options_.width, &widths_);
  }

  void Row(const Cells& cells, absl::string_view style) { Line(table::Line(cells, widths_), style); }

  void Rows(bool possible, bool only_claims) {
    for (size_t i = 0; i < answer_.rows.size(); ++i) {
      if (answer_.rows[i].possible != possible) continue;
      if (!only_claims) Row(CellsOf(i), "");
      if (options_.claims) Claims(i);
    }
  }

  void Claims(size_t index) {
    const std::vector<AnswerClaim>& claims = answer_.rows[index].claims;
    const size_t shown = std::min(claims.size(), options_.maximum_claims);
    for (size_t i = 0; i < shown; ++i) Claim(claims[i]);
    if (shown < claims.size()) {
      Line(absl::StrCat(kIndent, "and ", claims.size() - shown, " more (why ", index + 1, ")"), kDim);
    }
  }

  void Claim(const AnswerClaim& claim) {
    Paragraph(absl::StrCat(CitationOf(claim), SentenceOf(claim)), kIndent);
    const std::string deeper = absl::StrCat(kIndent, kIndent);
    if (!claim.text.empty()) Paragraph(absl::StrCat("“", OneLine(claim.text), "”"), deeper);
    if (!claim.note.empty()) Paragraph(absl::StrCat("(", OneLine(claim.note), ")"), deeper);
  }
  void Paragraph(absl::string_view text, absl::string_view indent) {
    for (absl::string_view line :
         absl::StrSplit(table::Wrapped(text, indent, options_.width), '\n', absl::SkipEmpty())) {
      Line(line, kDim);
    }
  }

  std::string Footer() const {
    const size_t count = answer_.rows.size();
    std::string footer = count == 0 ? "no answer" : absl::StrCat(count, count == 1 ? " answer" : " answers");
    if (options_.elapsed && answer_.elapsed > absl::ZeroDuration()) {
      absl::StrAppendFormat(&footer, " in %.1f ms", absl::ToDoubleMilliseconds(answer_.elapsed));
    }
    return footer;
  }

  const Answer& answer_;
  const TableOptions& options_;
  const GatheredColumns gathered_;
  const bool numbered_;
  std::vector<size_t> widths_;
  std::string text_;
};

}  // namespace

std::string AnswerToTable(const Answer& answer, const TableOptions& options) {
  return TableWriter(answer, options).Write();
}

}  // namespace dossier
