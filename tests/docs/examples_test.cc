// Runs the examples of the documentation, over a store with the dataset datasets/kim-russia-2023, as the program runs
// them: what stands there is what a user sees. Three kinds of examples are run; those of `help` are the third.
//
// A fenced block of the kind `ask` in any page:
//
//   ```ask
//   ? who did Kim meet in 2018      a statement, and below it what it prints (without the claims under each row and
//   Kim = Kim Jong-un; ...          without the time it took), up to the next statement or blank line
//   ...                             at the end: and so on; the rest is not compared
//
//   ? who met Zebedee               an error is printed like anything else
//   error: line 1, column 9: unknown name "Zebedee"
//   who met Zebedee
//           ^^^^^^^
//
//   ? when did Kim visit China      with nothing below, a statement has to be carried out without an error
//   ```
//
// Each code span of docs/language.md that reads like a question: it begins with a word that begins questions, has three
// words or more, no dots that leave something out, and no placeholder (A, B, X, Y, NAME, ...). It has to be carried out
// without an error. A fragment that is no question of its own is written with dots: `... before the Hanoi summit`.
//
// `data: PATH ...` in a block takes other data for the rest of it: files of the sources, beside the vocabulary.
// Changes (assert, define) stay for the rest of the page. With --accept the blocks are written anew with what is
// printed now (as many lines as there are before the dots): read the difference before you commit it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "shell/help.h"
#include "shell/interpreter.h"
#include "shell/output.h"
#include "shell/printer.h"
#include "shell/statement_text.h"
#include "shell/store_access.h"
#include "tests/database/temporary_folder.h"

namespace dossier {
namespace {

bool accept_results = false;

const std::filesystem::path kSource = DOSSIER_SOURCE_DIR;

// The shell with some data, which are named from the folder of the sources.
class Shell {
 public:
  explicit Shell(const TemporaryFolder& folder, absl::string_view data = "datasets/kim-russia-2023")
      : store_(folder.Path(absl::StrReplaceAll(data, {{"/", "_"}})), Settings()) {
    std::string load = absl::StrCat("load ", kSource.string(), "/datasets/vocabulary.ttl");
    for (absl::string_view path : absl::StrSplit(data, ' ')) absl::StrAppend(&load, " ", kSource.string(), "/", path);
    const auto [code, text] = Run(load);
    EXPECT_EQ(code, ExitCode::kDone) << text;
  }

  // What a statement prints, errors included.
  std::pair<ExitCode, std::string> Run(const std::string& statement) {
    printed_.clear();
    const ExitCode code = interpreter_.Run(statement);
    return {code, printed_};
  }

 private:
  static SessionSettings Settings() {
    SessionSettings settings;
    settings.assume_common_prefixes = true;
    return settings;
  }
  static PrintOptions Options() {
    PrintOptions options;
    options.width = 120;
    options.claims = false;
    return options;
  }

