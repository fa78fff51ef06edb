#include "rdf/term_id.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "rdf/inline_literal.h"
#include "rdf/inline_payload.h"
#include "rdf/inline_time.h"
#include "rdf/vocabulary.h"

namespace dossier {
namespace {

// The ordering rule of the header, checked where the encodings are made.
constexpr TermId IntegerId(int64_t value) { return {TermTag::kInteger, BiasedPayload(value)}; }
constexpr TermId DoubleId(double value) { return {TermTag::kDouble, DoublePayload(value)}; }
static_assert(sizeof(TermId) == 8, "a term id is 64 bits");
static_assert(IntegerId(-kPayloadBias) < IntegerId(-1) && IntegerId(-1) < IntegerId(0) && IntegerId(0) < IntegerId(1) &&
                  IntegerId(1) < IntegerId(kPayloadBias - 1),
              "the bias makes negative numbers lie below positive ones");
static_assert(BiasedPayload(kPayloadBias - 1) == TermId::kMaxPayload && BiasedPayload(-kPayloadBias) == 0,
              "biased numbers use all of the payload and no more");
static_assert(DoubleId(-1e300) < DoubleId(-1.5) && DoubleId(-1.5) < DoubleId(-1) && DoubleId(-1) < DoubleId(0.0) &&
                  DoubleId(0.0) < DoubleId(0.5) && DoubleId(0.5) < DoubleId(2),
              "doubles are mapped so that the order of bits is that of numbers");
static_assert(ValueOfDouble(DoublePayload(-1.5)) == -1.5 && ValueOfDouble(DoublePayload(2.25)) == 2.25,
              "the mapping of doubles can be undone");
static_assert(TermId(TermTag::kTripleTerm, TermId::kMaxPayload) < TermId(TermTag::kBoolean, 0),
              "dictionary ids lie below inline ids");

constexpr size_t kShortStringBytes = 7;
constexpr int kDecimalDigits = 6;
constexpr int64_t kDecimalScale = 1'000'000;

std::optional<uint64_t> BooleanPayload(absl::string_view lexical) {
  if (lexical == "false") return 0;
  if (lexical == "true") return 1;
  return std::nullopt;
}

// Digits without a needless zero in front; empty when there are none.
absl::string_view TakeCanonicalDigits(absl::string_view* text) {
  size_t count = 0;
  while (count < text->size() && absl::ascii_isdigit((*text)[count])) ++count;
  const absl::string_view digits = text->substr(0, count);
  if (count > 1 && digits.front() == '0') return {};
  text->remove_prefix(count);
  return digits;
}

// REQUIRES: at most 18 digits.
int64_t ParseDigits(absl::string_view digits) {
  int64_t value = 0;
  for (const char digit : digits) value = value * 10 + (digit - '0');
  return value;
}

std::optional<uint64_t> IntegerPayload(absl::string_view lexical) {
  const bool negative = absl::ConsumePrefix(&lexical, "-");
  const absl::string_view digits = TakeCanonicalDigits(&lexical);
  if (digits.empty() || digits.size() > 17 || !lexical.empty() || (negative && digits == "0")) return std::nullopt;
  const int64_t value = negative ? -ParseDigits(digits) : ParseDigits(digits);
  if (!FitsPayload(value)) return std::nullopt;
  return BiasedPayload(value);
}

// The canonical form of XSD 1.1: no point when there is no fraction, no zero at the end of the fraction.
std::optional<uint64_t> DecimalPayload(absl::string_view lexical) {
  const bool negative = absl::ConsumePrefix(&lexical, "-");
  const absl::string_view whole = TakeCanonicalDigits(&lexical);
  if (whole.empty() || whole.size() > 11) return std::nullopt;
  int64_t value = ParseDigits(whole) * kDecimalScale;
  if (absl::ConsumePrefix(&lexical, ".")) {
    if (lexical.empty() || lexical.size() > kDecimalDigits || lexical.back() == '0') return std::nullopt;
    int64_t unit = kDecimalScale;
    for (const char digit : lexical) {
      if (!absl::ascii_isdigit(digit)) return std::nullopt;
      unit /= 10;
      value += (digit - '0') * unit;
    }
    lexical = {};
  }
  if (!lexical.empty() || (negative && value == 0)) return std::nullopt;
  if (negative) value = -value;
  if (!FitsPayload(value)) return std::nullopt;
  return BiasedPayload(value);
}

std::string DecimalFromPayload(uint64_t payload) {
  const int64_t value = ValueOfBiased(payload);
  const int64_t magnitude = std::abs(value);
  std::string text = absl::StrCat(value < 0 ? "-" : "", magnitude / kDecimalScale);
  if (const int64_t fraction = magnitude % kDecimalScale; fraction != 0) {
    // The scale in front keeps the zeros of the fraction: 1000000 + 50 is "1000050".
    std::string digits = absl::StrCat(kDecimalScale + fraction);
    digits.erase(digits.find_last_not_of('0') + 1);
    absl::StrAppend(&text, ".", absl::string_view(digits).substr(1));
  }
  return text;
}

// The canonical form of XSD: the shortest digits that give the number back, as "1.5E3".
std::string FormatDouble(double value) {
  if (std::isinf(value)) return value < 0 ? "-INF" : "INF";
  char buffer[40];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific);
  const absl::string_view text(buffer, result.ptr - buffer);
  const size_t e = text.find('e');
  const absl::string_view mantissa = text.substr(0, e);
  absl::string_view exponent = text.substr(e + 2);
  while (exponent.size() > 1 && exponent.front() == '0') exponent.remove_prefix(1);
  return absl::StrCat(mantissa, absl::StrContains(mantissa, '.') ? "E" : ".0E", text[e + 1] == '-' ? "-" : "",
                      exponent);
}

// Not inline: NaN, which has no place in the order, and the negative zero, which equals another number.
std::optional<uint64_t> DoublePayloadOf(absl::string_view lexical) {
  double value = 0;
  if (lexical == "INF" || lexical == "-INF") {
    value = lexical.front() == '-' ? -INFINITY : INFINITY;
  } else {
    const char* const end = lexical.data() + lexical.size();
    const auto result = std::from_chars(lexical.data(), end, value);
    if (result.ec != std::errc() || result.ptr != end || !std::isfinite(value)) return std::nullopt;
    if (value == 0 && std::signbit(value)) return std::nullopt;
  }
  if (!FitsPayload(value) || FormatDouble(value) != lexical) return std::nullopt;
  return DoublePayload(value);
}

std::optional<uint64_t> ShortStringPayload(absl::string_view text) {
  if (text.size() > kShortStringBytes || absl::StrContains(text, '\0')) return std::nullopt;
  uint64_t payload = 0;
  for (size_t i = 0; i < kShortStringBytes; ++i) {
    payload = payload << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  }
  return payload;
}

std::string ShortStringFromPayload(uint64_t payload) {
  std::string text;
  for (size_t i = 0; i < kShortStringBytes; ++i) {
    const char c = static_cast<char>(payload >> (8 * (kShortStringBytes - 1 - i)) & 0xFFU);
    if (c == '\0') break;
    text.push_back(c);
  }
  return text;
}

std::optional<TermId> Tagged(TermTag tag, std::optional<uint64_t> payload) {
  if (!payload.has_value()) return std::nullopt;
  return TermId(tag, *payload);
}

}  // namespace

