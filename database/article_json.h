// An article as a line of JSONL gives it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace dossier {

struct ArticleRecord {
  std::string id;  // Never empty: the URL when the line has no id.
  std::string title;
  std::string url;
  std::string published;  // As written: a date, a time, or another EDTF expression.
  std::string publisher;
  std::vector<std::string> authors;
  std::string language;
  std::string text;  // Never empty.
};

// Members that are null count as absent, unknown ones are ignored. InvalidArgument with the reason for people when
// `line` is not such an article.
absl::StatusOr<ArticleRecord> ParseArticleJson(absl::string_view line);

}  // namespace dossier
