// How numbers lie in the 56-bit payload of an inline term id so that the unsigned order of payloads is their order.
#pragma once

#include <bit>
#include <cstdint>

namespace dossier {

inline constexpr int64_t kPayloadBias = int64_t{1} << 55U;

constexpr bool FitsPayload(int64_t value) { return value >= -kPayloadBias && value < kPayloadBias; }

// REQUIRES: FitsPayload(value).
constexpr uint64_t BiasedPayload(int64_t value) { return static_cast<uint64_t>(value + kPayloadBias); }
constexpr int64_t ValueOfBiased(uint64_t payload) { return static_cast<int64_t>(payload) - kPayloadBias; }

// A double keeps 56 of its bits: those whose lowest 8 are zero fit, which holds for all integers up to 2^45 and for
// their quotients by powers of two.
constexpr bool FitsPayload(double value) { return (std::bit_cast<uint64_t>(value) & 0xFFU) == 0; }

// REQUIRES: FitsPayload(value). Negative numbers have all bits flipped, others only the sign: IEEE 754 orders the
// magnitudes as integers already.
constexpr uint64_t DoublePayload(double value) {
  const auto bits = std::bit_cast<uint64_t>(value);
  const uint64_t sign = uint64_t{1} << 63U;
  return ((bits & sign) != 0 ? ~bits : bits | sign) >> 8U;
}
constexpr double ValueOfDouble(uint64_t payload) {
  const uint64_t sign = uint64_t{1} << 63U;
  const uint64_t ordered = payload << 8U;
  return std::bit_cast<double>((ordered & sign) != 0 ? ordered & ~sign : ~(ordered | 0xFFU));
}

}  // namespace dossier