std::optional<TermId> InlineTermId(const Term& term) {
  return term.is_literal() ? InlineLiteralId(term.value(), term.datatype()) : std::nullopt;
}

std::optional<TermId> InlineLiteralId(absl::string_view lexical, absl::string_view datatype) {
  if (datatype == xsd::kString) return Tagged(TermTag::kShortString, ShortStringPayload(lexical));
  if (datatype == edtf::kEdtf) return Tagged(TermTag::kEdtf, EdtfPayload(lexical));
  if (!absl::StartsWith(datatype, xsd::kPrefix)) return std::nullopt;
  if (datatype == xsd::kInteger) return Tagged(TermTag::kInteger, IntegerPayload(lexical));
  if (datatype == xsd::kDecimal) return Tagged(TermTag::kDecimal, DecimalPayload(lexical));
  if (datatype == xsd::kDouble) return Tagged(TermTag::kDouble, DoublePayloadOf(lexical));
  if (datatype == xsd::kBoolean) return Tagged(TermTag::kBoolean, BooleanPayload(lexical));
  if (datatype == xsd::kDate) return Tagged(TermTag::kDate, DatePayload(lexical));
  if (datatype == xsd::kDateTime) return Tagged(TermTag::kDateTime, DateTimePayload(lexical));
  if (datatype == xsd::kGYear) return Tagged(TermTag::kYear, YearPayload(lexical));
  if (datatype == xsd::kGYearMonth) return Tagged(TermTag::kYearMonth, YearMonthPayload(lexical));
  return std::nullopt;
}

Term InlineTerm(TermId id) {
  const uint64_t payload = id.payload();
  const auto typed = [](std::string lexical, absl::string_view datatype) {
    return Term::Typed(std::move(lexical), std::string(datatype));
  };
  switch (id.tag()) {
    case TermTag::kBoolean: return typed(payload == 0 ? "false" : "true", xsd::kBoolean);
    case TermTag::kInteger: return typed(absl::StrCat(ValueOfBiased(payload)), xsd::kInteger);
    case TermTag::kDecimal: return typed(DecimalFromPayload(payload), xsd::kDecimal);
    case TermTag::kDouble: return typed(FormatDouble(ValueOfDouble(payload)), xsd::kDouble);
    case TermTag::kDate: return typed(DateFromPayload(payload), xsd::kDate);
    case TermTag::kDateTime: return typed(DateTimeFromPayload(payload), xsd::kDateTime);
    case TermTag::kYear: return typed(YearFromPayload(payload), xsd::kGYear);
    case TermTag::kYearMonth: return typed(YearMonthFromPayload(payload), xsd::kGYearMonth);
    case TermTag::kEdtf: return typed(EdtfFromPayload(payload), edtf::kEdtf);
    case TermTag::kShortString: return Term::String(ShortStringFromPayload(payload));
    default: break;
  }
  assert(false && "only inline ids carry their term");
  return {};
}

}  // namespace dossier
