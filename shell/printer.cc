#include "shell/printer.h"

#include <unistd.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "shell/pager.h"
#include "shell/reports.h"
#include "shell/terminal.h"

namespace dossier {
namespace {

constexpr absl::string_view kRed = "\x1b[31m";
constexpr absl::string_view kPlain = "\x1b[0m";

std::string Painted(absl::string_view text, absl::string_view paint, bool color) {
  return color ? absl::StrCat(paint, text, kPlain) : std::string(text);
}

absl::StatusOr<std::string> AnswerText(const Answer& answer, const PrintOptions& options, bool color) {
  if (options.limit > 0 && answer.rows.size() > options.limit) {
    Answer cut = answer;
    cut.rows.resize(options.limit);
    cut.notes.push_back(
        absl::StrCat("the first ", options.limit, " of ", answer.rows.size(), " rows; `.limit off` shows all"));
    PrintOptions whole = options;
    whole.limit = 0;
    return AnswerText(cut, whole, color);
  }
  switch (options.format) {
    case AnswerFormat::kCsv: return AnswerToCsv(answer);
    case AnswerFormat::kTsv: return AnswerToTsv(answer);
    case AnswerFormat::kJson: return absl::StrCat(AnswerToJson(answer), "\n");
    case AnswerFormat::kJsonLines: return AnswerToJsonLines(answer);
    case AnswerFormat::kMarkdown: return AnswerToMarkdown(answer);
    case AnswerFormat::kTurtle: return AnswerToTurtle(answer);
    case AnswerFormat::kTable: break;
  }
  TableOptions table;
  table.width = options.width;
  table.color = color;
  table.claims = options.claims;
  table.maximum_claims = options.maximum_claims;
  table.elapsed = options.timer;
  return AnswerToTable(answer, table);
}

}  // namespace

absl::StatusOr<std::string> Printer::Format(const StatementResult& result) const {
  const bool json = IsJson(options_.format);
  const bool color = options_.color && !output_->in_file();
  switch (result.kind) {
    case StatementResult::Kind::kAnswer: return AnswerText(result.answer, options_, color);
    case StatementResult::Kind::kChange:
      return json ? absl::StrCat(ChangeJson(result.change, result.reading), "\n")
                  : ChangeText(result.change, result.reading);
    case StatementResult::Kind::kLoad:
      return json ? absl::StrCat(LoadReportJson(result.load), "\n") : LoadReportText(result.load);
    case StatementResult::Kind::kSearch:
      return json ? absl::StrCat(SearchJson(result.hits), "\n") : SearchText(result.hits, options_.width, color);
    case StatementResult::Kind::kText:
    case StatementResult::Kind::kHelp: break;
  }
  return absl::EndsWith(result.text, "\n") ? result.text : absl::StrCat(result.text, "\n");
}

ExitCode Printer::Print(const StatementResult& result) {
  const absl::StatusOr<std::string> text = Format(result);
  if (!text.ok()) return PrintError(text.status());
  const ExitCode written = Write(*text);
  if (written != ExitCode::kDone) return written;
  const bool partial = result.kind == StatementResult::Kind::kLoad && result.load.rejected > 0;
  return partial ? ExitCode::kPartial : ExitCode::kDone;
}

void Printer::FitToTerminal() {
  const bool fixed = output_->in_file() || options_.fixed_width > 0;
  options_.width = fixed ? options_.fixed_width : TerminalWidth(STDOUT_FILENO);
}

absl::Status Printer::SwitchOutput(const std::string& path) {
  DOSSIER_RETURN_IF_ERROR(output_->SwitchToFile(path));
  FitToTerminal();
  return absl::OkStatus();
}

void Printer::BeginResult() {
  in_pieces_ = false;
  if (options_.pager && output_->to_terminal()) output_->BeginPaging(PagerCommand());
}

void Printer::EndResult() { output_->EndPaging(); }

ExitCode Printer::PrintText(absl::string_view text) { return Write(text); }

ExitCode Printer::Write(absl::string_view text) {
  const absl::Status status = output_->Write(text);
  // A reader that has had enough is no failure.
  if (status.ok() || absl::IsAborted(status)) return ExitCode::kDone;
  // Where errors cannot be written to there is nobody left to tell.
  (void)errors_->Write(absl::StrCat("error: ", status.message(), "\n"));
  return ExitCode::kSystemError;
}

absl::Status Printer::WritePiece(absl::string_view piece) {
  in_pieces_ = true;
  return output_->Write(piece);
}

void Printer::PrintNote(absl::string_view note) { (void)errors_->Write(absl::StrCat("note: ", note, "\n")); }

ExitCode Printer::PrintError(const absl::Status& error) {
  output_->EndPaging();  // Not over the pager's screen.
  if (IsJson(options_.format) && !in_pieces_) {
    const ExitCode written = Write(absl::StrCat(ErrorToJson(error), "\n"));
    return written == ExitCode::kDone ? ExitCodeOf(error) : written;
  }
  (void)errors_->Write(absl::StrCat(Painted("error:", kRed, options_.error_color), " ", RenderError(error), "\n"));
  return ExitCodeOf(error);
}

}  // namespace dossier
