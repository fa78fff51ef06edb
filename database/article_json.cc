#include "database/article_json.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "rdf/date_time.h"
#include "rdf/edtf.h"
#include "rdf/iri.h"

namespace dossier {
namespace {

absl::string_view View(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

// The member as text; empty when it is absent.
absl::StatusOr<std::string> TextMember(const rapidjson::Value& object, const char* name, bool number_allowed) {
  const auto it = object.FindMember(name);
  if (it == object.MemberEnd() || it->value.IsNull()) return std::string();
  if (it->value.IsString()) return std::string(View(it->value));
  if (number_allowed && it->value.IsInt64()) return absl::StrCat(int64_t{it->value.GetInt64()});
  return absl::InvalidArgumentError(absl::StrCat("\"", name, "\" is no text"));
}

absl::StatusOr<std::vector<std::string>> TextsMember(const rapidjson::Value& object, const char* name) {
  std::vector<std::string> texts;
  const auto it = object.FindMember(name);
  if (it != object.MemberEnd() && it->value.IsArray()) {
    for (const rapidjson::Value& element : it->value.GetArray()) {
      if (!element.IsString()) return absl::InvalidArgumentError(absl::StrCat("\"", name, "\" holds more than texts"));
      texts.emplace_back(View(element));
    }
    return texts;
  }
  DOSSIER_ASSIGN_OR_RETURN(std::string text, TextMember(object, name, /*number_allowed=*/false));
  if (!text.empty()) texts.push_back(std::move(text));
  return texts;
}

absl::Status Validate(const ArticleRecord& record) {
  if (record.id.empty()) return absl::InvalidArgumentError("neither \"id\" nor \"url\" is given");
  if (absl::StripAsciiWhitespace(record.text).empty())
    return absl::InvalidArgumentError("\"text\" is missing or empty");
  if (!record.published.empty() && !ParseDateTime(record.published).has_value() && !ParseEdtf(record.published).ok()) {
    return absl::InvalidArgumentError(absl::StrCat(
        "\"published\" is no date that can be read (2023-09-12, 2023-09-12T10:30:00Z, 2023-09): ", record.published));
  }
  if (!record.url.empty() && !(IsAbsoluteIri(record.url) && HasOnlyIriCharacters(record.url))) {
    return absl::InvalidArgumentError(absl::StrCat("\"url\" is no absolute URL: ", record.url));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ArticleRecord> ParseArticleJson(absl::string_view line) {
  if (FindInvalidUtf8(line) != absl::string_view::npos) return absl::InvalidArgumentError("the line is not UTF-8");
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(line.data(), line.size());
  if (document.HasParseError()) {
    return absl::InvalidArgumentError(absl::StrCat("not JSON: ", rapidjson::GetParseError_En(document.GetParseError()),
                                                   " (at byte ", document.GetErrorOffset() + 1, ")"));
  }
  if (!document.IsObject()) return absl::InvalidArgumentError("not a JSON object");
  ArticleRecord record;
  DOSSIER_ASSIGN_OR_RETURN(record.id, TextMember(document, "id", /*number_allowed=*/true));
  DOSSIER_ASSIGN_OR_RETURN(record.title, TextMember(document, "title", false));
  DOSSIER_ASSIGN_OR_RETURN(record.url, TextMember(document, "url", false));
  DOSSIER_ASSIGN_OR_RETURN(record.published, TextMember(document, "published", false));
  DOSSIER_ASSIGN_OR_RETURN(record.publisher, TextMember(document, "publisher", false));
  DOSSIER_ASSIGN_OR_RETURN(record.authors, TextsMember(document, "author"));
  DOSSIER_ASSIGN_OR_RETURN(record.language, TextMember(document, "language", false));
  DOSSIER_ASSIGN_OR_RETURN(record.text, TextMember(document, "text", false));
  if (record.id.empty()) record.id = record.url;
  DOSSIER_RETURN_IF_ERROR(Validate(record));
  return record;
}

}  // namespace dossier
