#include "shell/dot_commands.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "base/text.h"
#include "shell/settings.h"

namespace dossier {

absl::Span<const DotCommand> OwnDotCommands() {
  static constexpr std::array<DotCommand, 9> kCommands = {{
      {"help", "[TOPIC]", "these commands, or a topic of `help`"},
      {"show", "", "every setting with its value"},
      {"open", "DIR", "go on with another store"},
      {"read", "FILE", "carry out the statements of a script"},
      {"output", "[FILE]", "write results to a file; without FILE to the terminal again"},
      {"stats", "", "what is in the store, and how much"},
      {"check", "", "recount every index of the store"},
      {"quit", "", "leave; so does Ctrl-D"},
      {"exit", "", "leave"},
  }};
  return kCommands;
}

std::string DotHelp() {
  std::string text;
  const auto add = [&text](absl::string_view name, absl::string_view argument, absl::string_view description) {
    absl::StrAppendFormat(&text, "%-27s%s\n", absl::StrCat(".", name, " ", argument), description);
  };
  for (const DotCommand& command : OwnDotCommands()) add(command.name, command.argument, command.description);
  for (const SettingInfo& setting : AllSettings()) {
    add(setting.name, absl::StrCat("[", setting.values, "]"), setting.description);
  }
  return text;
}

std::vector<std::string> DotCommandsNear(absl::string_view name) {
  constexpr size_t kLimit = 2;
  std::vector<std::pair<size_t, std::string>> near;
  const auto consider = [&](absl::string_view known) {
    const size_t distance = absl::StartsWith(known, name) ? 0 : EditDistance(name, known, kLimit);
    if (distance <= kLimit && distance < known.size()) near.emplace_back(distance, absl::StrCat(".", known));
  };
  for (const DotCommand& command : OwnDotCommands()) consider(command.name);
  for (const SettingInfo& setting : AllSettings()) consider(setting.name);
  std::sort(near.begin(), near.end());
  std::vector<std::string> names;
  for (auto& [distance, known] : near) names.push_back(std::move(known));
  return names;
}

}  // namespace dossier
