#include "shell/completer.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"
#include "query/result/answer_writer.h"
#include "query/result/table_layout.h"
#include "shell/dot_commands.h"
#include "shell/help.h"
#include "shell/settings.h"

namespace dossier {
namespace {

constexpr size_t kMaximumFiles = 500;

using Completions = std::vector<Completion>;

// Gathers what begins with what was typed.
class Offer {
 public:
  Offer(absl::string_view typed, size_t begin) : typed_(absl::AsciiStrToLower(typed)), begin_(begin) {}

  void Add(absl::string_view text) {
    if (absl::StartsWith(absl::AsciiStrToLower(text), typed_)) {
      found_.push_back({std::string(text), begin_, Completion::Kind::kKeyword});
    }
  }
  void AddAll(absl::string_view texts, char separator) {
    for (absl::string_view text : absl::StrSplit(texts, separator)) Add(text);
  }
  Completions Take() { return std::move(found_); }

 private:
  const std::string typed_;
  const size_t begin_;
  Completions found_;
};

Completions Files(absl::string_view typed, size_t begin) {
  namespace fs = std::filesystem;
  const size_t slash = typed.rfind('/');
  const std::string folder(slash == absl::string_view::npos ? "" : typed.substr(0, slash + 1));
  const absl::string_view name = typed.substr(folder.size());
  std::string place = folder.empty() ? "." : folder;
  if (const char* home = std::getenv("HOME"); home != nullptr && absl::StartsWith(place, "~/")) {
    place = absl::StrCat(home, place.substr(1));
  }
  Completions found;
  std::error_code error;
  for (fs::directory_iterator it(place, error), end; !error && it != end && found.size() < kMaximumFiles;
       it.increment(error)) {
    const std::string file = it->path().filename().string();
    if (!absl::StartsWith(file, name) || (name.empty() && file.front() == '.')) continue;
    std::error_code unreadable;
    found.push_back(
        {absl::StrCat(folder, file, it->is_directory(unreadable) ? "/" : ""), begin, Completion::Kind::kSource});
  }
  std::sort(found.begin(), found.end(), [](const Completion& a, const Completion& b) { return a.text < b.text; });
  return found;
}

Completions DotNames(absl::string_view typed, size_t begin) {
  Offer offer(typed, begin);
  for (const DotCommand& command : OwnDotCommands()) offer.Add(absl::StrCat(".", command.name));
  for (const SettingInfo& setting : AllSettings()) offer.Add(absl::StrCat(".", setting.name));
  Completions found = offer.Take();
  std::sort(found.begin(), found.end(), [](const Completion& a, const Completion& b) { return a.text < b.text; });
  return found;
}

Completions Values(absl::string_view setting, absl::string_view typed, size_t begin) {
  Offer offer(typed, begin);
  const SettingInfo* const info = FindSetting(setting);
  if (info != nullptr && info->name == "mode") {
    for (absl::string_view format : AnswerFormatNames()) offer.Add(format);
  } else if (info != nullptr) {
    for (absl::string_view value : absl::StrSplit(info->values, '|')) {
      if (absl::ascii_islower(static_cast<unsigned char>(value.front()))) offer.Add(value);
    }
  }
  return offer.Take();
}

// Splits a statement before the word that is being typed.
struct Typed {
  std::vector<std::string> words;  // The whole words before it.
  absl::string_view last;          // As far as it goes.
  size_t begin = 0;                // Where it begins.
};

Typed SplitTyped(absl::string_view text) {
  Typed typed;
  const size_t blank = text.find_last_of(" \t\n");
  typed.begin = blank == absl::string_view::npos ? 0 : blank + 1;
  typed.last = text.substr(typed.begin);
  typed.words = absl::StrSplit(text.substr(0, typed.begin), absl::ByAnyChar(" \t\n"), absl::SkipEmpty());
  return typed;
}

bool TakesFiles(absl::string_view word) {
  static constexpr std::array<absl::string_view, 6> kWords = {"load", "run", "export", ".read", ".open", ".output"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

}  // namespace

std::vector<Completion> Completer::Complete(absl::string_view statement, size_t offset) {
  const absl::string_view text = statement.substr(0, offset);
  const Typed typed = SplitTyped(text);
  if (typed.words.empty() && absl::StartsWith(typed.last, ".")) return DotNames(typed.last, typed.begin);
  const std::string first = typed.words.empty() ? "" : absl::AsciiStrToLower(typed.words.front());
  if (TakesFiles(first)) return Files(typed.last, typed.begin);
  const size_t count = typed.words.size();
  if (absl::StartsWith(first, ".") && first != ".help") {
    return count == 1 ? Values(absl::string_view(first).substr(1), typed.last, typed.begin) : Completions();
  }
  if (first == "help" || first == ".help") {
    Offer offer(typed.last, typed.begin);
    offer.AddAll(HelpTopics(), ' ');
    return count == 1 ? offer.Take() : Completions();
  }
  if (first == "set") {
    if (count > 1) return count == 2 ? Values(typed.words[1], typed.last, typed.begin) : Completions();
    Offer offer(typed.last, typed.begin);
    for (const SettingInfo& setting : AllSettings()) offer.Add(setting.name);
    return offer.Take();
  }
  Completions found;
  if (const absl::StatusOr<Session*> session = store_->ForReading(); session.ok()) {
    if (absl::StatusOr<Completions> offered = (*session)->Complete(statement, offset); offered.ok()) {
      found = *std::move(offered);
    }
  }
  if (count == 0) {
    Offer offer(typed.last, typed.begin);
    offer.AddAll("set|stats|check|run|quit", '|');
    const Completions own = offer.Take();
    found.insert(found.end(), own.begin(), own.end());
  }
  return found;
}

Insertion CommonInsertion(absl::string_view typed, const std::vector<Completion>& completions) {
  if (completions.empty()) return {typed.size(), ""};
  // As they would read from the first place on where one of them begins.
  size_t begin = typed.size();
  for (const Completion& completion : completions) begin = std::min(begin, completion.begin);
  const auto whole = [&](const Completion& completion) {
    return absl::StrCat(typed.substr(begin, completion.begin - begin), completion.text);
  };
  if (completions.size() == 1) {
    const std::string& text = completions.front().text;
    return {begin, absl::StrCat(text, absl::EndsWith(text, "/") ? "" : " ")};
  }
  const std::string first = whole(completions.front());
  absl::string_view common = first;
  for (const Completion& completion : completions) {
    const std::string other = whole(completion);
    absl::string_view a = common;
    absl::string_view b = other;
    size_t same = 0;
    while (!a.empty() && !b.empty()) {
      const absl::string_view character = FirstCharacter(a);
      const absl::string_view opposite = FirstCharacter(b);
      if (!absl::EqualsIgnoreCase(character, opposite)) break;
      same += character.size();
      a.remove_prefix(character.size());
      b.remove_prefix(opposite.size());
    }
    common = common.substr(0, same);
  }
  const absl::string_view there = typed.substr(begin);
  if (common.size() <= there.size() || !absl::StartsWithIgnoreCase(common, there)) return {typed.size(), ""};
  return {begin, std::string(common)};
}

std::string CompletionList(const std::vector<Completion>& completions, size_t columns, size_t rows) {
  constexpr size_t kGap = 2;
  constexpr size_t kWidest = 40;
  columns = std::max<size_t>(columns, 20);
  rows = std::max<size_t>(rows, 2);
  size_t width = 0;
  for (const Completion& completion : completions) {
    width = std::max(width, std::min(kWidest, DisplayWidth(completion.text)));
  }
  const size_t across = std::max<size_t>(1, (columns + kGap - 1) / (width + kGap));
  size_t lines = (completions.size() + across - 1) / across;
  size_t shown = completions.size();
  if (lines > rows) {
    lines = rows - 1;
    shown = lines * across;
  }
  // The likeliest stand on top, side by side.
  std::string text;
  for (size_t i = 0; i < shown; ++i) {
    const std::string cell = table::Shortened(completions[i].text, std::min(kWidest, columns - 1));
    absl::StrAppend(&text, cell);
    const bool ends_line = (i + 1) % across == 0 || i + 1 == shown;
    if (ends_line) {
      absl::StrAppend(&text, "\n");
    } else {
      text.append(width + kGap - std::min(width, DisplayWidth(cell)), ' ');
    }
  }
  if (shown < completions.size()) absl::StrAppend(&text, "... and ", completions.size() - shown, " more\n");
  return text;
}

}  // namespace dossier
