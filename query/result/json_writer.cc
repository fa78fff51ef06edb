#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "base/diagnostic.h"
#include "query/result/answer_format.h"
#include "query/result/answer_writer.h"

namespace dossier {
namespace {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

void WriteString(absl::string_view text, JsonWriter* json) {
  json->String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

void WriteKey(absl::string_view key, JsonWriter* json) {
  json->Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
}

// Null where a claim or an answer says nothing.
void WriteText(absl::string_view key, absl::string_view text, JsonWriter* json) {
  WriteKey(key, json);
  if (text.empty()) {
    json->Null();
  } else {
    WriteString(text, json);
  }
}

void WriteNumber(absl::string_view key, const std::optional<int64_t>& number, JsonWriter* json) {
  WriteKey(key, json);
  if (number.has_value()) {
    json->Int64(*number);
  } else {
    json->Null();
  }
}

void WriteCell(const AnswerCell& cell, JsonWriter* json) {
  json->StartObject();
  WriteKey("value", json);
  WriteString(cell.value.is_triple_term() ? cell.value.ToString() : cell.value.value(), json);
  WriteKey("label", json);
  WriteString(cell.label, json);
  WriteText("type", cell.type, json);
  json->EndObject();
}

void WriteClaim(const AnswerClaim& claim, JsonWriter* json) {
  json->StartObject();
  WriteText("id", claim.id, json);
  WriteText("subject", claim.subject.label, json);
  WriteText("relation", claim.relation.label, json);
  WriteText("object", claim.object.label, json);
  WriteText("when", claim.when, json);
  WriteText("where", claim.where, json);
  WriteText("means", claim.means, json);
  WriteText("certainty", claim.certainty, json);
  WriteText("polarity", claim.polarity, json);
  WriteText("speaker", claim.speaker, json);
  WriteText("article", claim.article, json);
  WriteText("published", claim.published, json);
  WriteNumber("paragraph", claim.paragraph, json);
  WriteNumber("sentence", claim.sentence, json);
  if (!claim.text.empty()) WriteText("text", claim.text, json);
  if (!claim.note.empty()) WriteText("note", claim.note, json);
  json->EndObject();
}

void WriteRow(const Answer& answer, const AnswerRow& row, JsonWriter* json) {
  json->StartObject();
  json->Key("cells");
  json->StartObject();
  for (size_t i = 0; i < answer.columns.size() && i < row.cells.size(); ++i) {
    if (!row.cells[i].has_value()) continue;
    WriteKey(answer.columns[i], json);
    WriteCell(*row.cells[i], json);
  }
  json->EndObject();
  json->Key("possible");
  json->Bool(row.possible);
  WriteText("when", row.when, json);
  WriteText("certainty", row.certainty, json);
  json->Key("sources");
  json->Uint64(row.sources);
  json->Key("claims");
  json->StartArray();
  for (const AnswerClaim& claim : row.claims) WriteClaim(claim, json);
  json->EndArray();
  json->EndObject();
}

void WriteVerdict(const Answer& answer, JsonWriter* json) {
  json->StartObject();
  WriteText("verdict", VerdictName(answer.verdict), json);
  json->Key("claims");
  json->StartArray();
  for (const AnswerRow& row : answer.rows) {
    for (const AnswerClaim& claim : row.claims) WriteClaim(claim, json);
  }
  json->EndArray();
  json->EndObject();
}

}  // namespace

std::string AnswerToJsonLines(const Answer& answer) {
  std::string lines;
  const auto add = [&lines](absl::FunctionRef<void(JsonWriter*)> write) {
    rapidjson::StringBuffer buffer;
    JsonWriter json(buffer);
    write(&json);
    lines.append(buffer.GetString(), buffer.GetSize()).push_back('\n');
  };
  if (answer.verdict != Answer::Verdict::kNone) {
    add([&](JsonWriter* json) { WriteVerdict(answer, json); });
    return lines;
  }
  for (const AnswerRow& row : answer.rows) {
    add([&](JsonWriter* json) { WriteRow(answer, row, json); });
  }
  return lines;
}

std::string AnswerToJson(const Answer& answer) {
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  WriteKey("question", &json);
  WriteString(answer.question, &json);
  WriteKey("reading", &json);
  WriteString(answer.reading, &json);
  json.Key("notes");
  json.StartArray();
  for (const std::string& note : answer.notes) WriteString(note, &json);
  json.EndArray();
  WriteText("kind", KindName(answer.kind), &json);
  WriteText("verdict", VerdictName(answer.verdict), &json);
  json.Key("columns");
  json.StartArray();
  for (const std::string& column : answer.columns) WriteString(column, &json);
  json.EndArray();
  json.Key("rows");
  json.StartArray();
  for (const AnswerRow& row : answer.rows) WriteRow(answer, row, &json);
  json.EndArray();
  json.Key("elapsed_ms");
  json.Double(absl::ToDoubleMilliseconds(answer.elapsed));
  json.EndObject();
  return buffer.GetString();
}

std::string ErrorToJson(const absl::Status& error) {
  Diagnostic diagnostic;
  if (const std::optional<Diagnostic> attached = GetDiagnostic(error); attached.has_value()) {
    diagnostic = *attached;
  } else {
    diagnostic.message = std::string(error.message());
  }
  rapidjson::StringBuffer buffer;
  JsonWriter json(buffer);
  json.StartObject();
  json.Key("error");
  json.StartObject();
  WriteKey("message", &json);
  WriteString(diagnostic.message, &json);
  WriteText("file", diagnostic.source, &json);
  const bool has_position = diagnostic.line > 0;
  WriteNumber("line", has_position ? std::optional<int64_t>(diagnostic.line) : std::nullopt, &json);
  WriteNumber("column", has_position ? std::optional<int64_t>(diagnostic.column) : std::nullopt, &json);
  json.Key("suggestions");
  json.StartArray();
  for (const std::string& suggestion : diagnostic.suggestions) WriteString(suggestion, &json);
  json.EndArray();
  json.EndObject();
  json.EndObject();
  return buffer.GetString();
}

}  // namespace dossier
