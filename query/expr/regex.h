// The regular expressions of XPath (https://www.w3.org/TR/xpath-functions-31/#regex-syntax) over RE2, which matches in
// linear time.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace re2 {
class RE2;
}

namespace dossier {

class Regex {
 public:
  ~Regex();

  // `flags` are those of XPath: s, m, i, x, q. InvalidArgument, with a message for whoever wrote the pattern, when it
  // is no regular expression or needs what RE2 cannot do (back-references, subtraction of character classes).
  static absl::StatusOr<std::unique_ptr<Regex>> Compile(absl::string_view pattern, absl::string_view flags);

  // Whether some part of `text` matches.
  bool Matches(absl::string_view text) const;

  // fn:replace: each match replaced by `replacement`, in which $N is the Nth group and $0 the match, "\$" a dollar and
  // "\\" a backslash (with flag q it is taken as it is). InvalidArgument for a replacement of another form, and for a
  // pattern that matches nothing at all ("a*"), as fn:replace has it.
  absl::StatusOr<std::string> Replace(absl::string_view text, absl::string_view replacement) const;

 private:
  Regex(std::unique_ptr<re2::RE2> compiled, bool literal);

  std::unique_ptr<re2::RE2> compiled_;
  bool literal_;
};

}  // namespace dossier
