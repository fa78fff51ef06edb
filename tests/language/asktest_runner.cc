// Runs the *.asktest files: statements with what the language is to make of them, over small data sets.
//
//   data: plain.ttl ...      the files of data/, or folders of datasets/, that the following statements see (the
//                            vocabulary is always there)
//   today: 2020-06-01        what relative dates are counted from
//   ? QUESTION               a statement; the lines up to the next blank one are its result
//
// With --accept the results are written into the files instead of being compared: look at the difference before you
// commit it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/cancellation.h"
#include "base/diagnostic.h"
#include "base/memory_budget.h"
#include "query/ask/ask.h"
#include "rdf/edtf.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/support/files.h"

namespace dossier {
namespace {

bool accept_results = false;

const std::filesystem::path kSource = DOSSIER_SOURCE_DIR;
const std::filesystem::path kTests = kSource / "tests/language";

// A store in memory and what is known of it.
class World {
 public:
  explicit World(const std::vector<std::string>& files) {
    ChangeSet changes;
    const auto add = [&](const std::filesystem::path& path) {
      ReaderOptions options;
      options.blank_node_prefix = absl::StrCat(path.stem().string(), "_");
      const absl::Status status = ReadRdfFile(path.string(), options, [&](Quad&& quad) {
        changes.assertions.push_back(std::move(quad));
        return absl::OkStatus();
      });
      EXPECT_TRUE(status.ok()) << RenderError(status);
    };
    add(kSource / "datasets/vocabulary.ttl");
    for (const std::string& file : files) {
      if (!absl::StartsWith(file, "datasets/")) {
        add(kTests / "data" / file);
        continue;
      }
      for (const std::filesystem::path& path : FilesIn(kSource / file, ".ttl")) add(path);
    }
    Commit(changes);
  }

  std::string Run(const std::string& text, const ask::AskOptions& options) {
    const absl::StatusOr<ask::Command> command = ask::Understand(text, *catalogue_, *snapshot_, options);
    if (!command.ok()) return ShowError(command.status());
    switch (command->kind) {
      case ask::Command::Kind::kQuestion: return Answered(*command);
      case ask::Command::Kind::kExplain: return Explained(*command);
      case ask::Command::Kind::kChange: return Changed(*command);
      case ask::Command::Kind::kLoad: return absl::StrCat("load: ", command->argument, "\n");
      case ask::Command::Kind::kSearch: return absl::StrCat("search: ", command->argument, "\n");
      case ask::Command::Kind::kHelp: return absl::StrCat("help: ", command->argument, "\n");
      case ask::Command::Kind::kExport:
        return absl::StrCat("export: ", command->argument, "; format: ", command->format, "\n");
      case ask::Command::Kind::kWhyRow: return WhyRow(command->row);
      case ask::Command::Kind::kWhyEmpty:
        if (last_question_ == nullptr) return "no question yet\n";
        return Shown(ask::ExplainEmpty(*last_question_, *catalogue_, snapshot_, Context(), nullptr));
      case ask::Command::Kind::kSparql: {
        const auto text =
            ask::ToSparql(command->question != nullptr ? *command->question : *last_question_, *snapshot_);
        return text.ok() ? *text : ShowError(text.status());
      }
    }
    return "";
  }

 private:
  void Commit(const ChangeSet& changes) {
    const auto summary = store_->Commit(changes);
    ASSERT_TRUE(summary.ok()) << summary.status().ToString();
    snapshot_ = store_->GetSnapshot();
    auto catalogue = ask::Catalogue::Build(snapshot_);
    ASSERT_TRUE(catalogue.ok()) << catalogue.status().ToString();
    catalogue_ = *std::move(catalogue);
  }

  static std::string ShowError(const absl::Status& status) {
    const std::optional<Diagnostic> diagnostic = GetDiagnostic(status);
    if (!diagnostic.has_value()) return absl::StrCat("error: ", std::string(status.message()), "\n");
    std::string shown = absl::StrCat("error at ", diagnostic->column, ": ", diagnostic->message, "\n");
    if (!diagnostic->suggestions.empty()) {
      absl::StrAppend(&shown, "suggest: ", absl::StrJoin(diagnostic->suggestions, ", "), "\n");
    }
    return shown;
  }

  QueryContext Context() {
    QueryContext context;
    context.cancellation = &cancellation_;
    context.memory = &memory_;
    return context;
  }

  std::string Answered(const ask::Command& command) {
    const absl::StatusOr<Answer> answer =
        ask::AnswerQuestion(*command.question, *catalogue_, snapshot_, Context(), nullptr);
    if (answer.ok()) {
      last_question_ = command.question;
      last_answer_ = *answer;
    }
    return Shown(answer);
  }

  std::string WhyRow(int64_t row) {
    if (row < 1 || static_cast<size_t>(row) > last_answer_.rows.size()) return "no such row\n";
    return Shown(ask::ExplainRow(last_answer_.rows[row - 1], *catalogue_, *snapshot_, nullptr));
  }

