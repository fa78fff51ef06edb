#include "shell/command_line.h"

#include <CLI/CLI.hpp>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "shell/exit_code.h"
#include "shell/output.h"
#include "shell/printer.h"
#include "shell/settings.h"
#include "shell/sparql_query.h"

namespace dossier {
namespace {

constexpr char kDescription[] =
    "Dossier answers questions about what articles report; every answer cites its claims.\n"
    "Without a command it opens the shell; where standard input is no terminal it carries out the statements that it\n"
    "reads there, one a line.";

constexpr char kFooter[] = R"(
Examples:
  dossier load datasets/vocabulary.ttl datasets/kim-russia-2023
  dossier load --articles FOLDER
  dossier ask "who accompanied Kim in 2023"
  dossier ask "how many times did Kim visit China" --format json
  dossier search armoured train

Exit codes: 0 done (an empty answer too), 1 the text given is wrong (syntax, an unknown name), 2 wrong command line,
  3 done in part (lines were rejected), 4 the store or the system failed or a limit was reached, 130 cancelled.
Environment: DOSSIER_STORE (the store without --store), NO_COLOR (no colours), COLUMNS (width of tables).
`help` in the shell tells what can be asked.)";

// Everything as the user wrote it, before it is understood.
struct WordsAsWritten {
  std::string format = "table";
  std::string timeout = "off";
  std::string memory;
  std::string today = "off";
  std::vector<std::string> text;
  std::string export_format;
};

const std::map<std::string, RdfFormat>& ExportFormats() {
  static const std::map<std::string, RdfFormat> formats = {{"nt", RdfFormat::kNTriples},
                                                           {"nq", RdfFormat::kNQuads},
                                                           {"ttl", RdfFormat::kTurtle},
                                                           {"trig", RdfFormat::kTriG}};
  return formats;
}

void AddCommonOptions(CLI::App* app, CommandLine* line, WordsAsWritten* words) {
  app->add_option("--store", line->store,
                  "Directory of the store; else DOSSIER_STORE, else the sample store of the build tree, else "
                  "~/.local/share/dossier/store")
      ->type_name("DIR");
  app->add_option("--format", words->format,
                  absl::StrCat("How answers are written: ", absl::StrJoin(AnswerFormatNames(), ", ")))
      ->type_name("FORMAT");
  app->add_option("--timeout", words->timeout, "The time that a statement may take: 500ms, 10s, 2min")
      ->type_name("TIME");
  app->add_option("--threads", line->session.threads, "Threads that a statement may use; as many as help by default")
      ->type_name("NUMBER")
      ->check(CLI::PositiveNumber);
  app->add_option("--memory", words->memory,
                  "The memory that a statement may take: 512M, 2G (1G; for load a quarter of the machine's)")
      ->type_name("SIZE");
  app->add_option("--today", words->today,
                  "The day that `yesterday` and `last year` are counted from (the day of the newest article)")
      ->type_name("DAY");
}

void AddLoad(CLI::App* app, CommandLine* line) {
  CLI::App* load = app->add_subcommand(
      "load", "Load RDF files (.nt .nq .ttl .trig .rdf .xml, also .gz and .zst), dataset folders, articles (.jsonl)");
  load->fallthrough();
  load->add_option("PATH", line->paths, "Files and folders");
  load->add_option("--articles", line->articles,
                   "Texts of articles: .txt files (or a folder of them) whose names begin with the identifier of an "
                   "article, or .jsonl")
      ->type_name("PATH");
  load->add_flag("--strict", line->strict, "Refuse the whole load at the first bad line instead of skipping it");
  load->add_option("--graph", line->graph, "Put the triples of the default graph into this graph")->type_name("IRI");
  load->add_option("--rejects", line->rejects, "Where skipped lines are written (PATH.rejects.tsv)")->type_name("FILE");
  load->callback([line] {
    line->command = CommandKind::kLoad;
    if (line->paths.empty() && line->articles.empty()) throw CLI::RequiredError("PATH or --articles");
  });
}

void AddQuestions(CLI::App* app, CommandLine* line, WordsAsWritten* words) {
  CLI::App* ask = app->add_subcommand("ask", "Answer one question");
  ask->fallthrough();
  ask->add_option("QUESTION", words->text, "The question, in quotes or not")->required();
  ask->callback([line] { line->command = CommandKind::kAsk; });

  CLI::App* query =
      app->add_subcommand("query", absl::StrCat("Run one SPARQL 1.2 query or update. --format: ", kSparqlFormats));
  query->fallthrough();
  query->add_option("SPARQL", words->text, "The query or update");
  query->add_option("--file", line->file, "A file with it; - is standard input")->type_name("FILE");
  query->callback([line, words] {
    line->command = CommandKind::kQuery;
    if (words->text.empty() == line->file.empty()) throw CLI::ValidationError("query", "give SPARQL or --file FILE");
  });

  CLI::App* run = app->add_subcommand("run", "Carry out the statements of scripts");
  run->fallthrough();
  run->add_option("FILE", line->paths, "Scripts: a statement a line")->required();
  run->callback([line] { line->command = CommandKind::kRun; });
  app->add_flag_callback(
      "--no-rc", [line] { line->rc = false; }, "Do not begin the shell with the statements of ~/.config/dossier/rc");
  for (CLI::App* with_scripts : {app, run}) {
    with_scripts->add_flag("--keep-going", line->keep_going, "Go on after a statement that failed");
  }

  CLI::App* search = app->add_subcommand("search", "Find articles by the words of their text");
  search->fallthrough();
  search->add_option("WORDS", words->text, "Words, \"a phrase\", -without, +with, AND, OR, NOT")->required();
  search->add_option("--limit", line->session.search_limit, "How many articles at most")
      ->check(CLI::Range(size_t{1}, size_t{1000000}))
      ->type_name("N");
  search->callback([line] { line->command = CommandKind::kSearch; });
}

void AddKeeping(CLI::App* app, CommandLine* line, WordsAsWritten* words) {
  CLI::App* write =
      app->add_subcommand("export", "Write all statements as RDF (.nt .nq .ttl .trig, also .gz and .zst)");
  write->add_option("FILE", line->file, "Where to; standard output without it");
  write->add_option("--store", line->store, "Directory of the store")->type_name("DIR");
  write->add_option("--format", words->export_format, "nt, nq, ttl or trig; else by the name of FILE, else nq")
      ->check(CLI::IsMember(ExportFormats()))
      ->type_name("FORMAT");
  write->callback([line] { line->command = CommandKind::kExport; });

  const auto add = [app, line](const char* name, const char* description, CommandKind kind) {
    CLI::App* command = app->add_subcommand(name, description);
    command->fallthrough();
    command->callback([line, kind] { line->command = kind; });
    return command;
  };
  add("stats", "Show what is in the store, and how much", CommandKind::kStats);
  add("check", "Recount every index of the store", CommandKind::kCheck);
  add("backup", "Copy the store into a directory that does not exist yet", CommandKind::kBackup)
      ->add_option("DIR", line->file, "The directory")
      ->required();
  add("restore", "Make the store, which must not exist yet, from a backup", CommandKind::kRestore)
      ->add_option("DIR", line->file, "The directory of the backup")
      ->required();
}

// A wrong value of an option.
void Require(const absl::Status& status, const char* option) {
  if (!status.ok()) throw CLI::ValidationError(option, std::string(status.message()));
}

// Results of SPARQL have formats of their own.
void UnderstandSparqlFormat(const std::string& name, CommandLine* line) {
  const std::optional<SparqlOutput> output = ParseSparqlFormat(name);
  if (!output.has_value()) throw CLI::ValidationError("--format", absl::StrCat("the formats are ", kSparqlFormats));
  line->sparql_output = *output;
  line->format = name == "json" ? AnswerFormat::kJson : AnswerFormat::kTable;  // Of updates and errors.
}

void UnderstandFormat(const std::string& name, CommandLine* line) {
  if (line->command == CommandKind::kQuery) return UnderstandSparqlFormat(name, line);
  const std::optional<AnswerFormat> format = ParseAnswerFormat(name);
  if (!format.has_value()) {
    throw CLI::ValidationError("--format", absl::StrCat("the formats are ", absl::StrJoin(AnswerFormatNames(), ", ")));
  }
  line->format = *format;
}

void Understand(const WordsAsWritten& words, CommandLine* line) {
  UnderstandFormat(words.format, line);
  const auto timeout = ParseTimeout(words.timeout);
  Require(timeout.status(), "--timeout");
  line->session.timeout = *timeout;
  if (!words.memory.empty()) {
    const auto memory = ParseMemory(words.memory);
    Require(memory.status(), "--memory");
    line->session.memory_bytes = *memory;
    line->load_memory = *memory;
  }
  if (words.today != "off") {
    const auto today = ParseDay(words.today);
    Require(today.status(), "--today");
    line->session.today = *today;
  }
  line->text = absl::StrJoin(words.text, " ");
  if (!words.export_format.empty()) line->export_format = ExportFormats().at(words.export_format);
}

// Whether whoever reads the output wants objects, be the command line as wrong as it may.
bool WantsJson(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (argument == "--format" && i + 1 < argc) argument = argv[i + 1];
    absl::ConsumePrefix(&argument, "--format=");
    const std::optional<AnswerFormat> format = ParseAnswerFormat(argument);
    if (format.has_value() && argument.data() != argv[i]) return IsJson(*format);
  }
  return false;
}

}  // namespace

