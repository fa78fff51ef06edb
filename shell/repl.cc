#include "shell/repl.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "query/sparql/statement_extent.h"
#include "query/sparql/statement_form.h"
#include "shell/completer.h"
#include "shell/interpreter.h"
#include "shell/interrupt.h"
#include "shell/line_editor.h"
#include "shell/statement_text.h"
#include "shell/store_location.h"
#include "shell/terminal.h"

namespace dossier {
namespace {

constexpr char kPrompt[] = "dossier> ";
constexpr char kContinuation[] = "    ...> ";

// Line ends and comments mean something in SPARQL.
std::string HistoryLine(const std::string& statement) {
  const sparql::StatementForm form = sparql::RecognizeStatement(statement, [](absl::string_view) { return false; });
  return form == sparql::StatementForm::kNotSparql ? statement : sparql::AsOneLine(statement);
}

}  // namespace

ExitCode RunRepl(StoreAccess* store, Printer* printer, const std::string& rc_path) {
  const PromptScope prompt_scope;  // An interrupt never ends the shell.
  Interpreter interpreter(store, printer);
  // Its errors are told with file and line, and the shell starts all the same.
  std::error_code error;
  if (!rc_path.empty() && std::filesystem::exists(rc_path, error)) {
    (void)interpreter.RunFile(rc_path, /*keep_going=*/true);
  }
  StatementReader reader;
  Completer completer(store);
  const auto complete = [&](absl::string_view line, size_t offset) {
    // The lines before are part of the statement, but cannot be changed any more.
    const std::string& before = reader.unfinished();
    std::vector<Completion> completions = completer.Complete(absl::StrCat(before, line), before.size() + offset);
    completions.erase(std::remove_if(completions.begin(), completions.end(),
                                     [&before](const Completion& c) { return c.begin < before.size(); }),
                      completions.end());
    for (Completion& completion : completions) completion.begin -= before.size();
    return completions;
  };
  LineEditor editor(HistoryPath(), complete);
  (void)printer->PrintText(absl::StrCat("Dossier ", DOSSIER_VERSION, ", ", StoreSummary(store),
                                        "`help` tells what can be asked; `quit` or Ctrl-D leaves.\n"));
  std::string line;
  bool to_be_kept = true;
  while (!interpreter.wants_to_quit()) {
    const LineEditor::Outcome outcome = editor.Read(reader.IsUnfinished() ? kContinuation : kPrompt, &line);
    if (outcome == LineEditor::Outcome::kEnd) break;
    if (outcome == LineEditor::Outcome::kInterrupted) {
      reader = StatementReader();
      continue;
    }
    if (!reader.IsUnfinished()) to_be_kept = !absl::StartsWith(line, " ");
    reader.AddLine(line);
    // An empty line ends a statement that does not seem to end.
    bool ends = line.empty() && reader.IsUnfinished() && reader.EmptyLineEnds();
    // One that can end does, unless more of it may be on its way already: text that was pasted.
    while (ends || reader.HasStatement() || (reader.MayEnd() && !HasInput(STDIN_FILENO))) {
      ends = false;
      const std::string statement = reader.TakeStatement();
      if (to_be_kept && statement != "quit" && statement != "exit") editor.AddToHistory(HistoryLine(statement));
      printer->FitToTerminal();
      const ExitCode code = interpreter.Run(statement);
      if (code == ExitCode::kSystemError && !printer->output_ok()) return code;
    }
  }
  return ExitCode::kDone;
}

}  // namespace dossier
