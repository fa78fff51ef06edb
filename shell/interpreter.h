// Carries out statements one after the other: those of the language through a session, and the shell's own words
// (help, set, stats, check, run, quit, and those that begin with a dot).
#pragma once

#include <istream>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "database/sparql_output.h"
#include "shell/exit_code.h"
#include "shell/printer.h"
#include "shell/store_access.h"

namespace dossier {

// "DIR: 1,356 claims of 5 articles.", or why the store cannot be read. Ends with a line end.
std::string StoreSummary(StoreAccess* store);

class Interpreter {
 public:
  Interpreter(StoreAccess* store, Printer* printer) : store_(store), printer_(printer) {}

  // Carries out one statement and prints what it gave. kDone, or what went wrong.
  ExitCode Run(absl::string_view statement);

  // Carries out the statements of a script, up to the first that fails unless `keep_going`. Errors name `source` and
  // the line. The exit code is that of the first failure; a cancellation always ends it.
  ExitCode RunScript(std::istream& script, const std::string& source, bool keep_going);

  // The script in a file.
  ExitCode RunFile(const std::string& path, bool keep_going);

  // One SPARQL request, query or update, whatever its first words; and that of a file ("-": standard input), which sees
  // none of the prefixes that were declared before, and whose relative IRIs are relative to the file.
  ExitCode RunRequest(absl::string_view request);
  ExitCode RunRequestFile(const std::string& path);

  // How the results of queries are written from now on; else it goes by the printer's format.
  void set_sparql_output(SparqlOutput output) { sparql_output_ = std::move(output); }

  bool wants_to_quit() const { return wants_to_quit_; }

 private:
  ExitCode CarryOut(absl::string_view statement, absl::string_view word, absl::string_view rest);
  ExitCode Dot(absl::string_view name, absl::string_view argument);
  // What stands before a question to have its plan; empty where none is wanted.
  std::string ExplainWords() const;
  ExitCode Explain(absl::string_view question);
  ExitCode OpenStore(const std::string& directory);
  ExitCode Query(absl::string_view query);
  ExitCode Help(absl::string_view topic);
  ExitCode Set(absl::string_view arguments);
  ExitCode Statistics();
  ExitCode Check();
  ExitCode Fail(absl::Status error);

  StoreAccess* const store_;
  Printer* const printer_;
  std::optional<SparqlOutput> sparql_output_;
  bool wants_to_quit_ = false;
  // Of the script that is running, for errors.
  std::string source_;
  size_t line_ = 0;
  size_t column_ = 1;
  int depth_ = 0;
};

}  // namespace dossier
