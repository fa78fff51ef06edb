// TermId: a term as 64 bits. The top byte is a tag, the other 56 bits a payload: either the number of a dictionary
// entry, or the value itself, so that scans, joins and most filters never need the dictionary.
//
// Ordering rule: ids of one inline tag compare as their values do, so a range of values is a range of ids (of kEdtf, a
// few ranges: rdf/inline_time_range.h). Ids of different tags, and dictionary ids, have an order (that of the bits)
// that means nothing but is stable.
//
// A term that can be inline always is; so equal terms have equal ids, and different ids mean different terms. A lexical
// form that is not canonical (`007`, `1.50`) does not become inline: the dictionary keeps it as it was written.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <utility>

#include "rdf/term.h"

namespace dossier {

enum class TermTag : uint8_t {
  kUndefined = 0,   // No value: an unbound variable; as a graph, the default graph.
  kIri = 1,         // Dictionary.
  kBlankNode = 2,   // Dictionary.
  kLiteral = 3,     // Dictionary: every literal that is not inline.
  kTripleTerm = 4,  // Dictionary.
  // Terms that were born in a query (results of expressions); valid inside that query only, never stored.
  kLocal = 8,
  // Inline values. The numbers are part of the storage format.
  kBoolean = 16,
  kInteger = 17,    // xsd:integer, 56 bits, biased.
  kDecimal = 18,    // xsd:decimal with up to 6 fractional digits, scaled by 10^6, biased.
  kDouble = 19,     // xsd:double whose lowest 8 bits are zero, mapped to keep order.
  kDate = 20,       // xsd:date without a time zone: days since 0000-01-01, biased.
  kDateTime = 21,   // xsd:dateTime in UTC ("Z") with whole seconds, years 0 to 9999: seconds, biased.
  kYear = 22,       // xsd:gYear without a time zone, biased.
  kYearMonth = 23,  // xsd:gYearMonth without a time zone: months, biased.
  kEdtf = 24,       // EDTF dates and closed intervals of level 0 and simple qualifiers: by class of length, then begin.
  kShortString = 25,  // xsd:string of up to 7 bytes without NUL, padded with NUL at the end.
};

class TermId {
 public:
  constexpr TermId() = default;
  constexpr TermId(TermTag tag, uint64_t payload) : bits_(uint64_t{static_cast<uint8_t>(tag)} << 56U | payload) {}
  static constexpr TermId FromBits(uint64_t bits) {
    TermId id;
    id.bits_ = bits;
    return id;
  }

  static constexpr uint64_t kMaxPayload = (uint64_t{1} << 56U) - 1;

  constexpr TermTag tag() const { return static_cast<TermTag>(bits_ >> 56U); }
  constexpr uint64_t payload() const { return bits_ & kMaxPayload; }
  constexpr uint64_t bits() const { return bits_; }
  constexpr bool is_undefined() const { return bits_ == 0; }
  constexpr bool is_inline() const { return tag() >= TermTag::kBoolean; }
  constexpr bool is_dictionary() const { return tag() >= TermTag::kIri && tag() <= TermTag::kTripleTerm; }

  friend constexpr auto operator<=>(TermId, TermId) = default;
  template <typename H>
  friend H AbslHashValue(H h, TermId id) {
    return H::combine(std::move(h), id.bits_);
  }

 private:
  uint64_t bits_ = 0;
};

// The inline id of `term`, or nullopt when it has to go to the dictionary.
std::optional<TermId> InlineTermId(const Term& term);

// The term of an inline id; exactly the one it was made from.
// REQUIRES: id.is_inline().
Term InlineTerm(TermId id);

}  // namespace dossier
