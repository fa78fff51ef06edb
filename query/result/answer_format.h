// Words and gatherings that all writers of answers share.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "query/result/answer.h"

namespace dossier {

// "yes", "no", "denied", "not stated"; empty for kNone.
absl::string_view VerdictName(Answer::Verdict verdict);
// "select", "ask", "count", "view".
absl::string_view KindName(Answer::Kind kind);
// The articles of a row's claims, each once, joined by "; ".
std::string ArticlesOf(const AnswerRow& row);

// "002 30.1: ", the article with paragraph and sentence; empty without an article.
std::string CitationOf(const AnswerClaim& claim);
// "Ann – meet – Bo, 2023-09, in Oslo, likely, according to KCNA", in one line.
std::string SentenceOf(const AnswerClaim& claim);

// Which of the things that are gathered over a row's claims some row has, and the answer does not have as a column.
struct GatheredColumns {
  bool when = false;
  bool certainty = false;
  bool sources = false;
};
GatheredColumns GatheredColumnsOf(const Answer& answer);

}  // namespace dossier
