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

}  // namespace dossier
