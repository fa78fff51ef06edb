// The examples of the documents are SPARQL: each block ```sparql of docs/*.md is understood.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "base/diagnostic.h"
#include "gtest/gtest.h"
#include "query/sparql/parser.h"

namespace dossier::sparql {
namespace {

TEST(Documents, HaveExamplesThatAreUnderstood) {
  size_t examples = 0;
  for (const auto& entry : std::filesystem::directory_iterator(DOCUMENTS_DIR)) {
    if (entry.path().extension() != ".md") continue;
    std::ifstream file(entry.path());
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const std::vector<std::string> parts = absl::StrSplit(text, "\n```sparql\n");
    for (size_t i = 1; i < parts.size(); ++i) {
      const std::string example = parts[i].substr(0, parts[i].find("\n```") + 1);
      const absl::Status status = ParseRequest(example, "http://example.org/").status();
      EXPECT_TRUE(status.ok()) << entry.path() << "\n" << RenderError(status) << "\n" << example;
      ++examples;
    }
  }
  EXPECT_GE(examples, 6u);
}

}  // namespace
}  // namespace dossier::sparql
