// Numbers of 32 bits in the place of the ids that one variable of a join can have, in the same order: so that lists of
// them are short, and arrays and bitmaps can be indexed by them.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "rdf/term_id.h"

namespace dossier::exec {

class ValueCodes {
 public:
  // Ids of the dictionary that are of the kind of `example` have their own number as code; others have none.
  static ValueCodes OfKind(TermId example) {
    ValueCodes codes;
    codes.high_ = example.bits() >> 32U;
    return codes;
  }

  // The codes are the positions in `ids`, which ascend.
  static ValueCodes OfList(std::vector<TermId> ids) {
    ValueCodes codes;
    codes.is_listed_ = true;
    codes.listed_ = std::move(ids);
    return codes;
  }

  bool is_listed() const { return is_listed_; }

  std::optional<uint32_t> CodeOf(TermId id) const;
  TermId IdOf(uint32_t code) const { return is_listed_ ? listed_[code] : TermId::FromBits(high_ << 32U | code); }

  // Writes the codes of `rows` ids. False, and nothing of use written, when one has no code. REQUIRES: !is_listed().
  bool TryEncode(const TermId* ids, size_t rows, uint32_t* codes) const {
    uint64_t different = 0;
    for (size_t i = 0; i < rows; ++i) {
      different |= (ids[i].bits() >> 32U) ^ high_;
      codes[i] = static_cast<uint32_t>(ids[i].bits());
    }
    return different == 0;
  }

 private:
  uint64_t high_ = 0;  // The upper half of all ids.
  bool is_listed_ = false;
  std::vector<TermId> listed_;
};

}  // namespace dossier::exec