  std::string printed_;
  Output output_{&printed_};
  StoreAccess store_;
  Printer printer_{&output_, &output_, Options()};
  Interpreter interpreter_{&store_, &printer_};
};

std::vector<std::string> LinesOf(const std::filesystem::path& path) {
  std::stringstream buffer;
  buffer << std::ifstream(path).rdbuf();
  return absl::StrSplit(buffer.str(), '\n');
}

// `printed` as it stands below its statement: cut where `expected` is cut, with the folder of the sources left out.
std::vector<std::string> Shown(absl::string_view printed, const std::vector<std::string>& expected) {
  std::vector<std::string> lines = absl::StrSplit(absl::StripSuffix(printed, "\n"), '\n');
  if (!expected.empty() && expected.back() == "..." && lines.size() >= expected.size()) {
    lines.resize(expected.size() - 1);
    lines.emplace_back("...");
  }
  return lines;
}

// Runs the blocks of a page; the page as it ought to be.
std::string RunBlocks(const std::filesystem::path& path, size_t* statements) {
  const TemporaryFolder folder;
  Shell shell(folder);
  const std::vector<std::string> lines = LinesOf(path);
  std::vector<std::string> result;
  bool in_block = false;
  std::unique_ptr<Shell> other;  // With other data.
  for (size_t i = 0; i < lines.size(); ++i) {
    result.push_back(lines[i]);
    if (absl::StartsWith(lines[i], "```")) {
      in_block = !in_block && lines[i] == "```ask";
      other.reset();
    }
    if (in_block && absl::StartsWith(lines[i], "data: ")) {
      other = std::make_unique<Shell>(folder, lines[i].substr(6));
    }
    if (!in_block || !absl::StartsWith(lines[i], "? ")) continue;
    std::vector<std::string> expected;
    while (i + 1 < lines.size() && !lines[i + 1].empty() && !absl::StartsWith(lines[i + 1], "```") &&
           !absl::StartsWith(lines[i + 1], "? ")) {
      expected.push_back(lines[++i]);
    }
    const std::string statement = result.back().substr(2);
    const auto [code, printed] = (other ? *other : shell).Run(statement);
    ++*statements;
    if (expected.empty()) {
      EXPECT_EQ(code, ExitCode::kDone) << path.filename() << ": " << statement << "\n" << printed;
      continue;
    }
    const std::vector<std::string> shown = Shown(printed, expected);
    if (!accept_results) {
      EXPECT_EQ(absl::StrJoin(shown, "\n"), absl::StrJoin(expected, "\n")) << path.filename() << ": " << statement;
    }
    result.insert(result.end(), shown.begin(), shown.end());
  }
  return absl::StrJoin(result, "\n");
}

bool ReadsLikeAQuestion(absl::string_view span) {
  static constexpr absl::string_view kBegins[] = {
      "who ",  "whom ", "whose ", "what ",       "which ",      "where ",    "when ",      "why ",
      "how ",  "did ",  "does ",  "do ",         "was ",        "were ",     "is ",        "are ",
      "has ",  "have ", "will ",  "by whom ",    "since when ", "to whom ",  "count ",     "list ",
      "show ", "find ", "path ",  "sources of ", "describe ",   "timeline ", "conflicts ", "according to whom "};
  static constexpr absl::string_view kPlaceholders[] = {"A",      "B",    "X",    "Y",     "N",        "M",
                                                        "NAME",   "TYPE", "FILE", "WORDS", "QUESTION", "COLUMN",
                                                        "CLAUSE", "DATE", "TIME", "PLACE", "THING",    "FORMAT"};
  const std::vector<absl::string_view> words = absl::StrSplit(span, ' ', absl::SkipEmpty());
  if (words.size() < 3 || absl::StrContains(span, "...")) return false;
  const auto is_placeholder = [](absl::string_view word) {
    return std::find(std::begin(kPlaceholders), std::end(kPlaceholders), absl::StripSuffix(word, ",")) !=
           std::end(kPlaceholders);
  };
  return std::any_of(std::begin(kBegins), std::end(kBegins),
                     [&](absl::string_view begin) { return absl::StartsWith(span, begin); }) &&
         std::none_of(words.begin(), words.end(), is_placeholder);
}

// The code spans of a page outside of fenced blocks, each in one line.
std::vector<std::string> Spans(const std::filesystem::path& path) {
  std::vector<std::string> spans;
  std::string text;
  bool in_block = false;
  for (const std::string& line : LinesOf(path)) {
    if (absl::StartsWith(line, "```")) in_block = !in_block;
    if (!in_block && !absl::StartsWith(line, "```")) absl::StrAppend(&text, line, " ");
  }
  const std::vector<std::string> pieces = absl::StrSplit(text, '`');
  for (size_t i = 1; i < pieces.size(); i += 2) spans.push_back(pieces[i]);
  return spans;
}

class Pages : public testing::TestWithParam<std::string> {};

TEST_P(Pages, ShowWhatIsPrinted) {
  const std::filesystem::path path = kSource / GetParam();
  size_t statements = 0;
  const std::string page = RunBlocks(path, &statements);
  EXPECT_GT(statements, 0U) << path << " has no block of examples";
  if (accept_results) std::ofstream(path) << page;
}

INSTANTIATE_TEST_SUITE_P(Docs, Pages, testing::Values("docs/language.md"), [](const auto& info) {
  std::string name = info.param;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !absl::ascii_isalnum(c); }, '_');
  return name;
});

TEST(LanguagePage, EveryQuestionInItsTextIsUnderstood) {
  const TemporaryFolder folder;
  Shell shell(folder);
  size_t questions = 0;
  for (const std::string& span : Spans(kSource / "docs/language.md")) {
    if (!ReadsLikeAQuestion(span)) continue;
    ++questions;
    const auto [code, printed] = shell.Run(span);
    EXPECT_EQ(code, ExitCode::kDone) << span << "\n" << printed;
  }
  EXPECT_GT(questions, 40U);
}

TEST(HelpTopics, HaveExamplesThatAreAnswered) {
  const TemporaryFolder folder;
  Shell shell(folder);
  std::vector<std::string> texts = {HelpText("")};
  for (const HelpTopic& topic : AllHelpTopics()) texts.push_back(HelpText(topic.name));
  size_t examples = 0;
  for (const std::string& text : texts) {
    for (absl::string_view line : absl::StrSplit(text, '\n')) {
      if (!absl::ConsumePrefix(&line, "  ") || absl::StartsWith(line, " ")) continue;
      ++examples;
      StatementReader reader;
      reader.AddLine(line);
      const auto [code, printed] = shell.Run(reader.TakeStatement());
      EXPECT_EQ(code, ExitCode::kDone) << line << "\n" << printed;
    }
  }
  EXPECT_GT(examples, 30U);
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) dossier::accept_results |= absl::string_view(argv[i]) == "--accept";
  return RUN_ALL_TESTS();
}
