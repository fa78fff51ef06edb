// What `help` tells.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

// The text for a topic, or the overview for an empty one; empty when there is no such topic.
std::string HelpText(absl::string_view topic);

// The topics, with blanks between them.
std::string HelpTopics();

}  // namespace dossier
