#include "shell/repl.h"

#include <unistd.h>

#include <string>

#include "absl/strings/str_cat.h"
#include "shell/interpreter.h"
#include "shell/interrupt.h"
#include "shell/line_editor.h"
#include "shell/reports.h"
#include "shell/statement_text.h"
#include "shell/store_location.h"
#include "shell/terminal.h"

namespace dossier {
namespace {

constexpr char kPrompt[] = "dossier> ";
constexpr char kContinuation[] = "    ...> ";

std::string Greeting(StoreAccess* store) {
  std::string text = absl::StrCat("Dossier ", DOSSIER_VERSION, ", ", store->directory(), ": ");
  const absl::StatusOr<Session*> session = store->ForReading();
  if (!session.ok()) return absl::StrCat(text, "\n", session.status().message(), "\n");
  const absl::StatusOr<DatabaseStatistics> statistics = (*session)->database().Statistics();
  if (!statistics.ok()) return absl::StrCat(text, "\n", statistics.status().message(), "\n");
  return absl::StrCat(text, Counted(statistics->claims, "claim", "claims"), " of ",
                      Counted(statistics->articles, "article", "articles"),
                      ".\n`help` tells what can be asked; `quit` or Ctrl-D leaves.\n");
}

}  // namespace

ExitCode RunRepl(StoreAccess* store, Printer* printer) {
  const PromptScope prompt_scope;  // An interrupt never ends the shell.
  Interpreter interpreter(store, printer);
  LineEditor editor(HistoryPath());
  (void)printer->PrintText(Greeting(store));
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
    if (IsTerminal(STDOUT_FILENO)) printer->options().width = TerminalWidth(STDOUT_FILENO);
    const ExitCode code = interpreter.Run(statement);
    if (code == ExitCode::kSystemError && !printer->output_ok()) return code;
  }
  return ExitCode::kDone;
}

}  // namespace dossier