std::variant<CommandLine, int> ParseCommandLine(int argc, const char* const* argv) {
  CLI::App app(kDescription, "dossier");
  app.set_version_flag("--version", absl::StrCat("dossier ", DOSSIER_VERSION));
  app.footer(kFooter);
  app.require_subcommand(0, 1);
  CommandLine line;
  WordsAsWritten words;
  AddCommonOptions(&app, &line, &words);
  AddLoad(&app, &line);
  AddQuestions(&app, &line, &words);
  AddKeeping(&app, &line, &words);
  try {
    app.parse(argc, argv);
    Understand(words, &line);
    return line;
  } catch (const CLI::ParseError& error) {
    std::ostringstream out;
    std::ostringstream messages;
    const int code = app.exit(error, out, messages);
    if (code != 0 && WantsJson(argc, argv)) {
      (void)Output(1).Write(absl::StrCat(ErrorToJson(absl::InvalidArgumentError(error.what())), "\n"));
      return static_cast<int>(ExitCode::kCommandLine);
    }
    if (!out.str().empty()) (void)Output(1).Write(out.str());
    if (!messages.str().empty()) (void)Output(2).Write(messages.str());
    return static_cast<int>(code == 0 ? ExitCode::kDone : ExitCode::kCommandLine);
  }
}

}  // namespace dossier
