// Patterns of XPath written as RE2 reads them. Character classes differ: XPath's \d, \w and \s are those of Unicode, it
// has \i and \c for the characters of XML names, and its dot leaves out carriage returns.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace dossier {

struct RegexFlags {
  bool dot_matches_all = false;  // s
  bool multi_line = false;       // m
  bool ignore_case = false;      // i
  bool ignore_blanks = false;    // x
  bool literal = false;          // q: the pattern is a plain string.
};

// InvalidArgument for a letter that is no flag.
absl::StatusOr<RegexFlags> ReadRegexFlags(absl::string_view flags);

// InvalidArgument for what RE2 has no way to say; other mistakes are left for RE2 to find.
absl::StatusOr<std::string> TranslateRegex(absl::string_view pattern, const RegexFlags& flags);

}  // namespace dossier
