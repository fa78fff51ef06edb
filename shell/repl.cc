#include "shell/repl.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "shell/interpreter.h"
#include "shell/interrupt.h"
#include "shell/line_editor.h"
#include "shell/statement_text.h"
#include "shell/store_location.h"

namespace dossier {
namespace {

constexpr char kPrompt[] = "dossier> ";
constexpr char kContinuation[] = "    ...> ";

}  // namespace

ExitCode RunRepl(StoreAccess* store, Printer* printer) {
  const PromptScope prompt_scope;  // An interrupt never ends the shell.
  Interpreter interpreter(store, printer);
  LineEditor editor(HistoryPath());
  (void)printer->PrintText(absl::StrCat("Dossier ", DOSSIER_VERSION, ", ", StoreSummary(store),
                                        "`help` tells what can be asked; `quit` or Ctrl-D leaves.\n"));
  StatementReader reader;
  std::string line;
  while (!interpreter.wants_to_quit()) {
    const LineEditor::Outcome outcome = editor.Read(reader.IsUnfinished() ? kContinuation : kPrompt, &line);
    if (outcome == LineEditor::Outcome::kEnd) break;
    if (outcome == LineEditor::Outcome::kInterrupted) {
      (void)reader.TakeStatement();
      continue;
    }
    // An empty line ends a statement that does not seem to end.
    const bool is_whole = reader.AddLine(line);
    if (!is_whole && !(line.empty() && reader.IsUnfinished())) continue;
    const std::string statement = reader.TakeStatement();
    if (statement != "quit" && statement != "exit") editor.AddToHistory(statement);
    printer->FitToTerminal();
    const ExitCode code = interpreter.Run(statement);
    if (code == ExitCode::kSystemError && !printer->output_ok()) return code;
  }
  return ExitCode::kDone;
}

}  // namespace dossier
