#include "shell/interpreter.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "database/input_files.h"
#include "shell/dot_commands.h"
#include "shell/help.h"
#include "shell/progress_line.h"
#include "shell/reports.h"
#include "shell/settings.h"
#include "shell/sparql_query.h"
#include "shell/statement_text.h"

namespace dossier {
namespace {

constexpr int kMaximumDepth = 16;  // Of scripts that run scripts.

// The first word of `statement`, and the rest.
std::pair<absl::string_view, absl::string_view> SplitWord(absl::string_view statement) {
  statement = absl::StripAsciiWhitespace(statement);
  const size_t end = std::min(statement.find_first_of(" \t\n"), statement.size());
  return {statement.substr(0, end), absl::StripAsciiWhitespace(statement.substr(end))};
}

// "~/data" below the home directory.
std::string HomeExpanded(absl::string_view path) {
  const char* const home = std::getenv("HOME");
  return home != nullptr && absl::StartsWith(path, "~/") ? absl::StrCat(home, path.substr(1)) : std::string(path);
}

}  // namespace

std::string StoreSummary(StoreAccess* store) {
  std::string text = absl::StrCat(store->directory(), ": ");
  const absl::StatusOr<Session*> session = store->ForReading();
  if (!session.ok()) return absl::StrCat(text, "\n", session.status().message(), "\n");
  const absl::StatusOr<DatabaseStatistics> statistics = (*session)->database().Statistics();
  if (!statistics.ok()) return absl::StrCat(text, "\n", statistics.status().message(), "\n");
  return absl::StrCat(text, Counted(statistics->claims, "claim", "claims"), " of ",
                      Counted(statistics->articles, "article", "articles"), ".\n");
}

ExitCode Interpreter::Run(absl::string_view statement) {
  statement = absl::StripAsciiWhitespace(statement);
  while (absl::ConsumeSuffix(&statement, ";")) statement = absl::StripTrailingAsciiWhitespace(statement);
  const auto [word, rest] = SplitWord(statement);
  if (word.empty()) return ExitCode::kDone;
  printer_->BeginResult();
  const ExitCode code = word.front() == '.' ? Dot(word.substr(1), rest) : CarryOut(statement, word, rest);
  printer_->EndResult();
  return code;
}

ExitCode Interpreter::CarryOut(absl::string_view statement, absl::string_view word, absl::string_view rest) {
  const std::string command = absl::AsciiStrToLower(word);
  if (command == "help") return Help(rest);
  if (command == "set") return Set(rest);
  if (command == "run") return RunFile(std::string(rest), /*keep_going=*/false);
  if (rest.empty()) {
    if (command == "stats") return Statistics();
    if (command == "check") return Check();
    if (command == "quit" || command == "exit") {
      wants_to_quit_ = true;
      return ExitCode::kDone;
    }
  }
  switch (Recognize(statement, store_->settings())) {
    case sparql::StatementForm::kQuery: {
      const std::string explain = ExplainWords();
      const bool is_plan = command == "explain";
      if (!explain.empty() && !is_plan) (void)Query(absl::StrCat(explain, statement));
      return Query(statement);
    }
    case sparql::StatementForm::kPrologue: {
      const absl::Status status = Declare(statement, &store_->settings());
      return status.ok() ? ExitCode::kDone : Fail(status);
    }
    case sparql::StatementForm::kUpdate:
    case sparql::StatementForm::kNotSparql: break;
  }
  ProgressLine progress;
  store_->settings().progress = [&progress](const Progress& p) { progress.Show(p); };
  store_->settings().claim_statements = printer_->options().format == AnswerFormat::kTurtle;
  const absl::StatusOr<StatementResult> result = store_->Run(statement);
  store_->settings().progress = nullptr;
  if (!result.ok()) return Fail(result.status());
  if (result->kind == StatementResult::Kind::kHelp) return Help(result->text);
  if (result->kind == StatementResult::Kind::kAnswer) {
    if (const ExitCode explained = Explain(statement); explained != ExitCode::kDone) return explained;
  }
  return printer_->Print(*result);
}

std::string Interpreter::ExplainWords() const {
  switch (printer_->options().explain) {
    case PrintOptions::Explain::kOff: return "";
    case PrintOptions::Explain::kPlan: return "explain ";
    case PrintOptions::Explain::kAnalyze: return "explain analyze ";
  }
  return "";
}

ExitCode Interpreter::Explain(absl::string_view question) {
  const std::string explain = ExplainWords();
  if (explain.empty()) return ExitCode::kDone;
  const absl::StatusOr<StatementResult> plan = store_->Run(absl::StrCat(explain, question));
  // Whole views have no plan.
  return plan.ok() && plan->kind == StatementResult::Kind::kText ? printer_->Print(*plan) : ExitCode::kDone;
}

ExitCode Interpreter::Dot(absl::string_view name, absl::string_view argument) {
  if (argument.size() > 1 && argument.front() == '"' && argument.back() == '"') {
    argument = argument.substr(1, argument.size() - 2);
  }
  if (FindSetting(name) != nullptr) {
    if (!argument.empty()) return Set(absl::StrCat(name, " ", argument));
    return printer_->PrintText(absl::StrCat(SettingValue(name, store_->settings(), printer_->options()), "\n"));
  }
  if (name == "help") return argument.empty() ? printer_->PrintText(DotHelp()) : Help(argument);
  if (name == "show") return Set("");
  if (name == "stats") return Statistics();
  if (name == "check") return Check();
  if (name == "read") return RunFile(HomeExpanded(argument), /*keep_going=*/false);
  if (name == "open") return OpenStore(HomeExpanded(argument));
  if (name == "output") {
    const absl::Status status = printer_->SwitchOutput(HomeExpanded(argument));
    return status.ok() ? ExitCode::kDone : Fail(status);
  }
  if (name == "quit" || name == "exit") {
    wants_to_quit_ = true;
    return ExitCode::kDone;
  }
  const std::string text = absl::StrCat(".", name);
  std::vector<std::string> near = DotCommandsNear(name);
  if (near.empty()) near.emplace_back(".help");
  return Fail(DiagnosticError(
      MakeDiagnostic(absl::StrCat("there is no command \"", text, "\""), text, {0, text.size()}, std::move(near))));
}

ExitCode Interpreter::OpenStore(const std::string& directory) {
  if (directory.empty()) return Fail(absl::InvalidArgumentError("`.open` needs the directory of a store"));
  store_->SwitchTo(directory);
  return printer_->PrintText(StoreSummary(store_));
}

ExitCode Interpreter::RunScript(std::istream& script, const std::string& source, bool keep_going) {
  const std::string source_before = std::exchange(source_, source);
  const size_t line_before = line_;
  const size_t column_before = column_;
  ExitCode result = ExitCode::kDone;
  StatementReader reader(StatementReader::Source::kScript);
  std::string line;
  while (!wants_to_quit_) {
    if (!reader.HasStatement()) {
      const bool more = static_cast<bool>(std::getline(script, line));
      if (!more && !reader.IsUnfinished()) break;
      if (more && !reader.AddLine(line)) continue;
    }
    const std::string statement = reader.TakeStatement();
    line_ = reader.first_line();
    column_ = reader.first_column();
    const ExitCode code = Run(statement);
    if (result == ExitCode::kDone || (result == ExitCode::kPartial && code != ExitCode::kDone)) result = code;
    const bool failed = code != ExitCode::kDone && code != ExitCode::kPartial;
    if (code == ExitCode::kCancelled || (failed && !keep_going)) break;
  }
  source_ = source_before;
  line_ = line_before;
  column_ = column_before;
  return result;
}

ExitCode Interpreter::RunFile(const std::string& path, bool keep_going) {
  if (path.empty()) return Fail(absl::InvalidArgumentError("`run` needs the path of a script"));
  if (depth_ == kMaximumDepth) {
    return Fail(absl::InvalidArgumentError(absl::StrCat("scripts run scripts more than ", kMaximumDepth, " deep")));
  }
  std::ifstream script(path);
  std::error_code error;
  if (!script || std::filesystem::is_directory(path, error)) {
    return Fail(absl::NotFoundError(absl::StrCat("cannot read the script ", path)));
  }
  ++depth_;
  const ExitCode code = IsSparqlFile(path) ? RunRequestFile(path) : RunScript(script, path, keep_going);
  --depth_;
  return code;
}

ExitCode Interpreter::Query(absl::string_view query) {
  const SparqlOutput output = sparql_output_.value_or(SparqlOutputOf(printer_->options().format));
  const PrintOptions::Explain wanted = printer_->options().explain;
  absl::Status status;
  if (wanted != PrintOptions::Explain::kOff && !absl::EqualsIgnoreCase(SplitWord(query).first, "explain")) {
    const bool analyze = wanted == PrintOptions::Explain::kAnalyze;
    status = RunSparqlQuery(absl::StrCat(analyze ? "EXPLAIN ANALYZE " : "EXPLAIN ", query), output, store_, printer_);
  }
  if (status.ok()) status = RunSparqlQuery(query, output, store_, printer_);
  return status.ok() ? ExitCode::kDone : Fail(status);
}

ExitCode Interpreter::RunRequest(absl::string_view request) {
  const bool is_update = Recognize(request, store_->settings()) == sparql::StatementForm::kUpdate;
  printer_->BeginResult();
  const ExitCode code = is_update ? CarryOut(request, "", "") : Query(request);
  printer_->EndResult();
  return code;
}

ExitCode Interpreter::RunRequestFile(const std::string& path) {
  const absl::StatusOr<std::string> request = ReadRequest(path);
  if (!request.ok()) return Fail(request.status());
  absl::StatusOr<std::string> base = AbsoluteFileIri(path == "-" ? "./-" : path);
  if (!base.ok()) return Fail(base.status());
  // A file means the same wherever it is run.
  SessionSettings& settings = store_->settings();
  const sparql::Prologue prologue = std::exchange(settings.prologue, {*std::move(base), {}});
  const bool assume_common_prefixes = std::exchange(settings.assume_common_prefixes, false);
  const std::string source = std::exchange(source_, path == "-" ? "standard input" : path);
  const size_t line = std::exchange(line_, 1);
  const size_t column = std::exchange(column_, 1);
  const ExitCode code = RunRequest(*request);
  settings.prologue = prologue;
  settings.assume_common_prefixes = assume_common_prefixes;
  source_ = source;
  line_ = line;
  column_ = column;
  return code;
}

ExitCode Interpreter::Help(absl::string_view topic) {
  const std::string name = absl::AsciiStrToLower(topic);
  const std::string text = HelpText(name);
  if (!text.empty()) return printer_->PrintText(text);
  const std::string line = absl::StrCat("help ", topic);
  return Fail(
      DiagnosticError(MakeDiagnostic(absl::StrCat("there is no help on \"", topic, "\"; topics are ", HelpTopics()),
                                     line, {line.size() - topic.size(), line.size()}, HelpTopicsNear(name)),
                      absl::StatusCode::kNotFound));
}

ExitCode Interpreter::Set(absl::string_view arguments) {
  if (arguments.empty()) return printer_->PrintText(ShowSettings(store_->settings(), printer_->options()));
  const auto [name, value] = SplitWord(arguments);
  const absl::Status status = ChangeSetting(name, value, &store_->settings(), &printer_->options());
  if (!status.ok()) return Fail(status);
  if (name == "width") printer_->FitToTerminal();
  return ExitCode::kDone;
}

ExitCode Interpreter::Statistics() {
  const absl::StatusOr<Session*> session = store_->ForReading();
  if (!session.ok()) return Fail(session.status());
  const absl::StatusOr<DatabaseStatistics> statistics = (*session)->database().Statistics();
  if (!statistics.ok()) return Fail(statistics.status());
  const bool json = IsJson(printer_->options().format);
  return printer_->PrintText(json ? absl::StrCat(StatisticsJson(store_->directory(), *statistics), "\n")
                                  : StatisticsText(store_->directory(), *statistics));
}

ExitCode Interpreter::Check() {
  const absl::StatusOr<Session*> session = store_->ForReading();
  if (!session.ok()) return Fail(session.status());
  ProgressLine progress;
  const auto faults = (*session)->database().Check([&progress](const Progress& p) { progress.Show(p); });
  if (!faults.ok()) return Fail(faults.status());
  const bool json = IsJson(printer_->options().format);
  if (json) {
    const ExitCode printed = printer_->PrintText(absl::StrCat(CheckJson(store_->directory(), *faults), "\n"));
    return printed == ExitCode::kDone && !faults->empty() ? ExitCode::kSystemError : printed;
  }
  if (faults->empty()) return printer_->PrintText("the store is sound\n");
  (void)printer_->PrintText(absl::StrCat(absl::StrJoin(*faults, "\n"), "\n"));
  return Fail(absl::DataLossError(absl::StrCat("the store has ", faults->size(), " faults")));
}

ExitCode Interpreter::Fail(absl::Status error) {
  if (!source_.empty()) {
    Diagnostic diagnostic = GetDiagnostic(error).value_or(Diagnostic{std::string(error.message())});
    if (diagnostic.source.empty()) {
      diagnostic.source = source_;
      if (diagnostic.line <= 1) {
        // Before the statement stands another, or the blanks that indent it.
        diagnostic.column = std::max<size_t>(diagnostic.column, 1) + column_ - 1;
        if (!diagnostic.line_text.empty()) diagnostic.line_text.insert(0, column_ - 1, ' ');
      }
      diagnostic.line = line_ + (diagnostic.line > 0 ? diagnostic.line - 1 : 0);
      diagnostic.column = std::max<size_t>(diagnostic.column, 1);
      error = DiagnosticError(diagnostic, error.code());
    }
  }
  return printer_->PrintError(error);
}

}  // namespace dossier
