// Finding terms by what people call them: short texts and the ends of IRIs, folded (PhraseKey), as a whole or from one
// of their words on. The store knows which terms are called so, not what they name: a text is a name when the graph
// says that it is the label of something.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "rdf/term.h"
#include "rdf/term_id.h"

namespace dossier {

enum class NameTable : uint8_t {
  kWhole,  // (NameHash or RespellingHash, term): every name. Other names may share the hash.
  kWords,  // (first eight bytes, next eight, term): the beginnings of every name, at its first word and at later ones.
};

// The rows that begin with `prefix` and whose next column lies in [lower, upper].
struct NameScan {
  NameTable table = NameTable::kWhole;
  std::vector<TermId> prefix;
  TermId lower = TermId::FromBits(0);
  TermId upper = TermId::FromBits(~uint64_t{0});
};

// Texts of more bytes are no names.
inline constexpr size_t kMaximumNameBytes = 256;
// Folded names of more bytes can be found by their beginning, but not by later words nor by another spelling.
inline constexpr size_t kMaximumWordyNameBytes = 64;

// What a term is called, folded: of a text without or with a language its characters, of an IRI its end as words
// (rdf/local_name.h) unless that is no more than a number. Empty for other terms and for texts that are too long.
std::string NameKey(const Term& term);

// The first column of NameTable::kWhole for a folded name, and for all names of one RomanisationKey.
TermId NameHash(absl::string_view key);
TermId RespellingHash(absl::string_view romanisation_key);

// Finds the beginnings in NameTable::kWords that begin with `prefix` (folded), of which the first 16 bytes count.
NameScan BeginningScan(absl::string_view prefix);
// Finds every name once in NameTable::kWhole.
NameScan AllNamesScan();
// The beginning that a row of NameTable::kWords has, up to 16 bytes of it.
std::string BeginningOf(TermId first, TermId next);

// Where a folded name may be begun to be typed: at its first word and the next few that are not small ones ("of",
// "the").
std::vector<size_t> NameBeginnings(absl::string_view key);

}  // namespace dossier
