// Plans, rewritten algebra and answers as text. Each file of tests/query/plans and tests/query/answers holds a block of
// data and then questions; a block `plan` shows the physical plan with its estimates, a block `algebra` what the
// optimiser made of the tree, a block `rows` the answer, sorted unless the question sorts it.
// After a change, `plan_test --accept` writes what comes out now; read the difference before you commit it.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "gtest/gtest.h"
#include "query/optimizer/optimizer.h"
#include "query/query_engine.h"
#include "storage/store.h"
#include "tests/support/algebra_reader.h"
#include "tests/support/block_file.h"

namespace dossier {

bool accept_results = false;

namespace {

class PlanFile {
 public:
  // Fills in the results; false when there was an error, which is reported.
  bool Run(std::vector<Block>* blocks) {
    std::string query;
    for (Block& block : *blocks) {
      absl::StatusOr<std::string> result = std::string(block.text);
      if (block.kind == "data") {
        Load(block.text);
      } else if (block.kind == "query") {
        query = block.text;
      } else if (block.kind == "plan") {
        result = Plan(query);
      } else if (block.kind == "algebra") {
        result = Rewritten(query);
      } else if (block.kind == "rows") {
        result = Answer(query);
      }
      EXPECT_TRUE(result.ok()) << result.status() << "\n" << query;
      if (!result.ok()) return false;
      block.text = *std::move(result);
    }
    return true;
  }

 private:
  void Load(const std::string& text) {
    const auto quads = ReadQuads(text);
    ASSERT_TRUE(quads.ok()) << quads.status();
    ASSERT_TRUE(store_->Commit({*quads, {}}).ok());
  }

  absl::StatusOr<std::string> Plan(const std::string& text) {
    absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
    if (!query.ok()) return query.status();
    auto cursor = Execute(*std::move(query), store_->GetSnapshot(), {&cancellation_, &memory_});
    if (!cursor.ok()) return cursor.status();
    return (*cursor)->DescribePlan(false);
  }

  absl::StatusOr<std::string> Rewritten(const std::string& text) {
    absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
    if (!query.ok()) return query.status();
    TermSpace terms(store_->GetSnapshot());
    optimizer::PassContext context{&terms, &query->variables};
    optimizer::Optimize(&context, true, &query->root);
    return absl::StrCat(algebra::ToString(*query->root, query->variables), "\n");
  }

  // Both engines have to give it.
  absl::StatusOr<std::string> Answer(const std::string& text) {
    absl::StatusOr<std::string> plain = AnswerOf(text, false);
    absl::StatusOr<std::string> optimised = AnswerOf(text, true);
    if (plain.ok() && optimised.ok()) {
      EXPECT_EQ(*plain, *optimised) << text;
    }
    return optimised;
  }

  absl::StatusOr<std::string> AnswerOf(const std::string& text, bool optimise) {
    absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
    if (!query.ok()) return query.status();
    auto cursor = Execute(*std::move(query), store_->GetSnapshot(), {&cancellation_, &memory_, optimise});
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
          cells.push_back(column[row].is_undefined() ? "-" : Short(**(*cursor)->terms().Get(column[row])));
        }
        rows.push_back(absl::StrJoin(cells, "  "));
      }
    }
    if (!absl::StartsWith(text, "(order") && !absl::StartsWith(text, "(slice")) std::sort(rows.begin(), rows.end());
    std::vector<std::string> names;
    for (const algebra::Variable variable : (*cursor)->variables()) {
      names.push_back(absl::StrCat("?", (*cursor)->variable_table().name(variable)));
    }
    rows.insert(rows.begin(), absl::StrJoin(names, "  "));
    return absl::StrCat(absl::StrJoin(rows, "\n"), "\n");
  }

  // As the data are written.
  static std::string Short(const Term& term) {
    std::string text = absl::StrReplaceAll(term.ToString(), {{"http://www.w3.org/2001/XMLSchema#", "xsd:"}});
    const bool plain_number = absl::EndsWith(text, "^^<xsd:integer>") || absl::EndsWith(text, "^^<xsd:decimal>");
    if (plain_number) return term.value();
    size_t at = 0;
    constexpr absl::string_view kNamespace = "<http://example.org/";
    while ((at = text.find(std::string(kNamespace))) != std::string::npos) {
      const size_t end = text.find('>', at);
      text = absl::StrCat(text.substr(0, at), ":", text.substr(at + kNamespace.size(), end - at - kNamespace.size()),
                          text.substr(end + 1));
    }
    return text;
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  Cancellation cancellation_;
  MemoryBudget memory_{size_t{64} << 20};
};

// Runs the files of a folder; or writes their results, with --accept.
void CheckFolder(const std::string& folder, const std::string& extension) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != extension) continue;
    ++files;
    SCOPED_TRACE(entry.path().string());
    const std::vector<Block> expected = ReadBlocks(entry.path());
    std::vector<Block> actual = expected;
    if (!PlanFile().Run(&actual)) continue;
    if (accept_results) WriteBlocks(entry.path(), actual);
    for (size_t i = 0; i < actual.size() && !accept_results; ++i) {
      EXPECT_EQ(actual[i].text, expected[i].text) << "after the question\n" << (i > 0 ? actual[i - 1].text : "");
    }
  }
  EXPECT_GT(files, 0U);
}

TEST(Plans, AreThoseOfTheFiles) { CheckFolder(PLANS_DIR, ".plan"); }

TEST(Answers, AreThoseOfTheFiles) { CheckFolder(ANSWERS_DIR, ".answers"); }

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i)
    dossier::accept_results = dossier::accept_results || std::string(argv[i]) == "--accept";
  return RUN_ALL_TESTS();
}
