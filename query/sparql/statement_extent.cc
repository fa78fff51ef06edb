#include "query/sparql/statement_extent.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "query/sparql/leading_tokens.h"
#include "rdf/characters.h"

namespace dossier::sparql {
namespace {

constexpr absl::string_view kGroup = "{}";

// What stands outside of all brackets: words, names, IRIs, `;`, `*`, and kGroup for each group in braces.
class Outline {
 public:
  explicit Outline(absl::string_view text) : rest_(text) {
    while (!rest_.empty()) Step();
  }

  bool is_open() const { return depth_ > 0 || in_string_; }
  const std::vector<absl::string_view>& tokens() const { return tokens_; }
  // The text without comments and line ends.
  const std::string& one_line() const { return one_line_; }

 private:
  void Step() {
    const char c = rest_.front();
    if (c == '#') return rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
    if (c == '\n') return Replace(" ");
    if (c == '<') return SkipIri();
    if (c == '"' || c == '\'') return SkipString(c);
    if (c == '\\') return Skip(std::min<size_t>(2, rest_.size()));
    if (c == '{' || c == '(' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ')' || c == ']') {
      if (depth_ > 0) --depth_;
      if (depth_ == 0 && c == '}') tokens_.push_back(kGroup);
    } else if (depth_ == 0 && (c == ';' || c == '*')) {
      tokens_.push_back(rest_.substr(0, 1));
    } else if (IsNameCharacter(static_cast<unsigned char>(c)) || c == ':' || c == '?' || c == '$') {
      return TakeName();
    }
    Skip(1);
  }

  void Skip(size_t length) {
    one_line_.append(rest_.data(), length);
    rest_.remove_prefix(length);
  }
  // `text` stands in one line for the character ahead.
  void Replace(absl::string_view text) {
    one_line_.append(text.data(), text.size());
    rest_.remove_prefix(1);
  }

  // `<` is an IRI's if all up to `>` can stand in one; else it is an operator.
  void SkipIri() {
    size_t end = 1;
    while (end < rest_.size() && (IsIriPlain(rest_[end]) || static_cast<unsigned char>(rest_[end]) >= 0x80)) ++end;
    const bool is_iri = end < rest_.size() && rest_[end] == '>';
    if (is_iri && depth_ == 0) tokens_.push_back(rest_.substr(0, end + 1));
    Skip(is_iri ? end + 1 : 1);
  }

  void SkipString(char quote) {
    const std::string three(3, quote);
    const bool is_long = absl::StartsWith(rest_, three);
    Skip(is_long ? 3 : 1);
    while (!rest_.empty()) {
      if (rest_.front() == '\\' && rest_.size() > 1) {
        Skip(2);
      } else if (is_long && absl::StartsWith(rest_, three)) {
        return Skip(3);
      } else if (is_long && rest_.front() == '\n') {
        Replace("\\n");
      } else if (!is_long && (rest_.front() == quote || rest_.front() == '\n')) {
        return Skip(1);  // A string that its line does not end is an error, which the parser tells.
      } else {
        Skip(1);
      }
    }
    in_string_ = is_long;
  }

  // Also of names with colons and of variables, which are no words.
  void TakeName() {
    size_t end = 1;
    while (end < rest_.size() && (IsNameCharacter(static_cast<unsigned char>(rest_[end])) || rest_[end] == ':' ||
                                  static_cast<unsigned char>(rest_[end]) >= 0x80)) {
      ++end;
    }
    if (depth_ == 0) tokens_.push_back(rest_.substr(0, end));
    Skip(end);
  }

  absl::string_view rest_;
  std::vector<absl::string_view> tokens_;
  std::string one_line_;
  int depth_ = 0;
  bool in_string_ = false;
};

using Tokens = std::vector<absl::string_view>;

bool HasGroupAfter(Tokens::const_iterator begin, Tokens::const_iterator end) {
  return std::find(begin, end, kGroup) != end;
}

bool IsWholeQuery(Tokens::const_iterator form, Tokens::const_iterator end) {
  if (Is(*form, "DESCRIBE")) return end - form > 1;
  const auto next = form + 1;
  const bool has_template = Is(*form, "CONSTRUCT") && next != end && *next == kGroup;
  return HasGroupAfter(has_template ? next + 1 : next, end);
}

bool IsWholeOperation(Tokens::const_iterator form, Tokens::const_iterator end) {
  if (!IsOneOf(*form, {"INSERT", "DELETE", "WITH"})) return true;
  const bool is_data = form + 1 != end && Is(*(form + 1), "DATA");
  const auto where =
      is_data ? form : std::find_if(form, end, [](absl::string_view token) { return Is(token, "WHERE"); });
  return HasGroupAfter(where, end);
}

}  // namespace

StatementExtent ExtentOf(absl::string_view statement) {
  const Outline outline(statement);
  if (outline.is_open()) return StatementExtent::kOpen;
  const Tokens& tokens = outline.tokens();
  const auto query = std::find_if(tokens.begin(), tokens.end(), [](absl::string_view token) {
    return IsOneOf(token, {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"});
  });
  const bool ends_with_semicolon = !tokens.empty() && tokens.back() == ";";
  if (query != tokens.end()) {
    if (ends_with_semicolon) return StatementExtent::kEnded;
    return IsWholeQuery(query, tokens.end()) ? StatementExtent::kMayGoOn : StatementExtent::kOpen;
  }
  if (ends_with_semicolon) return StatementExtent::kOpen;
  // Of the last operation.
  const auto is_end = [](absl::string_view token) { return token == ";"; };
  const auto begin = std::find_if(tokens.rbegin(), tokens.rend(), is_end).base();
  const auto operation = std::find_if(begin, tokens.end(), [](absl::string_view token) {
    return IsOneOf(token, {"INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"});
  });
  if (operation == tokens.end()) return StatementExtent::kEnded;
  return IsWholeOperation(operation, tokens.end()) ? StatementExtent::kMayGoOn : StatementExtent::kOpen;
}

std::string AsOneLine(absl::string_view statement) { return Outline(statement).one_line(); }

bool GoesOnWith(absl::string_view line) {
  line = absl::StripLeadingAsciiWhitespace(line);
  if (line.empty()) return false;
  if (absl::string_view("#;{").find(line.front()) != absl::string_view::npos) return true;
  size_t length = 0;
  while (length < line.size() && IsLetter(line[length])) ++length;
  // VALUES and WHERE after DESCRIBE; USING belongs before a WHERE that is still to come.
  return IsOneOf(line.substr(0, length), {"GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES", "WHERE", "FROM"});
}

}  // namespace dossier::sparql