  static std::string Shown(const absl::StatusOr<Answer>& answer) {
    if (!answer.ok()) return ShowError(answer.status());
    std::string shown;
    if (!answer->reading.empty()) absl::StrAppend(&shown, "reading: ", answer->reading, "\n");
    switch (answer->verdict) {
      case Answer::Verdict::kNone: break;
      case Answer::Verdict::kYes: absl::StrAppend(&shown, "verdict: yes\n"); break;
      case Answer::Verdict::kNo: absl::StrAppend(&shown, "verdict: no\n"); break;
      case Answer::Verdict::kDenied: absl::StrAppend(&shown, "verdict: denied\n"); break;
      case Answer::Verdict::kNotStated: absl::StrAppend(&shown, "verdict: not stated\n"); break;
    }
    std::vector<std::string> rows;
    for (const AnswerRow& row : answer->rows) {
      std::vector<std::string> cells;
      for (const auto& cell : row.cells) cells.push_back(cell.has_value() ? cell->label : "-");
      std::vector<std::string> facts;
      for (const std::string& fact : {row.when, row.certainty}) {
        if (!fact.empty()) facts.push_back(fact);
      }
      facts.push_back(absl::StrCat(row.claims.size(), " claims"));
      if (row.possible) facts.emplace_back("possibly");
      rows.push_back(absl::StrCat("- ", absl::StrJoin(cells, " | "), " (", absl::StrJoin(facts, ", "), ")\n"));
    }
    for (const std::string& row : rows) absl::StrAppend(&shown, row);
    if (rows.empty() && answer->verdict == Answer::Verdict::kNone) absl::StrAppend(&shown, "nothing\n");
    for (const std::string& note : answer->notes) absl::StrAppend(&shown, "note: ", note, "\n");
    return shown;
  }

  std::string Explained(const ask::Command& command) {
    const auto plan = ask::ExplainQuestion(*command.question, snapshot_, Context(), command.analyze);
    return plan.ok() ? absl::StrCat("algebra: ", plan->substr(0, plan->find('\n')), "\n") : ShowError(plan.status());
  }

  std::string Changed(const ask::Command& command) {
    std::string shown = absl::StartsWith(command.reading, "claim ") ? "" : absl::StrCat(command.reading, "\n");
    for (const Quad& quad : command.changes.retractions) {
      absl::StrAppend(&shown, "retract ", quad.subject.ToString(), " ", quad.predicate.ToString(), " ",
                      quad.object.ToString(), "\n");
    }
    for (const Quad& quad : command.changes.assertions) {
      absl::StrAppend(&shown, "assert ", quad.subject.ToString(), " ", quad.predicate.ToString(), " ",
                      quad.object.ToString(), "\n");
    }
    Commit(command.changes);
    return shown;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  std::shared_ptr<const Snapshot> snapshot_;
  std::shared_ptr<const ask::Catalogue> catalogue_;
  std::shared_ptr<const ask::BoundQuestion> last_question_;
  Answer last_answer_;
  Cancellation cancellation_;
  MemoryBudget memory_{size_t{1} << 30U};
};

void RunFile(const std::filesystem::path& path) {
  std::ifstream input(path);
  std::stringstream buffer;
  buffer << input.rdbuf();
  const std::vector<std::string> lines = absl::StrSplit(buffer.str(), '\n');
  std::unique_ptr<World> world;
  ask::AskOptions options;
  std::string result;
  size_t statements = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    const std::string& line = lines[i];
    absl::StrAppend(&result, line, i + 1 < lines.size() ? "\n" : "");
    if (absl::StartsWith(line, "data: ")) {
      world = std::make_unique<World>(absl::StrSplit(line.substr(6), ' '));
    } else if (absl::StartsWith(line, "today: ")) {
      const auto today = ParseEdtf(line.substr(7));
      ASSERT_TRUE(today.ok());
      options.today = *today;
    } else if (absl::StartsWith(line, "? ")) {
      ASSERT_NE(world, nullptr) << path << ": no data before the first statement";
      std::string expected;
      while (i + 1 < lines.size() && !lines[i + 1].empty()) absl::StrAppend(&expected, lines[++i], "\n");
      const std::string actual = world->Run(line.substr(2), options);
      if (!accept_results) {
        EXPECT_EQ(actual, expected) << path.filename() << ": " << line;
      }
      absl::StrAppend(&result, actual);
      ++statements;
    }
  }
  EXPECT_GT(statements, 0U) << path << " has no statements";
  if (accept_results) std::ofstream(path) << result;
}

class AskTest : public testing::TestWithParam<std::string> {};

TEST_P(AskTest, GivesTheExpectedResults) { RunFile(kTests / (GetParam() + ".asktest")); }

std::vector<std::string> TestFiles() {
  std::vector<std::string> names;
  for (const std::filesystem::path& path : FilesIn(kTests, ".asktest")) names.push_back(path.stem().string());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Files, AskTest, testing::ValuesIn(TestFiles()),
                         [](const testing::TestParamInfo<std::string>& info) { return info.param; });

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) dossier::accept_results |= absl::string_view(argv[i]) == "--accept";
  return RUN_ALL_TESTS();
}
