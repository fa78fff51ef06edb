// Any number of rows can pass through a query in bounded memory: terms are read last, and those that expressions make
// are forgotten with the rows that had them.
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query/cursor_pipe.h"
#include "query/query_engine.h"
#include "query/result/row_reader.h"
#include "query/result/row_texts.h"
#include "rdf/quad.h"
#include "storage/store.h"
#include "tests/support/algebra_reader.h"

namespace dossier {
namespace {

constexpr size_t kMebibyte = size_t{1} << 20;

// 250 nodes, so that two patterns that share no variable make 62,500 rows.
std::shared_ptr<const Snapshot> Nodes() {
  static const std::shared_ptr<const Snapshot> snapshot = [] {
    const std::unique_ptr<Store> store = NewMemoryStore();
    EXPECT_TRUE(store->Commit({*ReadQuads("(repeat 250 (quad :node{} :p \"a name of some length {}\"))"), {}}).ok());
    return store->GetSnapshot();
  }();
  return snapshot;
}

// Runs the query within `limit` bytes as a writer of results does; how many rows came.
absl::StatusOr<size_t> Stream(const std::string& text, size_t limit) {
  absl::StatusOr<algebra::Query> query = ReadAlgebra(text);
  if (!query.ok()) return query.status();
  const Cancellation cancellation;
  MemoryBudget memory(limit);
  auto cursor = Execute(*std::move(query), Nodes(), {&cancellation, &memory});
  if (!cursor.ok()) return cursor.status();
  RowReader reader(&(*cursor)->terms());
  RowBatch batch;
  size_t rows = 0;
  while (true) {
    const absl::StatusOr<bool> more = (*cursor)->Next(&batch);
    if (!more.ok()) return more.status();
    if (!*more) return rows;
    const absl::Status read = reader.ForEachRow(batch, [&](SolutionRow row) {
      for (const Term* term : row) EXPECT_NE(term, nullptr);
      ++rows;
      return absl::OkStatus();
    });
    if (!read.ok()) return read;
    (*cursor)->ForgetRows();
  }
}

constexpr char kCross[] = "(bgp (quad ?a :p ?b) (quad ?c :p ?d))";
constexpr size_t kRows = 62500;

TEST(Streaming, TermsThatAreMadeForARowAreForgottenWithIt) {
  const std::string query =
      absl::StrCat("(project (?a ?x ?y) (extend (?y (strlen ?x)) (extend (?x (concat ?b \"-\" ?d)) ", kCross, ")))");
  const absl::StatusOr<size_t> rows = Stream(query, 3 * kMebibyte / 2);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(*rows, kRows);
}

TEST(Streaming, TermsThatAConditionMakesAreForgottenAtOnce) {
  const std::string query = absl::StrCat("(filter (contains (ucase (concat ?b ?d)) \"NAME\") ", kCross, ")");
  const absl::StatusOr<size_t> rows = Stream(query, 3 * kMebibyte / 2);
  ASSERT_TRUE(rows.ok()) << rows.status();
  EXPECT_EQ(*rows, kRows);
}

TEST(Streaming, TermsThatATableHoldsCountAgainstTheLimit) {
  const std::string query = absl::StrCat("(distinct (project (?x) (extend (?x (concat ?b \"-\" ?d)) ", kCross, ")))");
  EXPECT_TRUE(absl::IsResourceExhausted(Stream(query, 3 * kMebibyte / 2).status()));
}

TEST(TermSpace, NeverGivesTheNumberOfAForgottenTermAgain) {
  TermSpace terms(Nodes());
  const Term first = Term::String("the first made term");
  const Term second = Term::String("the second made term");
  const uint64_t begin = terms.next_local();
  const TermId id = *terms.Intern(first);
  const TermId kept = *terms.Intern(second);
  terms.ForgetLocal(begin, kept);
  EXPECT_FALSE(terms.Get(id).ok());
  EXPECT_EQ(**terms.Get(kept), second);
  EXPECT_EQ(*terms.Intern(second), kept);
  const TermId again = *terms.Intern(first);
  EXPECT_NE(again, id);
  EXPECT_EQ(**terms.Get(again), first);
}

TEST(TermSpace, GivesBackTheMemoryOfWhatItForgets) {
  MemoryBudget memory(256 * kMebibyte);
  const std::unique_ptr<Store> store = NewMemoryStore();
  std::vector<Quad> quads;
  for (int i = 0; i < 100; ++i) {
    quads.push_back({Term::Iri("http://e/s"), Term::Iri("http://e/p"),
                     Term::String(absl::StrCat(i, std::string(600'000, 'x'))), std::nullopt});
  }
  ASSERT_TRUE(store->Commit({quads, {}}).ok());
  TermSpace terms(store->GetSnapshot(), &memory);
  size_t most = 0;
  for (const Quad& quad : quads) {
    const absl::StatusOr<TermId> id = terms.Intern(quad.object);
    ASSERT_TRUE(id.ok()) << id.status();
    EXPECT_EQ(**terms.Get(*id), quad.object);
    most = std::max(most, memory.used());
    terms.Trim();
  }
  EXPECT_GT(most, 16 * kMebibyte);
  EXPECT_LT(most, 48 * kMebibyte);
  const uint64_t begin = terms.next_local();
  const size_t before = memory.used();
  ASSERT_TRUE(terms.Intern(Term::String(std::string(1000, 'y'))).ok());
  EXPECT_GT(memory.used(), before);
  terms.ForgetLocal(begin);
  EXPECT_EQ(memory.used(), before);
}

TEST(RowReader, GivesTheTermOfEveryCell) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  std::vector<Quad> quads;
  std::vector<Term> all;
  for (int i = 0; i < 3000; ++i) {
    const Term subject = Term::Iri(absl::StrCat("http://e/s", i));
    const Term object = i % 3 == 0 ? Term::String(std::string(static_cast<size_t>(i) % 400, 'o') + absl::StrCat(i))
                                   : Term::TripleTerm({subject, Term::Iri("http://e/p"), Term::String("o")});
    quads.push_back({subject, Term::Iri("http://e/p"), object, std::nullopt});
    all.push_back(subject);
    all.push_back(object);
    all.push_back(Term::String(absl::StrCat("made for the query ", i)));
    all.push_back(Term::Typed(absl::StrCat(i), "http://www.w3.org/2001/XMLSchema#integer"));
  }
  ASSERT_TRUE(store->Commit({quads, {}}).ok());
  TermSpace terms(store->GetSnapshot());
  RowReader reader(&terms);
  std::mt19937_64 random(7);
  for (int run = 0; run < 5; ++run) {
    RowBatch batch;
    batch.rows = 1 + random() % kBatchRows;
    batch.columns.resize(3);
    std::vector<const Term*> expected;
    for (size_t row = 0; row < batch.rows; ++row) {
      for (auto& column : batch.columns) {
        const size_t choice = random() % (all.size() + 100);
        expected.push_back(choice < all.size() ? &all[choice] : nullptr);
        column.push_back(choice < all.size() ? *terms.Intern(all[choice]) : TermId());
      }
    }
    size_t cell = 0;
    const absl::Status status = reader.ForEachRow(batch, [&](SolutionRow row) {
      for (const Term* term : row) {
        const Term* const wanted = expected[cell++];
        EXPECT_EQ(term == nullptr, wanted == nullptr);
        EXPECT_TRUE(term == nullptr || wanted == nullptr || *term == *wanted);
      }
      return absl::OkStatus();
    });
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(cell, expected.size());
  }
}

std::unique_ptr<ResultCursor> CursorOf(const std::string& text, MemoryBudget* memory) {
  static const Cancellation cancellation;
  auto cursor = Execute(*ReadAlgebra(text), Nodes(), {&cancellation, memory});
  EXPECT_TRUE(cursor.ok()) << cursor.status();
  return *std::move(cursor);
}

TEST(CursorPipe, GivesTheRowsOfItsCursorInTheirOrder) {
  MemoryBudget memory(256 * kMebibyte);
  const std::unique_ptr<ResultCursor> plain = CursorOf(kCross, &memory);
  const std::unique_ptr<ResultCursor> piped = CursorOf(kCross, &memory);
  CursorPipe pipe(piped.get(), &memory);
  RowBatch expected;
  RowBatch batch;
  size_t rows = 0;
  while (*plain->Next(&expected)) {
    ASSERT_TRUE(*pipe.Next(&batch));
    EXPECT_EQ(batch.columns, expected.columns);
    rows += batch.rows;
  }
  EXPECT_EQ(rows, kRows);
  EXPECT_FALSE(*pipe.Next(&batch));
  EXPECT_FALSE(*pipe.Next(&batch));
}

TEST(CursorPipe, HandsOnTheErrorAfterTheRowsBeforeIt) {
  MemoryBudget memory(256 * kMebibyte);
  // The table of a hash join does not fit into what is left.
  MemoryReservation rest(&memory);
  const std::unique_ptr<ResultCursor> cursor = CursorOf(absl::StrCat("(distinct ", kCross, ")"), &memory);
  ASSERT_TRUE(rest.Resize(256 * kMebibyte - memory.used() - (1 << 20)).ok());
  CursorPipe pipe(cursor.get(), &memory);
  RowBatch batch;
  absl::StatusOr<bool> more = true;
  while (more.ok() && *more) more = pipe.Next(&batch);
  EXPECT_TRUE(absl::IsResourceExhausted(more.status())) << more.status();
}

TEST(CursorPipe, EndsWhenNobodyWantsMore) {
  MemoryBudget memory(256 * kMebibyte);
  const std::unique_ptr<ResultCursor> cursor = CursorOf(kCross, &memory);
  const size_t before = memory.used();
  {
    CursorPipe pipe(cursor.get(), &memory);
    RowBatch batch;
    ASSERT_TRUE(*pipe.Next(&batch));
  }
  EXPECT_LE(memory.used(), before + kMebibyte);
}

TEST(ResultCursor, KnowsWhetherItsRowsHaveTermsOfTheStoreOnly) {
  MemoryBudget memory(256 * kMebibyte);
  EXPECT_TRUE(CursorOf(kCross, &memory)->GivesStoredTermsOnly());
  EXPECT_FALSE(CursorOf("(extend (?x (concat ?b \"-\")) (bgp (quad ?a :p ?b)))", &memory)->GivesStoredTermsOnly());
  EXPECT_FALSE(CursorOf("(group () ((?x (max ?b))) (bgp (quad ?a :p ?b)))", &memory)->GivesStoredTermsOnly());
}

// Rows as their texts, to compare.
class Lines : public TextRowWriter {
 public:
  absl::Status Begin(absl::Span<const std::string>) override { return absl::OkStatus(); }
  absl::Status AppendCell(const TermView& term, std::string* text) const override {
    text->append(term.ToTerm().ToString());
    return absl::OkStatus();
  }
  absl::Status TextRow(absl::Span<const absl::string_view> cells) override {
    std::string& line = lines.emplace_back();
    for (const absl::string_view cell : cells) absl::StrAppend(&line, cell.data() == nullptr ? "-" : cell, "|");
    return absl::OkStatus();
  }
  absl::Status Boolean(bool) override { return absl::OkStatus(); }
  absl::Status End() override { return absl::OkStatus(); }

  std::vector<std::string> lines;
};

TEST(RowTexts, GivesTheTextOfEveryCellInTheOrderOfTheRows) {
  const std::unique_ptr<Store> store = NewMemoryStore();
  std::vector<Quad> quads;
  std::vector<Term> all;
  for (int i = 0; i < 6000; ++i) {
    const Term subject = Term::Iri(absl::StrCat("http://e/s", i));
    const Term object = Term::String(std::string(i % 50 == 0 ? 60'000 : 20, 'o') + absl::StrCat(i));
    quads.push_back({subject, Term::Iri("http://e/p"), object, std::nullopt});
    for (const Term& term : {subject, object, Term::String(absl::StrCat("made for the query ", i)),
                             Term::Typed(absl::StrCat(i), "http://www.w3.org/2001/XMLSchema#integer")}) {
      all.push_back(term);
    }
  }
  ASSERT_TRUE(store->Commit({quads, {}}).ok());
  TermSpace terms(store->GetSnapshot());
  // With room for what it keeps, and with none.
  for (const size_t limit : {64 * kMebibyte, size_t{1}}) {
    MemoryBudget memory(limit);
    Lines lines;
    std::vector<std::string> expected;
    {
      RowTexts texts(&terms, &memory, &lines);
      std::mt19937_64 random(7);
      for (int run = 0; run < 20; ++run) {
        RowBatch batch;
        batch.rows = 1 + random() % kBatchRows;
        batch.columns.resize(3);
        for (size_t row = 0; row < batch.rows; ++row) {
          std::string& line = expected.emplace_back();
          for (auto& column : batch.columns) {
            const size_t choice = random() % (all.size() + 100);
            column.push_back(choice < all.size() ? *terms.Intern(all[choice]) : TermId());
            absl::StrAppend(&line, choice < all.size() ? all[choice].ToString() : "-", "|");
          }
        }
        bool written = false;
        ASSERT_TRUE(texts.Add(batch, &written).ok());
        EXPECT_EQ(written, lines.lines.size() == expected.size());
      }
      ASSERT_TRUE(texts.Flush().ok());
    }
    EXPECT_EQ(lines.lines, expected);
    EXPECT_EQ(memory.used(), 0U);
  }
}

}  // namespace
}  // namespace dossier
