#include "query/expr/regex.h"

#include <re2/re2.h>

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/expr/regex_pattern.h"

namespace dossier {
namespace {

re2::StringPiece Piece(absl::string_view text) { return {text.data(), text.size()}; }

// The replacement with its groups taken from `groups`.
absl::StatusOr<std::string> Expand(absl::string_view replacement, const std::vector<re2::StringPiece>& groups) {
  std::string text;
  for (size_t i = 0; i < replacement.size(); ++i) {
    const char c = replacement[i];
    const char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') {
        return absl::InvalidArgumentError("in a replacement a backslash stands before a backslash or a dollar sign");
      }
      text.push_back(next);
      ++i;
    } else if (c == '$') {
      if (!absl::ascii_isdigit(static_cast<unsigned char>(next))) {
        return absl::InvalidArgumentError("in a replacement a dollar sign stands before the number of a group");
      }
      size_t group = static_cast<size_t>(next - '0');
      ++i;
      // As many digits as make the number of a group that there is.
      while (i + 1 < replacement.size() && absl::ascii_isdigit(static_cast<unsigned char>(replacement[i + 1]))) {
        const size_t longer = group * 10 + static_cast<size_t>(replacement[i + 1] - '0');
        if (longer >= groups.size()) break;
        group = longer;
        ++i;
      }
      if (group < groups.size()) text.append(groups[group].data(), groups[group].size());
    } else {
      text.push_back(c);
    }
  }
  return text;
}

}  // namespace

Regex::Regex(std::unique_ptr<re2::RE2> compiled, bool literal) : compiled_(std::move(compiled)), literal_(literal) {}
Regex::~Regex() = default;

absl::StatusOr<std::unique_ptr<Regex>> Regex::Compile(absl::string_view pattern, absl::string_view flags) {
  RegexFlags read;
  DOSSIER_ASSIGN_OR_RETURN(read, ReadRegexFlags(flags));
  RE2::Options options(RE2::Quiet);
  options.set_literal(read.literal);
  options.set_case_sensitive(!read.ignore_case);
  std::string translated(pattern);
  if (!read.literal) {
    DOSSIER_ASSIGN_OR_RETURN(translated, TranslateRegex(pattern, read));
  }
  auto compiled = std::make_unique<RE2>(translated, options);
  if (!compiled->ok()) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", pattern, "\" is not a regular expression: ", compiled->error()));
  }
  return std::unique_ptr<Regex>(new Regex(std::move(compiled), read.literal));
}

bool Regex::Matches(absl::string_view text) const { return RE2::PartialMatch(Piece(text), *compiled_); }

absl::StatusOr<std::string> Regex::Replace(absl::string_view text, absl::string_view replacement) const {
  if (RE2::FullMatch("", *compiled_)) {
    return absl::InvalidArgumentError("a pattern that matches the empty string cannot be replaced");
  }
  std::vector<re2::StringPiece> groups(static_cast<size_t>(compiled_->NumberOfCapturingGroups()) + 1);
  std::string replaced;
  size_t position = 0;
  while (position <= text.size() && compiled_->Match(Piece(text), position, text.size(), RE2::UNANCHORED, groups.data(),
                                                     static_cast<int>(groups.size()))) {
    const size_t begin = static_cast<size_t>(groups[0].data() - text.data());
    if (groups[0].empty()) break;  // Only an assertion such as "\b" matches here; nothing is replaced.
    replaced.append(text.data() + position, begin - position);
    if (literal_) {
      absl::StrAppend(&replaced, replacement);
    } else {
      DOSSIER_ASSIGN_OR_RETURN(const std::string expanded, Expand(replacement, groups));
      replaced.append(expanded);
    }
    position = begin + groups[0].size();
  }
  if (position < text.size()) replaced.append(text.data() + position, text.size() - position);
  return replaced;
}

}  // namespace dossier
