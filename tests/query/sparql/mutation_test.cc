// Requests with words left out, doubled and swapped: whatever comes of it is understood or refused with a place inside
// the text. The requests are the seeds of the fuzzer, in which every form of the language occurs.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/diagnostic.h"
#include "base/utf8.h"
#include "gtest/gtest.h"
#include "query/sparql/parser.h"

namespace dossier::sparql {
namespace {

std::vector<std::string> Seeds() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(SEEDS_DIR)) {
    std::ifstream file(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return texts;
}

// The number of requests that were understood: one or none.
size_t Check(const std::string& text) {
  const absl::Status status = ParseRequest(text, "http://example.org/").status();
  if (status.ok()) return 1;
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status << "\n" << text;
  const std::optional<Diagnostic> diagnostic = GetDiagnostic(status);
  EXPECT_TRUE(diagnostic.has_value()) << status << "\n" << text;
  if (!diagnostic.has_value()) return 0;
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  EXPECT_TRUE(diagnostic->line >= 1 && diagnostic->line <= lines.size()) << status << "\n" << text;
  EXPECT_TRUE(diagnostic->column >= 1 && diagnostic->column <= CountCodePoints(lines[diagnostic->line - 1]) + 1)
      << status << "\n"
      << text;
  return 0;
}

TEST(SparqlMutations, SeedsAreUnderstood) {
  const std::vector<std::string> seeds = Seeds();
  ASSERT_GE(seeds.size(), 8u);
  for (const std::string& seed : seeds) {
    const absl::Status status = ParseRequest(seed, "http://example.org/").status();
    EXPECT_TRUE(status.ok()) << RenderError(status) << seed;
  }
}

TEST(SparqlMutations, AreUnderstoodOrRefusedWithAPlace) {
  size_t understood = 0;
  size_t tried = 0;
  for (const std::string& seed : Seeds()) {
    const std::vector<std::string> words = absl::StrSplit(seed, ' ');
    // Of long requests, some words.
    for (size_t i = 0; i < words.size(); i += 1 + words.size() / 150) {
      std::vector<std::string> without = words;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      std::vector<std::string> doubled = words;
      doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), words[i]);
      std::vector<std::string> swapped = words;
      std::swap(swapped[i], swapped[(i + 1) % words.size()]);
      std::vector<std::string> cut(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i));
      for (const auto& mutation : {without, doubled, swapped, cut}) {
        understood += Check(absl::StrJoin(mutation, " "));
        ++tried;
      }
    }
  }
  // Some mutations change the meaning only.
  EXPECT_GT(understood, 0u);
  EXPECT_LT(understood, tried);
}

TEST(SparqlMutations, GiveTheSameInManyThreadsAtOnce) {
  const std::vector<std::string> seeds = Seeds();
  std::vector<size_t> understood(4);
  std::vector<std::thread> threads;
  for (size_t& count : understood) {
    threads.emplace_back([&count, &seeds] {
      for (const std::string& seed : seeds) count += ParseRequest(seed, "http://example.org/").ok() ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const size_t count : understood) EXPECT_EQ(count, seeds.size());
}

}  // namespace
}  // namespace dossier::sparql
