// The command line, read and checked. Whatever is wrong with it is told here, with exit code 2.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "database/session.h"
#include "database/sparql_output.h"
#include "query/result/answer_writer.h"
#include "rdf/reader.h"

namespace dossier {

enum class CommandKind { kShell, kLoad, kAsk, kQuery, kRun, kSearch, kExport, kStats, kCheck, kBackup, kRestore };

struct CommandLine {
  CommandKind command = CommandKind::kShell;
  std::string store;  // Of --store; empty when it was not given.
  AnswerFormat format = AnswerFormat::kTable;
  SessionSettings session;  // Limits and `today`.

  bool rc = true;  // Whether the shell begins with the user's rc file.

  std::vector<std::string> paths;     // load, run.
  std::vector<std::string> articles;  // load --articles.
  size_t load_memory = 0;             // Of --memory; 0 when it was not given.
  bool strict = false;
  std::string graph;
  std::string rejects;
  std::string text;            // The question of ask, the request of query, the words of search.
  SparqlOutput sparql_output;  // query.
  bool keep_going = false;
  std::string file;  // Of export (empty: standard output), query (empty: `text`), backup and restore.
  std::optional<RdfFormat> export_format;
};

// The command line, or the exit code when the program is to end at once (--help, --version, a wrong command line),
// after what there is to say was printed.
std::variant<CommandLine, int> ParseCommandLine(int argc, const char* const* argv);

}  // namespace dossier
