#include "query/expr/regex_pattern.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier {
namespace {

// The characters that begin an XML name, and those that may follow; both as the inside of a class.
constexpr absl::string_view kNameStart =
    R"(:A-Z_a-z\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2FF}\x{370}-\x{37D}\x{37F}-\x{1FFF}\x{200C}-\x{200D})"
    R"(\x{2070}-\x{218F}\x{2C00}-\x{2FEF}\x{3001}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFFD}\x{10000}-\x{EFFFF})";
constexpr absl::string_view kNameMore = R"(\-.0-9\x{B7}\x{0300}-\x{036F}\x{203F}-\x{2040})";

class Translator {
 public:
  Translator(absl::string_view pattern, const RegexFlags& flags) : rest_(pattern), flags_(flags) {}

  absl::StatusOr<std::string> Run() {
    if (flags_.multi_line) result_ = "(?m)";
    while (!rest_.empty()) {
      const char c = rest_.front();
      if (c == '\\') {
        DOSSIER_RETURN_IF_ERROR(Escape(false));
      } else if (c == '[') {
        DOSSIER_RETURN_IF_ERROR(Class());
      } else if (c == '.') {
        absl::StrAppend(&result_, flags_.dot_matches_all ? R"([\x{0}-\x{10FFFF}])" : R"([^\n\r])");
        rest_.remove_prefix(1);
      } else if (flags_.ignore_blanks && absl::ascii_isspace(static_cast<unsigned char>(c))) {
        rest_.remove_prefix(1);
      } else {
        Copy();
      }
    }
    return std::move(result_);
  }

 private:
  void Copy() {
    result_.push_back(rest_.front());
    rest_.remove_prefix(1);
  }

  // REQUIRES: rest_ begins with a backslash.
  absl::Status Escape(bool in_class) {
    if (rest_.size() < 2) return absl::InvalidArgumentError("a regular expression cannot end with a backslash");
    const char c = rest_[1];
    if (c >= '1' && c <= '9') {
      return absl::InvalidArgumentError(absl::StrCat("back-references such as \\", absl::string_view(&c, 1),
                                                     " are not supported in regular expressions"));
    }
    rest_.remove_prefix(2);
    switch (c) {
      case 'd': absl::StrAppend(&result_, R"(\p{Nd})"); break;
      case 'D': absl::StrAppend(&result_, R"(\P{Nd})"); break;
      case 'w': Set(in_class, R"(\p{L}\p{M}\p{N}\p{S})"); break;
      case 'W': Set(in_class, R"(\p{P}\p{Z}\p{C})"); break;
      case 's': Set(in_class, R"( \t\n\r)"); break;
      case 'S': Set(in_class, R"(\x{0}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{21}-\x{10FFFF})"); break;
      case 'i': Set(in_class, kNameStart); break;
      case 'c': Set(in_class, absl::StrCat(kNameStart, kNameMore)); break;
      case 'I': return Complement(in_class, c, kNameStart);
      case 'C': return Complement(in_class, c, absl::StrCat(kNameStart, kNameMore));
      default: result_.append({'\\', c});
    }
    return absl::OkStatus();
  }

  void Set(bool in_class, absl::string_view inside) {
    if (in_class) {
      absl::StrAppend(&result_, inside);
    } else {
      absl::StrAppend(&result_, "[", inside, "]");
    }
  }

  absl::Status Complement(bool in_class, char letter, absl::string_view inside) {
    if (in_class) {
      return absl::InvalidArgumentError(absl::StrCat("\\", absl::string_view(&letter, 1),
                                                     " inside a character class is not supported in regular "
                                                     "expressions"));
    }
    absl::StrAppend(&result_, "[^", inside, "]");
    return absl::OkStatus();
  }

  // A class up to its closing bracket. REQUIRES: rest_ begins with an opening one.
  absl::Status Class() {
    Copy();
    if (!rest_.empty() && rest_.front() == '^') Copy();
    bool first = true;
    while (!rest_.empty() && (first || rest_.front() != ']')) {
      first = false;
      if (absl::StartsWith(rest_, "-[")) {
        return absl::InvalidArgumentError("subtraction of character classes is not supported in regular expressions");
      }
      if (rest_.front() == '\\') {
        DOSSIER_RETURN_IF_ERROR(Escape(true));
      } else if (rest_.front() == '[') {
        // Not the begin of a POSIX class, which XPath does not have.
        absl::StrAppend(&result_, "\\[");
        rest_.remove_prefix(1);
      } else {
        Copy();
      }
    }
    if (rest_.empty()) return absl::InvalidArgumentError("a character class of the regular expression has no \"]\"");
    Copy();
    return absl::OkStatus();
  }

  absl::string_view rest_;
  const RegexFlags& flags_;
  std::string result_;
};

}  // namespace

absl::StatusOr<RegexFlags> ReadRegexFlags(absl::string_view flags) {
  RegexFlags read;
  for (const char flag : flags) {
    switch (flag) {
      case 's': read.dot_matches_all = true; break;
      case 'm': read.multi_line = true; break;
      case 'i': read.ignore_case = true; break;
      case 'x': read.ignore_blanks = true; break;
      case 'q': read.literal = true; break;
      default:
        return absl::InvalidArgumentError(absl::StrCat("\"", absl::string_view(&flag, 1),
                                                       "\" is no flag of a regular expression; they are s, m, i, x "
                                                       "and q"));
    }
  }
  return read;
}

absl::StatusOr<std::string> TranslateRegex(absl::string_view pattern, const RegexFlags& flags) {
  return Translator(pattern, flags).Run();
}

}  // namespace dossier
