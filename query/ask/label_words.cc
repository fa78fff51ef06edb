#include "query/ask/label_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "query/ask/english.h"

namespace dossier::ask {
namespace {

constexpr std::array<absl::string_view, 3> kPlaces = {"place", "location", "site"};
constexpr std::array<absl::string_view, 4> kTimes = {"date", "year", "day", "time"};

constexpr std::array<std::pair<absl::string_view, absl::string_view>, 15> kVerbsOfEvents = {{
    {"birth", "be born"},
    {"death", "die"},
    {"burial", "be buried"},
    {"founding", "be founded"},
    {"foundation", "be founded"},
    {"formation", "be formed"},
    {"creation", "be created"},
    {"opening", "be opened"},
    {"launch", "be launched"},
    {"release", "be released"},
    {"publication", "be published"},
    {"construction", "be built"},
    {"production", "be produced"},
    {"discovery", "be discovered"},
    {"invention", "be invented"},
}};

constexpr std::array<MeasureWord, 20> kMeasureWords = {{
    {"age", "age", "old", 1},
    {"age", "age", "young", -1},
    {"height", "height", "tall", 1},
    {"height", "height", "high", 1},
    {"elevation", "height", "high", 1},
    {"altitude", "height", "high", 1},
    {"length", "length", "long", 1},
    {"width", "width", "wide", 1},
    {"depth", "depth", "deep", 1},
    {"weight", "weight", "heavy", 1},
    {"weight", "weight", "light", -1},
    {"mass", "weight", "heavy", 1},
    {"mass", "weight", "light", -1},
    {"speed", "speed", "fast", 1},
    {"speed", "speed", "slow", -1},
    {"duration", "duration", "long", 1},
    {"price", "amount", "expensive", 1},
    {"price", "amount", "cheap", -1},
    {"cost", "amount", "expensive", 1},
    {"cost", "amount", "cheap", -1},
}};

// A label of two parts: "birth place" and "place of birth" are about the place of a birth.
struct Parts {
  absl::string_view head;
  absl::string_view of;
};

Parts PartsOf(absl::string_view label) {
  if (const size_t of = label.find(" of "); of != absl::string_view::npos) {
    return {label.substr(0, of), absl::StripPrefix(label.substr(of + 4), "the ")};
  }
  const size_t blank = label.rfind(' ');
  if (blank == absl::string_view::npos) return {label, ""};
  return {label.substr(blank + 1), label.substr(0, blank)};
}

}  // namespace

std::string VerbOfLabel(absl::string_view label) {
  const Parts parts = PartsOf(label);
  if (!absl::c_linear_search(kPlaces, parts.head) && !absl::c_linear_search(kTimes, parts.head)) return "";
  const auto* const it = std::find_if(kVerbsOfEvents.begin(), kVerbsOfEvents.end(),
                                      [&](const auto& event) { return event.first == parts.of; });
  return it == kVerbsOfEvents.end() ? std::string() : std::string(it->second);
}

bool NamesPlace(absl::string_view label) { return absl::c_linear_search(kPlaces, PartsOf(label).head); }

std::vector<MeasureWord> MeasuresOfLabel(absl::string_view label) {
  const absl::string_view head = PartsOf(label).head;
  std::vector<MeasureWord> words;
  std::copy_if(kMeasureWords.begin(), kMeasureWords.end(), std::back_inserter(words),
               [&](const MeasureWord& word) { return word.noun == head; });
  return words;
}

std::string CountedOfLabel(absl::string_view label) {
  const Parts parts = PartsOf(label);
  if (parts.of.empty()) return "";
  if (parts.head == "number" && absl::StartsWith(label, "number of ")) return std::string(parts.of);
  return parts.head == "count" ? PluralOf(parts.of) : std::string();
}

}  // namespace dossier::ask
