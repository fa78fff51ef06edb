// What a user sees of an error: where it is, the line, the caret.
#include "base/diagnostic.h"

#include <gtest/gtest.h>

#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace dossier {
namespace {

TEST(Diagnostic, CountsLinesAndColumnsFromOneInCodePoints) {
  const absl::string_view text = "first\nwer traf Jürgen Kym";
  const Diagnostic diagnostic = MakeDiagnostic("unknown name", text, {text.size() - 3, text.size()});
  EXPECT_EQ(diagnostic.line, 2U);
  EXPECT_EQ(diagnostic.column, 17U);
  EXPECT_EQ(diagnostic.length, 3U);
  EXPECT_EQ(diagnostic.line_text, "wer traf Jürgen Kym");
}

TEST(Diagnostic, SurvivesTheJourneyInsideAStatus) {
  const absl::Status status = DiagnosticError(MakeDiagnostic("odd: 3:7", "a\nb c", {4, 5}, {"x", "y:z"}, "file.ttl"),
                                              absl::StatusCode::kNotFound);
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status.message(), "file.ttl:2:3: odd: 3:7");
  const std::optional<Diagnostic> read = GetDiagnostic(status);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->message, "odd: 3:7");
  EXPECT_EQ(read->suggestions, (std::vector<std::string>{"x", "y:z"}));
  EXPECT_EQ(GetDiagnostic(absl::InternalError("plain")), std::nullopt);
}

TEST(Diagnostic, PutsTheCaretUnderWideCharacters) {
  EXPECT_EQ(RenderDiagnostic(MakeDiagnostic("unknown name", "北 Kym", {4, 7}, {"Kim"})),
            "line 1, column 3: unknown name\n"
            "  北 Kym\n"
            "     ^^^\n"
            "did you mean Kim?");
}

TEST(Diagnostic, ShowsOfALongLineWhatStandsAroundTheCaret) {
  const std::string text = std::string(5000, 'a') + " Kym " + std::string(5000, 'b');
  const std::vector<std::string> lines =
      absl::StrSplit(RenderDiagnostic(MakeDiagnostic("odd", text, {5001, 5004})), '\n');
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_LE(DisplayWidth(lines[1]), 150U);
  const size_t caret = lines[2].find('^');
  EXPECT_EQ(lines[1].substr(caret + std::string("…").size() - 1, 3), "Kym");
}

TEST(Diagnostic, DoesNotUnderlineBeyondWhatItShows) {
  const std::string text(20000, 'x');
  const std::vector<std::string> lines =
      absl::StrSplit(RenderDiagnostic(MakeDiagnostic("odd", text, {0, 20000})), '\n');
  EXPECT_LE(lines[2].size(), 150U);
}

TEST(Diagnostic, RendersAPlainStatusByItsMessage) {
  EXPECT_EQ(RenderError(absl::DataLossError("the store is damaged")), "the store is damaged");
}

}  // namespace
}  // namespace dossier
