#include "shell/commands.h"

#include <unistd.h>

#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "database/input_files.h"
#include "shell/export_file.h"
#include "shell/interpreter.h"
#include "shell/interrupt.h"
#include "shell/printer.h"
#include "shell/progress_line.h"
#include "shell/repl.h"
#include "shell/reports.h"
#include "shell/store_access.h"
#include "shell/store_location.h"
#include "shell/terminal.h"

namespace dossier {
namespace {

PrintOptions MakePrintOptions(AnswerFormat format) {
  PrintOptions options;
  options.format = format;
  options.width = TerminalWidth(STDOUT_FILENO);
  options.color = MayUseColor(STDOUT_FILENO);
  options.error_color = MayUseColor(STDERR_FILENO);
  options.timer = IsTerminal(STDOUT_FILENO);
  return options;
}

ExitCode Load(const CommandLine& line, StoreAccess* store, Printer* printer) {
  // Before a store is made for nothing.
  for (const auto* paths : {&line.paths, &line.articles}) {
    if (const absl::Status status = CheckPathsExist(*paths); !status.ok()) return printer->PrintError(status);
  }
  const absl::StatusOr<Session*> session = store->ForWriting();
  if (!session.ok()) return printer->PrintError(session.status());
  const InterruptScope interrupt(&(*session)->cancellation());
  ExitCode code = ExitCode::kDone;
  for (const bool articles : {false, true}) {
    const std::vector<std::string>& paths = articles ? line.articles : line.paths;
    if (paths.empty()) continue;
    StatementResult result;
    result.kind = StatementResult::Kind::kLoad;
    auto progress = std::make_unique<ProgressLine>();
    LoadOptions options;
    options.strict = line.strict;
    options.graph = line.graph;
    options.rejects_path = line.rejects;
    options.memory_bytes = line.load_memory;
    options.progress = [&progress](const Progress& p) { progress->Show(p); };
    options.cancellation = &(*session)->cancellation();
    Database& database = (*session)->database();
    absl::StatusOr<LoadReport> report =
        articles ? database.LoadArticles(paths, options) : database.Load(paths, options);
    progress.reset();
    if (!report.ok()) return printer->PrintError(report.status());
    result.load = *std::move(report);
    const ExitCode printed = printer->Print(result);
    if (printed == ExitCode::kSystemError) return printed;
    if (printed != ExitCode::kDone) code = printed;
  }
  return code;
}

ExitCode Ask(const CommandLine& line, StoreAccess* store, Printer* printer) {
  store->settings().claim_statements = line.format == AnswerFormat::kTurtle;
  const absl::StatusOr<Session*> session = store->ForReading();
  if (!session.ok()) {
    (void)printer->PrintError(session.status());
    return ExitCode::kSystemError;
  }
  const InterruptScope interrupt(&(*session)->cancellation());
  const absl::StatusOr<StatementResult> result = (*session)->Read(line.text);
  if (!result.ok()) return printer->PrintError(result.status());
  if (result->kind == StatementResult::Kind::kHelp) {
    return Interpreter(store, printer).Run(absl::StrCat("help ", result->text));
  }
  return printer->Print(*result);
}

ExitCode Query(const CommandLine& line, StoreAccess* store, Printer* printer) {
  Interpreter interpreter(store, printer);
  interpreter.set_sparql_output(line.sparql_output);
  return line.file.empty() ? interpreter.RunRequest(line.text) : interpreter.RunRequestFile(line.file);
}

ExitCode Search(const CommandLine& line, StoreAccess* store, Printer* printer) {
  const absl::StatusOr<Session*> session = store->ForReading();
  if (!session.ok()) {
    (void)printer->PrintError(session.status());
    return ExitCode::kSystemError;
  }
  Cancellation& cancellation = (*session)->cancellation();
  const InterruptScope interrupt(&cancellation);
  cancellation.SetTimeout(line.session.timeout);
  auto hits = (*session)->database().Search(line.text, line.session.search_limit, cancellation);
  if (!hits.ok()) return printer->PrintError(hits.status());
  StatementResult result;
  result.kind = StatementResult::Kind::kSearch;
  result.hits = *std::move(hits);
  return printer->Print(result);
}

ExitCode Run(const CommandLine& line, StoreAccess* store, Printer* printer) {
  Interpreter interpreter(store, printer);
  ExitCode code = ExitCode::kDone;
  for (const std::string& path : line.paths) {
    const ExitCode of_file = interpreter.RunFile(path, line.keep_going);
    if (code == ExitCode::kDone || code == ExitCode::kPartial) {
      if (of_file != ExitCode::kDone) code = of_file;
    }
    const bool failed = of_file != ExitCode::kDone && of_file != ExitCode::kPartial;
    if (interpreter.wants_to_quit() || of_file == ExitCode::kCancelled || (failed && !line.keep_going)) break;
  }
  return code;
}

ExitCode Shell(const CommandLine& line, StoreAccess* store, Printer* printer) {
  if (IsTerminal(STDIN_FILENO)) return RunRepl(store, printer, line.rc ? RcPath() : "");
  return Interpreter(store, printer).RunScript(std::cin, "standard input", line.keep_going);
}

ExitCode Backup(const CommandLine& line, StoreAccess* store, Printer* printer) {
  const absl::StatusOr<Session*> session = store->ForReading();
  absl::Status status = session.status();
  if (status.ok()) status = (*session)->database().Backup(line.file);
  if (!status.ok()) return printer->PrintError(status);
  return printer->PrintText(absl::StrCat("copied ", store->directory(), " to ", line.file, "\n"));
}

ExitCode Restore(const CommandLine& line, StoreAccess* store, Printer* printer) {
  const absl::Status status = Database::Restore(line.file, store->directory());
  if (!status.ok()) return printer->PrintError(status);
  return printer->PrintText(absl::StrCat("made ", store->directory(), " from ", line.file, "\n"));
}

}  // namespace

ExitCode RunCommand(const CommandLine& line) {
  SessionSettings settings = line.session;
  settings.assume_common_prefixes = true;  // A convenience for those who type.
  StoreAccess store(LocateStore(line.store), std::move(settings));
  Output output(STDOUT_FILENO);
  Output errors(STDERR_FILENO);
  Printer printer(&output, &errors, MakePrintOptions(line.format));
  switch (line.command) {
    case CommandKind::kShell: return Shell(line, &store, &printer);
    case CommandKind::kLoad: return Load(line, &store, &printer);
    case CommandKind::kAsk: return Ask(line, &store, &printer);
    case CommandKind::kRun: return Run(line, &store, &printer);
    case CommandKind::kSearch: return Search(line, &store, &printer);
    case CommandKind::kExport: return ExportStore(line, &store, &output);
    case CommandKind::kStats: return Interpreter(&store, &printer).Run("stats");
    case CommandKind::kCheck: return Interpreter(&store, &printer).Run("check");
    case CommandKind::kBackup: return Backup(line, &store, &printer);
    case CommandKind::kRestore: return Restore(line, &store, &printer);
    case CommandKind::kQuery: return Query(line, &store, &printer);
  }
  return ExitCode::kDone;
}

}  // namespace dossier
