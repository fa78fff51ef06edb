// Settings that can be changed while the program runs, and values of options that are read alike: durations, sizes,
// days.
#pragma once

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "database/session.h"
#include "rdf/time_range.h"
#include "shell/printer.h"

namespace dossier {

// "10s", "500ms", "2min", "off" (no limit). InvalidArgument otherwise, as for the others.
absl::StatusOr<absl::Duration> ParseTimeout(absl::string_view text);
// "512M", "2G", "64K", bytes without a unit.
absl::StatusOr<size_t> ParseMemory(absl::string_view text);
// "2023-09-12".
absl::StatusOr<TimeRange> ParseDay(absl::string_view text);

struct SettingInfo {
  absl::string_view name;
  absl::string_view values;       // As help shows them: "on|off".
  absl::string_view description;  // What it does.
};

// Every setting, in the order in which they are shown.
absl::Span<const SettingInfo> AllSettings();
// The setting of a name, "format" being another one for "mode"; null when there is none.
const SettingInfo* FindSetting(absl::string_view name);

// Changes a setting: `set NAME VALUE`, `.NAME VALUE`. InvalidArgument names what would be right.
absl::Status ChangeSetting(absl::string_view name, absl::string_view value, SessionSettings* session,
                           PrintOptions* print);

// The value of a setting that there is, as ChangeSetting() takes it.
std::string SettingValue(absl::string_view name, const SessionSettings& session, const PrintOptions& print);

// One line per setting.
std::string ShowSettings(const SessionSettings& session, const PrintOptions& print);

}  // namespace dossier
