// The names of the commands that begin with a dot: every setting, and what concerns the shell itself. The interpreter
// carries them out.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace dossier {

struct DotCommand {
  absl::string_view name;  // Without the dot.
  absl::string_view argument;
  absl::string_view description;
};

// Those that are no settings; these are named by AllSettings() (shell/settings.h).
absl::Span<const DotCommand> OwnDotCommands();

// What `.help` shows: a line for each.
std::string DotHelp();

// The names, settings included, that are spelt nearly like `name`, the nearest first.
std::vector<std::string> DotCommandsNear(absl::string_view name);

}  // namespace dossier
