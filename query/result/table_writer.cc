#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
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
using table::Shortened;

constexpr absl::string_view kIndent = "    ";

class TableWriter {
 public:
  TableWriter(const Answer& answer, const TableOptions& options) : answer_(answer), options_(options) {}

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
      Line("possibly (the time is only vaguely known):", kBold);
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
    Cells cells(answer_.columns);
    if (shows_when_) cells.emplace_back("when");
    if (shows_certainty_) cells.emplace_back("certainty");
    if (shows_sources_) cells.emplace_back("sources");
    return cells;
  }
  Cells CellsOf(const AnswerRow& row) const {
    Cells cells;
    for (size_t i = 0; i < answer_.columns.size(); ++i) {
      const bool has_value = i < row.cells.size() && row.cells[i].has_value();
      cells.push_back(has_value ? OneLine(row.cells[i]->label) : "");
    }
    if (shows_when_) cells.push_back(row.when);
    if (shows_certainty_) cells.push_back(row.certainty);
    if (shows_sources_) cells.push_back(row.sources == 0 ? "" : absl::StrCat(row.sources));
    return cells;
  }

  // Which gathered columns have something to show, and how wide each column is. Too wide a table loses width where it
  // has most.
  void Measure() {
    const auto is_column = [this](absl::string_view name) {
      return std::find(answer_.columns.begin(), answer_.columns.end(), name) != answer_.columns.end();
    };
    for (const AnswerRow& row : answer_.rows) {
      shows_when_ = shows_when_ || (!row.when.empty() && !is_column("when"));
      shows_certainty_ = shows_certainty_ || (!row.certainty.empty() && !is_column("certainty"));
      shows_sources_ = shows_sources_ || row.sources > 0;
    }
    const Cells header = Header();
    widths_.clear();
    table::Widen(header, &widths_);
    for (const AnswerRow& row : answer_.rows) table::Widen(CellsOf(row), &widths_);
    table::Fit(options_.width, &widths_);
  }

  void Row(const Cells& cells, absl::string_view style) { Line(table::Line(cells, widths_), style); }

  void Rows(bool possible, bool only_claims) {
    for (const AnswerRow& row : answer_.rows) {
      if (row.possible != possible) continue;
      if (!only_claims) Row(CellsOf(row), "");
      if (options_.claims) Claims(row);
    }
  }

  void Claims(const AnswerRow& row) {
    const size_t shown = std::min(row.claims.size(), options_.maximum_claims);
    for (size_t i = 0; i < shown; ++i) Claim(row.claims[i]);
    if (shown < row.claims.size()) {
      Line(absl::StrCat(kIndent, "and ", row.claims.size() - shown, " more"), kDim);
    }
  }

  void Claim(const AnswerClaim& claim) {
    Line(Fitted(absl::StrCat(kIndent, Citation(claim), Statement(claim))), kDim);
    if (!claim.text.empty()) Line(Fitted(absl::StrCat(kIndent, kIndent, "“", OneLine(claim.text), "”")), kDim);
    if (!claim.note.empty()) Line(Fitted(absl::StrCat(kIndent, kIndent, "(", OneLine(claim.note), ")")), kDim);
  }
  std::string Fitted(const std::string& line) const {
    return options_.width == 0 ? line : Shortened(line, options_.width);
  }

  // "002 30.1: ", the article with paragraph and sentence.
  static std::string Citation(const AnswerClaim& claim) {
    if (claim.article.empty()) return "";
    std::string citation = claim.article;
    if (claim.paragraph.has_value()) absl::StrAppend(&citation, " ", *claim.paragraph);
    if (claim.paragraph.has_value() && claim.sentence.has_value()) absl::StrAppend(&citation, ".", *claim.sentence);
    return absl::StrCat(citation, ": ");
  }
  static std::string Statement(const AnswerClaim& claim) {
    std::vector<std::string> parts = {
        absl::StrCat(claim.subject.label, " – ", claim.relation.label, " – ", OneLine(claim.object.label))};
    if (!claim.when.empty()) parts.push_back(claim.when);
    if (!claim.where.empty()) parts.push_back(absl::StrCat("in ", claim.where));
    if (!claim.means.empty()) parts.push_back(absl::StrCat("by ", claim.means));
    if (!claim.certainty.empty()) parts.push_back(claim.certainty);
    if (claim.polarity == "denied") parts.emplace_back("denied");
    if (!claim.speaker.empty()) parts.push_back(absl::StrCat("according to ", claim.speaker));
    return absl::StrJoin(parts, ", ");
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
  bool shows_when_ = false;
  bool shows_certainty_ = false;
  bool shows_sources_ = false;
  std::vector<size_t> widths_;
  std::string text_;
};

}  // namespace

std::string AnswerToTable(const Answer& answer, const TableOptions& options) {
  return TableWriter(answer, options).Write();
}

}  // namespace dossier
