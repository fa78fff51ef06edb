#include "shell/help.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/text.h"
#include "shell/settings.h"

namespace dossier {
namespace {

constexpr absl::string_view kOverview = R"(A question is asked as one says it:
  who accompanied Kim in 2023
  which countries did Kim visit in 2018
  how many times did Kim visit China
  did Kim meet Trump in 2018
  describe Kim Jong-un
Tab offers what fits at the cursor: verbs, names, the words of the language.
A statement is a line. It goes on in the next line after a backslash at its
end, and while a quote or a parenthesis is open. # begins a comment. Ctrl-C
drops the line, or ends what is running; `quit` or Ctrl-D leaves.

`help TOPIC` tells more, `.help` lists the commands of the shell:
)";

std::string SettingsText() {
  std::string text = "set                        shows the settings; so does .show\n";
  for (const SettingInfo& setting : AllSettings()) {
    absl::StrAppendFormat(&text, "%-27s%s\n", absl::StrCat("set ", setting.name, " ", setting.values),
                          setting.description);
  }
  return absl::StrCat(text, "Shorter: .mode csv for `set mode csv`. What stands in ~/.config/dossier/rc is\n",
                      "carried out when the shell begins.\n");
}

// "question" is as good as "questions".
bool IsNameOf(const HelpTopic& known, absl::string_view topic) {
  const auto is = [topic](absl::string_view name) {
    return name == topic || name == absl::StrCat(topic, "s") || name == absl::StrCat(topic, "es");
  };
  const std::vector<absl::string_view> also = absl::StrSplit(known.also, ", ", absl::SkipEmpty());
  return is(known.name) || std::any_of(also.begin(), also.end(), is);
}

}  // namespace

std::string HelpTopics() {
  return absl::StrJoin(AllHelpTopics(), " ",
                       [](std::string* out, const HelpTopic& topic) { absl::StrAppend(out, topic.name); });
}

std::string HelpText(absl::string_view topic) {
  if (topic.empty()) {
    std::string text(kOverview);
    for (const HelpTopic& known : AllHelpTopics()) {
      absl::StrAppendFormat(&text, "    %-14s%s\n", known.name, known.about);
    }
    return text;
  }
  for (const HelpTopic& known : AllHelpTopics()) {
    if (!IsNameOf(known, topic)) continue;
    return known.name == "settings" ? SettingsText() : std::string(known.text);
  }
  return "";
}

std::vector<std::string> HelpTopicsNear(absl::string_view topic) {
  constexpr size_t kLimit = 2;
  std::vector<std::string> near;
  for (const HelpTopic& known : AllHelpTopics()) {
    std::vector<absl::string_view> names = absl::StrSplit(known.also, ", ", absl::SkipEmpty());
    names.push_back(known.name);
    const bool is_near = std::any_of(names.begin(), names.end(), [topic](absl::string_view name) {
      return EditDistance(topic, name, kLimit) <= kLimit;
    });
    if (is_near) near.emplace_back(known.name);
  }
  return near;
}

}  // namespace dossier
