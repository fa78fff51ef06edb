#include "rdf/language_tag.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"

namespace dossier {

bool IsLanguageTag(absl::string_view tag) {
  size_t part = 0;
  bool first = true;
  for (const char c : tag) {
    const auto letter = static_cast<unsigned char>(c);
    if (c == '-' && part > 0) {
      part = 0;
      first = false;
    } else if (++part > 8 || !(absl::ascii_isalpha(letter) || (!first && absl::ascii_isdigit(letter)))) {
      return false;
    }
  }
  return part > 0;
}

absl::StatusOr<Term> TermWithLanguageTag(std::string lexical, absl::string_view tag) {
  BaseDirection direction = BaseDirection::kNone;
  const size_t dashes = tag.find("--");
  if (dashes != absl::string_view::npos) {
    const absl::string_view name = tag.substr(dashes + 2);
    if (name != "ltr" && name != "rtl") {
      return absl::InvalidArgumentError("the direction of a language tag is `ltr` or `rtl`");
    }
    direction = name == "ltr" ? BaseDirection::kLeftToRight : BaseDirection::kRightToLeft;
    tag = tag.substr(0, dashes);
  }
  size_t part = 0;
  for (const char c : tag) {
    part = c == '-' ? 0 : part + 1;
    if (part > 8) return absl::InvalidArgumentError("the parts of a language tag have at most eight letters");
  }
  return Term::LanguageTagged(std::move(lexical), tag, direction);
}

}  // namespace dossier
