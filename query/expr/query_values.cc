#include "query/expr/query_values.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "query/expr/digest.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"

namespace dossier {
namespace {

Term MomentTerm(absl::Time time) {
  const int64_t seconds = absl::ToUnixSeconds(time);
  DateTime moment = DateTime::FromSeconds(seconds, 0);
  moment.nanosecond = static_cast<int>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds)));
  return XsdValue::Moment(XsdType::kDateTime, moment).ToTerm();
}

}  // namespace

QueryValues::QueryValues(absl::Time now, uint64_t seed)
    : now_(MomentTerm(now)), random_state_(seed), blank_node_prefix_(absl::StrFormat("q%016x", RandomBits())) {}

// The generator "SplitMix64": each step adds a constant and mixes the sum.
uint64_t QueryValues::RandomBits() {
  random_state_ += 0x9e3779b97f4a7c15U;
  uint64_t bits = random_state_;
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  return bits ^ (bits >> 31U);
}

double QueryValues::Random() { return std::ldexp(static_cast<double>(RandomBits() >> 11U), -53); }

std::string QueryValues::Uuid() {
  const uint64_t high = (RandomBits() & 0xffffffffffff0fffU) | 0x4000U;
  const uint64_t low = (RandomBits() & 0x3fffffffffffffffU) | 0x8000000000000000U;
  return absl::StrFormat("%08x-%04x-%04x-%04x-%012x", high >> 32U, (high >> 16U) & 0xffffU, high & 0xffffU, low >> 48U,
                         low & 0xffffffffffffU);
}

Term QueryValues::NewBlankNode() { return Term::BlankNode(absl::StrCat(blank_node_prefix_, "n", next_blank_node_++)); }

Term QueryValues::BlankNodeFor(absl::string_view label, absl::string_view solution) const {
  const std::string digest = *DigestInHex(DigestKind::kSha256, absl::StrCat(solution, " ", label));
  return Term::BlankNode(absl::StrCat(blank_node_prefix_, "l", digest));
}

}  // namespace dossier
