// What `help` tells. The texts stand in shell/help_topics.cc; their examples, the lines that begin with two blanks, are
// run by a test (tests/docs/examples_test.cc).
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace dossier {

struct HelpTopic {
  absl::string_view name;
  absl::string_view about;  // A few words, for the list of topics.
  absl::string_view text;   // Lines of at most 80 columns.
  absl::string_view also;   // Other names of the topic, with commas between them: "most, least".
};

// Every topic, in the order of the list.
absl::Span<const HelpTopic> AllHelpTopics();

// The text for a topic, or the overview for an empty one; empty when there is no such topic.
std::string HelpText(absl::string_view topic);

// The topics that are spelt nearly like `topic`.
std::vector<std::string> HelpTopicsNear(absl::string_view topic);

// The topics, with blanks between them.
std::string HelpTopics();

}  // namespace dossier
