#include "shell/reports.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "base/utf8.h"

namespace dossier {
namespace {

constexpr size_t kPredicatesShown = 15;

// `text` in lines of at most `width` columns that begin with `indent`.
std::string Wrapped(absl::string_view text, absl::string_view indent, size_t width) {
  if (width == 0) return absl::StrCat(indent, text, "\n");
  std::string lines;
  std::string line(indent);
  bool empty = true;
  for (absl::string_view word : absl::StrSplit(text, ' ', absl::SkipEmpty())) {
    if (!empty && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      absl::StrAppend(&lines, line, "\n");
      line = std::string(indent);
      empty = true;
    }
    absl::StrAppend(&line, empty ? "" : " ", word);
    empty = false;
  }
  return absl::StrCat(lines, line, "\n");
}

}  // namespace

std::string WithSeparators(uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string Counted(uint64_t number, absl::string_view one, absl::string_view many) {
  return absl::StrCat(WithSeparators(number), " ", number == 1 ? one : many);
}

std::string ShortDuration(absl::Duration duration) {
  const double seconds = absl::ToDoubleSeconds(duration);
  if (seconds < 1e-3) return absl::StrFormat("%.0f µs", seconds * 1e6);
  if (seconds < 1) return absl::StrFormat("%.0f ms", seconds * 1e3);
  if (seconds < 60) return absl::StrFormat("%.1f s", seconds);
  const auto whole = static_cast<int64_t>(seconds);
  return absl::StrFormat("%d min %d s", whole / 60, whole % 60);
}

std::string ShortSize(uint64_t bytes) {
  constexpr uint64_t kStep = 1024;
  if (bytes < kStep) return absl::StrCat(bytes, " bytes");
  auto size = static_cast<double>(bytes);
  absl::string_view unit;
  for (absl::string_view next : {"KiB", "MiB", "GiB", "TiB"}) {
    if (size < kStep) break;
    size /= kStep;
    unit = next;
  }
  return absl::StrFormat("%.1f %s", size, unit);
}

std::string LoadReportText(const LoadReport& report) {
  std::string text = absl::StrCat("read ", Counted(report.statements, "statement", "statements"));
  if (report.articles > 0) absl::StrAppend(&text, " and ", Counted(report.articles, "article", "articles"));
  const double seconds = std::max(absl::ToDoubleSeconds(report.elapsed), 1e-6);
  absl::StrAppend(&text, " from ", Counted(report.files, "file", "files"), " in ", ShortDuration(report.elapsed));
  if (seconds > 0.1) {
    absl::StrAppend(&text, " (",
                    WithSeparators(static_cast<uint64_t>(static_cast<double>(report.statements) / seconds)),
                    " a second)");
  }
  absl::StrAppend(&text, ": ");
  if (report.added == 0 && report.removed == 0) {
    absl::StrAppend(&text, "nothing new\n");
  } else {
    absl::StrAppend(&text, WithSeparators(report.added), " new");
    if (report.removed > 0) absl::StrAppend(&text, ", ", WithSeparators(report.removed), " replaced");
    absl::StrAppend(&text, ", commit ", report.commit, "\n");
  }
  if (report.rejected == 0) return text;
  absl::StrAppend(&text, "rejected ", Counted(report.rejected, "line", "lines"), ", all of them in ",
                  report.rejects_path, "\n");
  for (const RejectedLine& line : report.first_rejects) {
    absl::StrAppend(&text, "  ", line.file);
    if (line.line > 0) absl::StrAppend(&text, ":", line.line);
    if (line.column > 0) absl::StrAppend(&text, ":", line.column);
    absl::StrAppend(&text, ": ", line.reason, "\n");
  }
  if (report.rejected > report.first_rejects.size()) absl::StrAppend(&text, "  ...\n");
  return text;
}

std::string ChangeText(const CommitSummary& change, const std::string& reading) {
  std::string text = reading.empty() ? "" : absl::StrCat(reading, "\n");
  if (change.added == 0 && change.removed == 0) return absl::StrCat(text, "nothing changed\n");
  absl::StrAppend(&text, Counted(change.added, "statement", "statements"), " added, ", WithSeparators(change.removed),
                  " removed, commit ", change.commit, "\n");
  return text;
}

std::string SearchText(const std::vector<SearchHit>& hits, size_t width, bool color) {
  if (hits.empty()) return "no article matches\n";
  std::string text;
  for (const SearchHit& hit : hits) {
    if (!text.empty()) text += "\n";
    absl::StrAppend(&text, color ? "\x1b[1m" : "", hit.identifier, color ? "\x1b[0m" : "");
    if (!hit.published.empty()) absl::StrAppend(&text, "  ", hit.published);
    absl::StrAppend(&text, hit.title.empty() ? "" : "  ", hit.title, "\n");
    for (const SentenceHit& sentence : hit.sentences) {
      absl::StrAppend(
          &text, Wrapped(absl::StrCat(sentence.paragraph, ".", sentence.sentence, " ", sentence.text), "    ", width));
    }
  }
  return text;
}

std::string StatisticsText(const std::string& directory, const DatabaseStatistics& statistics) {
  std::string text;
  const auto row = [&text](absl::string_view name, absl::string_view value) {
    absl::StrAppendFormat(&text, "%-12s %14s\n", name, value);
  };
  absl::StrAppend(&text, "store        ", directory, "\n");
  row("commits", WithSeparators(statistics.commit));
  row("statements", WithSeparators(statistics.quads));
  row("claims", WithSeparators(statistics.claims));
  row("relations", WithSeparators(statistics.relations));
  row("articles", WithSeparators(statistics.articles));
  row("texts", WithSeparators(statistics.texts));
  if (!statistics.predicates.empty()) absl::StrAppend(&text, "\nmost frequent in statements\n");
  for (size_t i = 0; i < std::min(kPredicatesShown, statistics.predicates.size()); ++i) {
    absl::StrAppendFormat(&text, "%14s  %s\n", WithSeparators(statistics.predicates[i].second),
                          statistics.predicates[i].first);
  }
  uint64_t total = 0;
  for (const auto& [part, bytes] : statistics.bytes_by_part) total += bytes;
  absl::StrAppend(&text, "\nsize on disk\n");
  for (const auto& [part, bytes] : statistics.bytes_by_part) {
    if (bytes == 0) continue;
    absl::StrAppendFormat(&text, "%14s  %s\n", ShortSize(bytes), part);
  }
  absl::StrAppendFormat(&text, "%14s  in all\n", ShortSize(total));
  return text;
}

}  // namespace dossier
