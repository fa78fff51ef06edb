// What users are told about SPARQL that is wrong, as text: each *.errors file beside this one holds cases, separated by
// lines `====`: a title behind `# `, the request, a line `----`, and the message as it is shown. After a change,
// `sparql_syntax_errors_test --accept` writes what comes out now; read the difference before you commit it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/diagnostic.h"
#include "gtest/gtest.h"
#include "query/sparql/parser.h"

namespace dossier::sparql {

bool accept_results = false;

namespace {

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string Message(absl::string_view request) {
  const auto parsed = ParseRequest(request, "http://example.org/");
  return parsed.ok() ? "(understood)" : RenderError(parsed.status());
}

// The words of the grammar's rules and tokens, which no message may have.
bool SpeaksOfTheGrammar(absl::string_view message) {
  for (const absl::string_view word : {"IRIREF", "PREFIXED_NAME", "OPEN_", "CLOSE_", "WORD", "varOrTerm", "mismatched",
                                       "viable", "extraneous", "<EOF>", "TYPE_MARK"}) {
    if (absl::StrContains(message, word)) return true;
  }
  return false;
}

class SyntaxErrors : public testing::TestWithParam<std::string> {};

TEST_P(SyntaxErrors, AreToldInTheWordsOfTheUser) {
  const std::filesystem::path path = std::filesystem::path(ERRORS_DIR) / GetParam();
  const std::string text = ReadText(path);
  std::vector<std::string> results;
  for (const absl::string_view block : absl::StrSplit(text, "====\n")) {
    const std::vector<std::string> parts = absl::StrSplit(block, absl::MaxSplits("----\n", 1));
    const size_t title = parts[0].find('\n') + 1;
    ASSERT_TRUE(absl::StartsWith(parts[0], "# ")) << block;
    const std::string message = Message(absl::StripSuffix(parts[0].substr(title), "\n"));
    EXPECT_FALSE(SpeaksOfTheGrammar(message)) << message;
    if (!accept_results) {
      EXPECT_EQ(message, absl::StripSuffix(parts.size() > 1 ? parts[1] : "", "\n")) << parts[0];
    }
    results.push_back(absl::StrCat(parts[0], "----\n", message, "\n"));
  }
  if (accept_results) std::ofstream(path) << absl::StrJoin(results, "====\n");
}

std::vector<std::string> Files() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(ERRORS_DIR)) {
    if (entry.path().extension() == ".errors") files.push_back(entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

INSTANTIATE_TEST_SUITE_P(Files, SyntaxErrors, testing::ValuesIn(Files()),
                         [](const auto& info) { return info.param.substr(0, info.param.find('.')); });

}  // namespace
}  // namespace dossier::sparql

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  dossier::sparql::accept_results = argc > 1 && std::string(argv[1]) == "--accept";
  return RUN_ALL_TESTS();
}
