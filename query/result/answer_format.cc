#include "query/result/answer_format.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "query/result/answer_writer.h"
#include "query/result/table_layout.h"

namespace dossier {

namespace {

constexpr std::array<absl::string_view, 7> kFormats = {"table", "csv", "tsv", "json", "jsonl", "markdown", "turtle"};

}  // namespace

absl::Span<const absl::string_view> AnswerFormatNames() { return kFormats; }

std::optional<AnswerFormat> ParseAnswerFormat(absl::string_view name) {
  const auto it = std::find(kFormats.begin(), kFormats.end(), name);
  if (it == kFormats.end()) return std::nullopt;
  return static_cast<AnswerFormat>(it - kFormats.begin());
}

absl::string_view VerdictName(Answer::Verdict verdict) {
  switch (verdict) {
    case Answer::Verdict::kNone: return "";
    case Answer::Verdict::kYes: return "yes";
    case Answer::Verdict::kNo: return "no";
    case Answer::Verdict::kDenied: return "denied";
    case Answer::Verdict::kNotStated: return "not stated";
  }
  return "";
}

absl::string_view KindName(Answer::Kind kind) {
  switch (kind) {
    case Answer::Kind::kSelect: return "select";
    case Answer::Kind::kAsk: return "ask";
    case Answer::Kind::kCount: return "count";
    case Answer::Kind::kView: return "view";
  }
  return "";
}

std::string ArticlesOf(const AnswerRow& row) {
  std::vector<absl::string_view> articles;
  absl::flat_hash_set<absl::string_view> seen;
  for (const AnswerClaim& claim : row.claims) {
    if (!claim.article.empty() && seen.insert(claim.article).second) articles.emplace_back(claim.article);
  }
  return absl::StrJoin(articles, "; ");
}

std::string CitationOf(const AnswerClaim& claim) {
  if (claim.article.empty()) return "";
  std::string citation = claim.article;
  if (claim.paragraph.has_value()) absl::StrAppend(&citation, " ", *claim.paragraph);
  if (claim.paragraph.has_value() && claim.sentence.has_value()) absl::StrAppend(&citation, ".", *claim.sentence);
  return absl::StrCat(citation, ": ");
}

std::string SentenceOf(const AnswerClaim& claim) {
  std::vector<std::string> parts = {
      absl::StrCat(claim.subject.label, " – ", claim.relation.label, " – ", table::OneLine(claim.object.label))};
  if (!claim.when.empty()) parts.push_back(claim.when);
  if (!claim.where.empty()) parts.push_back(absl::StrCat("in ", claim.where));
  if (!claim.means.empty()) parts.push_back(absl::StrCat("by ", claim.means));
  if (!claim.certainty.empty()) parts.push_back(claim.certainty);
  if (claim.polarity == "denied") parts.emplace_back("denied");
  if (!claim.speaker.empty()) parts.push_back(absl::StrCat("according to ", claim.speaker));
  return absl::StrJoin(parts, ", ");
}

GatheredColumns GatheredColumnsOf(const Answer& answer) {
  const auto is_column = [&answer](absl::string_view name) {
    return std::find(answer.columns.begin(), answer.columns.end(), name) != answer.columns.end();
  };
  GatheredColumns shown;
  for (const AnswerRow& row : answer.rows) {
    shown.when = shown.when || (!row.when.empty() && !is_column("when"));
    shown.certainty = shown.certainty || (!row.certainty.empty() && !is_column("certainty"));
    shown.sources = shown.sources || row.sources > 0;
  }
  return shown;
}

}  // namespace dossier
