// Loads of N-Triples and N-Quads, which the load parses itself in several threads, compared with the same text read one
// statement after the other.
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/diagnostic.h"
#include "gtest/gtest.h"
#include "rdf/input.h"
#include "rdf/line_chunks.h"
#include "rdf/reader.h"
#include "storage/store.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

constexpr char kPrefix[] = "f1_";

std::string RandomTerm(std::mt19937_64* random, int depth) {
  const uint64_t n = (*random)() % 40;
  switch ((*random)() % 12) {
    case 0: return absl::StrCat("_:b", n);
    case 1: return absl::StrCat("\"text ", n, "\"");
    case 2: return absl::StrCat("\"a \\\"longer\\\" text ", n, "\\n\"");
    case 3: return absl::StrCat("\"", n, "\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    case 4: return absl::StrCat("\"0", n, "\" ^^ <http://www.w3.org/2001/XMLSchema#integer>");
    case 5: return absl::StrCat("\"mot ", n, "\"@", n % 2 == 0 ? "fr" : "FR", n % 3 == 0 ? "--ltr" : "");
    case 6: return absl::StrCat("\"2023-01-", 10 + n % 20, "\"^^<http://www.w3.org/2001/XMLSchema#date>");
    case 7: return absl::StrCat("<urn:test:\\u00e", n % 10, ">");
    case 8: return absl::StrCat("\"text ", n, "\"^^<http://www.w3.org/2001/XMLSchema#string>");
    case 9:
      if (depth > 0) {
        return absl::StrCat("<<( <urn:test:s", n, "> <urn:test:p> ", RandomTerm(random, depth - 1),
                            n % 2 == 0 ? " )>>" : "  )>>");
      }
      [[fallthrough]];
    default: return absl::StrCat("<urn:test:o", n, ">");
  }
}

std::string RandomLine(std::mt19937_64* random, bool with_bad) {
  const uint64_t n = (*random)() % 300;
  const std::string subject = n % 7 == 0 ? absl::StrCat("_:s", n) : absl::StrCat("<urn:test:s", n, ">");
  switch ((*random)() % 25) {
    case 0: return "";
    case 1: return "# a comment";
    case 2:
      if (with_bad) return absl::StrCat(subject, " <urn:test:p> no term .");
      break;
    case 3:
      if (with_bad) return absl::StrCat("<relative> <urn:test:p> \"", n, "\" .");
      break;
    case 4:
    case 5:
      return absl::StrCat("_:claim", n, " <http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies> <<( ", subject,
                          " <urn:test:p", n % 3, "> ", RandomTerm(random, 1), " )>> .");
    default: break;
  }
  const std::string graph = n % 5 == 0 ? absl::StrCat(" <urn:test:g", n % 2, ">") : "";
  return absl::StrCat(subject, " <urn:test:p", n % 4, "> ", RandomTerm(random, 2), graph, " .");
}

std::string RandomText(uint64_t seed, int lines, bool with_bad) {
  std::mt19937_64 random(seed);
  std::string text;
  for (int i = 0; i < lines; ++i) {
    absl::StrAppend(&text, RandomLine(&random, with_bad), random() % 9 == 0 ? "\r\n" : "\n");
  }
  return text;
}

class LineLoadTest : public ::testing::Test {
 protected:
  struct Loaded {
    std::unique_ptr<Store> store = NewMemoryStore();
    absl::Status status;
    std::vector<std::string> rejects;
    uint64_t statements = 0;
  };

  Loaded LoadOneByOne(const std::string& text) const {
    Loaded loaded;
    ReaderOptions reader;
    reader.source = "file";
    reader.blank_node_prefix = kPrefix;
    reader.default_graph = default_graph_;
    if (!strict_) {
      reader.on_reject = [&loaded](const Reject& reject) { loaded.rejects.push_back(Describe(reject)); };
    }
    const auto source = [&](QuadSink sink) {
      return ReadRdfText(text, RdfFormat::kNQuads, reader, [&](Quad&& quad) {
        ++loaded.statements;
        return sink(std::move(quad));
      });
    };
    loaded.status = loaded.store->BulkLoad(source, {.commit_quads = 0}).status();
    return loaded;
  }

