// The JSON half of shell/reports.h.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <functional>

#include "absl/strings/string_view.h"
#include "shell/reports.h"

namespace dossier {
namespace {

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

// A JSON object whose members `fill` writes.
std::string Object(const std::function<void(Writer&)>& fill) {
  rapidjson::StringBuffer buffer;
  Writer writer(buffer);
  writer.StartObject();
  fill(writer);
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

void Put(Writer& writer, const char* name, absl::string_view value) {
  writer.Key(name);
  writer.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void Put(Writer& writer, const char* name, uint64_t value) {
  writer.Key(name);
  writer.Uint64(value);
}

void PutCounts(Writer& writer, const char* name, const std::vector<std::pair<std::string, uint64_t>>& counts) {
  writer.Key(name);
  writer.StartObject();
  for (const auto& [key, count] : counts) Put(writer, key.c_str(), count);
  writer.EndObject();
}

void PutMilliseconds(Writer& writer, absl::Duration elapsed) {
  writer.Key("elapsed_ms");
  writer.Double(absl::ToDoubleMilliseconds(elapsed));
}

}  // namespace

std::string LoadReportJson(const LoadReport& report) {
  return Object([&report](Writer& writer) {
    Put(writer, "files", report.files);
    Put(writer, "statements", report.statements);
    Put(writer, "articles", report.articles);
    Put(writer, "added", report.added);
    Put(writer, "removed", report.removed);
    Put(writer, "commit", report.commit);
    Put(writer, "rejected", report.rejected);
    if (report.rejected > 0) Put(writer, "rejects_file", report.rejects_path);
    PutMilliseconds(writer, report.elapsed);
  });
}

std::string ChangeJson(const CommitSummary& change, const std::string& reading) {
  return Object([&](Writer& writer) {
    if (!reading.empty()) Put(writer, "reading", reading);
    Put(writer, "added", change.added);
    Put(writer, "removed", change.removed);
    Put(writer, "commit", change.commit);
  });
}

std::string SearchJson(const std::vector<SearchHit>& hits) {
  return Object([&hits](Writer& writer) {
    writer.Key("articles");
    writer.StartArray();
    for (const SearchHit& hit : hits) {
      writer.StartObject();
      Put(writer, "id", hit.identifier);
      Put(writer, "iri", hit.article);
      Put(writer, "title", hit.title);
      Put(writer, "published", hit.published);
      writer.Key("score");
      writer.Double(hit.score);
      writer.Key("sentences");
      writer.StartArray();
      for (const SentenceHit& sentence : hit.sentences) {
        writer.StartObject();
        Put(writer, "paragraph", sentence.paragraph);
        Put(writer, "sentence", sentence.sentence);
        Put(writer, "text", sentence.text);
        writer.EndObject();
      }
      writer.EndArray();
      writer.EndObject();
    }
    writer.EndArray();
  });
}

std::string CheckJson(const std::string& directory, const std::vector<std::string>& faults) {
  return Object([&](Writer& writer) {
    Put(writer, "store", directory);
    writer.Key("sound");
    writer.Bool(faults.empty());
    writer.Key("faults");
    writer.StartArray();
    for (const std::string& fault : faults) writer.String(fault.data(), static_cast<rapidjson::SizeType>(fault.size()));
    writer.EndArray();
  });
}

std::string StatisticsJson(const std::string& directory, const DatabaseStatistics& statistics) {
  return Object([&](Writer& writer) {
    Put(writer, "store", directory);
    Put(writer, "commit", statistics.commit);
    Put(writer, "statements", statistics.quads);
    Put(writer, "claims", statistics.claims);
    Put(writer, "relations", statistics.relations);
    Put(writer, "articles", statistics.articles);
    Put(writer, "texts", statistics.texts);
    PutCounts(writer, "predicates", statistics.predicates);
    PutCounts(writer, "bytes", statistics.bytes_by_part);
  });
}

}  // namespace dossier
