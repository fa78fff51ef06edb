// Every question of the language's tests, and of the table of questions where there is one, both ways: as the algebra
// that it was compiled to, and as the SPARQL text that `show sparql` prints for it. The rows have to be the same.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/cancellation.h"
#include "base/diagnostic.h"
#include "base/memory_budget.h"
#include "query/ask/ask.h"
#include "query/ask/bound_question.h"
#include "query/query_engine.h"
#include "query/sparql/bind.h"
#include "query/sparql/parser.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/support/files.h"

namespace dossier {
namespace {

const std::filesystem::path kSource = DOSSIER_SOURCE_DIR;

struct World {
  std::unique_ptr<Store> store = NewMemoryStore();
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const ask::Catalogue> catalogue;
};

void AddFile(const std::filesystem::path& path, ChangeSet* changes) {
  ReaderOptions options;
  options.blank_node_prefix = absl::StrCat(path.stem().string(), "_");
  const absl::Status status = ReadRdfFile(path.string(), options, [&](Quad&& quad) {
    changes->assertions.push_back(std::move(quad));
    return absl::OkStatus();
  });
  ASSERT_TRUE(status.ok()) << RenderError(status);
}

// The store that an .asktest file's line `data: ...` names; each is made once.
const World& WorldOf(const std::string& data) {
  static auto* worlds = new std::map<std::string, World>();
  const auto [it, is_new] = worlds->try_emplace(data);
  World& world = it->second;
  if (!is_new) return world;
  ChangeSet changes;
  AddFile(kSource / "datasets/vocabulary.ttl", &changes);
  for (const std::string& file : std::vector<std::string>(absl::StrSplit(data, ' '))) {
    if (!absl::StartsWith(file, "datasets/")) {
      AddFile(kSource / "tests/language/data" / file, &changes);
      continue;
    }
    for (const std::filesystem::path& path : FilesIn(kSource / file, ".ttl")) AddFile(path, &changes);
  }
  EXPECT_TRUE(world.store->Commit(changes).ok());
  world.snapshot = world.store->GetSnapshot();
  world.catalogue = *ask::Catalogue::Build(world.snapshot);
  return world;
}

// The rows as text, sorted: the order of rows without ORDER BY means nothing.
absl::StatusOr<std::vector<std::string>> Rows(algebra::Query query, const World& world) {
  const Cancellation cancellation;
  MemoryBudget memory(size_t{1} << 30U);
  QueryContext context;
  context.cancellation = &cancellation;
  context.memory = &memory;
  auto cursor = Execute(std::move(query), world.snapshot, context);
  if (!cursor.ok()) return cursor.status();
  std::vector<std::string> rows;
  RowBatch batch;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    if (!more.ok()) return more.status();
    if (!*more) break;
    for (size_t row = 0; row < batch.rows; ++row) {
      std::vector<std::string> cells;
      for (const auto& column : batch.columns) {
        const TermId id = column[row];
        cells.push_back(id.is_undefined() ? "-" : (*(*cursor)->terms().Get(id))->ToString());
      }
      rows.push_back(absl::StrJoin(cells, " "));
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

// Asks both ways. False for what no SPARQL text stands for, and for what is no question.
bool Compare(const std::string& text, const World& world) {
  const absl::StatusOr<ask::Command> command = ask::Understand(text, *world.catalogue, *world.snapshot, {});
  if (!command.ok() || command->kind != ask::Command::Kind::kQuestion) return false;
  const absl::StatusOr<std::string> sparql = ask::ToSparql(*command->question, *world.snapshot);
  if (!sparql.ok()) return false;
  const auto parsed = sparql::ParseQuery(*sparql, "");
  EXPECT_TRUE(parsed.ok()) << text << "\n" << *sparql << RenderError(parsed.status());
  if (!parsed.ok()) return true;
  absl::StatusOr<sparql::BoundQuery> bound = sparql::BindQuery(*parsed, *sparql);
  EXPECT_TRUE(bound.ok()) << text << "\n" << *sparql << RenderError(bound.status());
  if (!bound.ok()) return true;
  const algebra::Query& own = command->question->compiled.query;
  const auto expected = Rows(algebra::Query{algebra::Clone(*own.root), own.variables}, world);
  const auto actual = Rows(std::move(bound->algebra), world);
  EXPECT_TRUE(expected.ok() && actual.ok()) << text << "\n" << *sparql << actual.status();
  if (expected.ok() && actual.ok()) {
    EXPECT_EQ(*actual, *expected) << text << "\n" << *sparql;
  }
  return true;
}

TEST(ShowSparql, GivesTheRowsOfEveryQuestionOfTheLanguagesTests) {
  size_t compared = 0;
  for (const std::filesystem::path& path : FilesIn(kSource / "tests/language", ".asktest")) {
    std::ifstream file(path);
    std::string data;
    for (std::string line; std::getline(file, line);) {
      if (absl::StartsWith(line, "data: ")) data = line.substr(6);
      if (absl::StartsWith(line, "? ")) compared += Compare(line.substr(2), WorldOf(data)) ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 100U);
}

TEST(ShowSparql, GivesTheRowsOfEveryQuestionOfTheTable) {
  const std::filesystem::path table = DOSSIER_QUESTIONS;
  if (!std::filesystem::exists(table)) GTEST_SKIP() << "there is no table of questions";
  const World& world = WorldOf("datasets/kim-russia-2023");
  std::ifstream file(table);
  size_t compared = 0;
  std::string line;
  std::getline(file, line);  // The header.
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    if (cells.size() > 2) compared += Compare(cells[2], world) ? 1 : 0;
  }
  EXPECT_GT(compared, 0U);
}

}  // namespace
}  // namespace dossier