  Loaded LoadInChunks(const std::string& text, size_t chunk_bytes, size_t memory_bytes) const {
    Loaded loaded;
    auto lines = std::make_shared<LineSource>();
    lines->with_graphs = true;
    lines->name = "file";
    lines->default_graph = default_graph_;
    lines->blank_node_prefix = [] { return std::string(kPrefix); };
    if (!strict_) {
      lines->on_reject = [&loaded](const Reject& reject) { loaded.rejects.push_back(Describe(reject)); };
    }
    lines->on_statements = [&loaded](uint64_t statements) {
      loaded.statements += statements;
      return absl::OkStatus();
    };
    const auto source = [&](LoadSink* sink) -> absl::Status {
      const std::unique_ptr<Input> input = TextInput(text);
      LineChunks chunks(input.get(), chunk_bytes);
      std::string chunk;
      for (bool first = true;; first = false) {
        const auto more = chunks.Next(&chunk);
        if (!more.ok() || !*more) return more.status();
        const absl::Status status = sink->AddLines(lines, std::move(chunk), first);
        if (!status.ok()) return status;
        chunk.clear();
      }
    };
    BulkLoadOptions options;
    options.memory_bytes = memory_bytes;
    loaded.status = loaded.store->BulkLoadFrom(source, options).status();
    return loaded;
  }

  void ExpectSame(const std::string& text) const {
    const Loaded expected = LoadOneByOne(text);
    ASSERT_TRUE(expected.status.ok()) << expected.status;
    const auto snapshot = expected.store->GetSnapshot();
    const std::set<Quad> contents = Contents(*snapshot);
    for (const size_t chunk_bytes : {100, 3'000, 100'000}) {
      for (const size_t memory_bytes : {size_t{256} << 10, size_t{64} << 20}) {
        SCOPED_TRACE(absl::StrCat("chunks of ", chunk_bytes, " bytes, memory ", memory_bytes));
        const Loaded loaded = LoadInChunks(text, chunk_bytes, memory_bytes);
        ASSERT_TRUE(loaded.status.ok()) << loaded.status;
        EXPECT_EQ(loaded.rejects, expected.rejects);
        EXPECT_EQ(loaded.statements, expected.statements);
        ExpectSameStore(*loaded.store->GetSnapshot(), *snapshot);
        ExpectValid(*loaded.store);
        for (const Quad& quad : contents) {
          for (const Term& term : {quad.subject, quad.predicate, quad.object}) {
            ASSERT_EQ(*loaded.store->GetSnapshot()->FindTerm(term), *snapshot->FindTerm(term)) << term.ToString();
          }
        }
      }
    }
  }

  static std::string Describe(const Reject& reject) {
    return absl::StrCat(reject.line, ":", reject.column, " ", reject.reason, ": ", reject.line_text);
  }

  bool strict_ = false;
  std::optional<Term> default_graph_;
};

TEST_F(LineLoadTest, GivesTheSameIdsAsOneStatementAfterTheOther) { ExpectSame(RandomText(1, 6'000, false)); }

TEST_F(LineLoadTest, CountsTheLinesOfBadOnesThroughAllChunks) { ExpectSame(RandomText(2, 6'000, true)); }

TEST_F(LineLoadTest, PutsTheTriplesOfTheDefaultGraphWhereTheyAreWanted) {
  default_graph_ = Node("graph");
  ExpectSame(RandomText(3, 2'000, true));
}

TEST_F(LineLoadTest, SkipsAByteOrderMarkOnTheFirstLineOnly) {
  const std::string line = "<urn:test:s> <urn:test:p> \"1\" .\n";
  std::string text = absl::StrCat("\xEF\xBB\xBF", line);
  for (int i = 0; i < 50; ++i) text.append(line);
  absl::StrAppend(&text, "\xEF\xBB\xBF", line);
  ExpectSame(text);
}

TEST_F(LineLoadTest, RefusesAllForTheFirstBadLineWhenStrict) {
  strict_ = true;
  const std::string text = RandomText(4, 5'000, false) + "a bad line\n" + RandomText(5, 500, true);
  const Loaded expected = LoadOneByOne(text);
  ASSERT_FALSE(expected.status.ok());
  for (const size_t chunk_bytes : {200, 20'000}) {
    const Loaded loaded = LoadInChunks(text, chunk_bytes, size_t{64} << 20);
    EXPECT_EQ(loaded.status, expected.status);
    EXPECT_EQ(loaded.store->GetSnapshot()->commit(), 0U);
  }
}

}  // namespace
}  // namespace dossier
