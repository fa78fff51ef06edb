#include "query/result/answer_format.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_join.h"
#include "query/result/answer_writer.h"

namespace dossier {

std::optional<AnswerFormat> ParseAnswerFormat(absl::string_view name) {
  if (name == "table") return AnswerFormat::kTable;
  if (name == "csv") return AnswerFormat::kCsv;
  if (name == "tsv") return AnswerFormat::kTsv;
  if (name == "json") return AnswerFormat::kJson;
  return std::nullopt;
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

}  // namespace dossier
