// Reads lexical forms of dates, times and durations from left to right.
#pragma once

#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"

namespace dossier {

// After the first mismatch it stays failed.
class LexicalScanner {
 public:
  explicit LexicalScanner(absl::string_view text) : rest_(text) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return rest_.empty(); }
  char Peek() const { return rest_.empty() ? '\0' : rest_[0]; }

  bool Accept(char c) {
    if (Peek() != c || rest_.empty()) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void Expect(char c) { ok_ = Accept(c) && ok_; }

  absl::string_view TakeDigits() {
    size_t count = 0;
    while (count < rest_.size() && absl::ascii_isdigit(rest_[count])) ++count;
    const absl::string_view digits = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return digits;
  }

  int TwoDigits(int low, int high) {
    const absl::string_view digits = rest_.substr(0, 2);
    int value = 0;
    if (digits.size() != 2 || !absl::ascii_isdigit(digits[0]) || !absl::ascii_isdigit(digits[1]) ||
        !absl::SimpleAtoi(digits, &value) || value < low || value > high) {
      ok_ = false;
      return low;
    }
    rest_.remove_prefix(2);
    return value;
  }

  void Fail() { ok_ = false; }

 private:
  absl::string_view rest_;
  bool ok_ = true;
};

// `.5` as nanoseconds, digits after the ninth cut off; 0 when there is no point.
inline int ScanNanoseconds(LexicalScanner* scanner) {
  if (!scanner->Accept('.')) return 0;
  const absl::string_view digits = scanner->TakeDigits();
  if (digits.empty()) scanner->Fail();
  int nanoseconds = 0;
  for (size_t i = 0; i < 9; ++i) nanoseconds = nanoseconds * 10 + (i < digits.size() ? digits[i] - '0' : 0);
  return nanoseconds;
}

// The reverse, without zeros at the end; nothing for 0.
inline void AppendFraction(int nanosecond, std::string* text) {
  if (nanosecond == 0) return;
  std::string digits = absl::StrFormat("%09d", nanosecond);
  while (digits.back() == '0') digits.pop_back();
  absl::StrAppend(text, ".", digits);
}

}  // namespace dossier
