// Blank nodes that no store has yet.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "absl/strings/str_cat.h"
#include "rdf/term.h"

namespace dossier::sparql {

// Not thread-safe. The labels of one maker begin alike, with 64 random bits, so that those of two never meet.
class FreshBlankNodes {
 public:
  FreshBlankNodes() {
    std::random_device random;
    const uint64_t high = random();
    prefix_ = absl::StrCat("u", absl::Hex(high << 32U | random(), absl::kZeroPad16), "n");
  }

  Term Next() { return Term::BlankNode(absl::StrCat(prefix_, ++count_)); }

 private:
  std::string prefix_;
  uint64_t count_ = 0;
};

}  // namespace dossier::sparql
