// What loads, searches, changes and counts look like to a person, and to a program as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "database/database.h"
#include "database/load_options.h"
#include "database/text_index.h"

namespace dossier {

// 1234567 as "1,234,567".
std::string WithSeparators(uint64_t number);
// "1 article", "2,000 articles".
std::string Counted(uint64_t number, absl::string_view one, absl::string_view many);
// "340 µs", "12 ms", "3.4 s", "2 min 5 s".
std::string ShortDuration(absl::Duration duration);
// "1.4 MiB".
std::string ShortSize(uint64_t bytes);

// All of them end with a line end.
std::string LoadReportText(const LoadReport& report);
std::string ChangeText(const CommitSummary& change, const std::string& reading);
// Long sentences are broken to fit `width` (0: not at all).
std::string SearchText(const std::vector<SearchHit>& hits, size_t width, bool color);
std::string StatisticsText(const std::string& directory, const DatabaseStatistics& statistics);

// One object in one line each, without a line end (docs/shell.md).
std::string LoadReportJson(const LoadReport& report);
std::string ChangeJson(const CommitSummary& change, const std::string& reading);
std::string SearchJson(const std::vector<SearchHit>& hits);
std::string CheckJson(const std::string& directory, const std::vector<std::string>& faults);
std::string StatisticsJson(const std::string& directory, const DatabaseStatistics& statistics);

}  // namespace dossier
