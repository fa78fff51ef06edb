#include "storage/name_rows.h"

#include <algorithm>
#include <array>

#include "absl/strings/ascii.h"
#include "base/romanisation.h"
#include "base/text.h"
#include "rdf/local_name.h"
#include "rdf/vocabulary.h"
#include "storage/dictionary.h"
#include "storage/hash.h"

namespace dossier {
namespace {

constexpr size_t kWordBytes = 8;
constexpr size_t kMaximumBeginnings = 6;   // Words of a long headline after these find nothing.
constexpr size_t kShortestRespelling = 4;  // Shorter names have too many that look like them.
constexpr size_t kMaximumRespelledWords = 5;
constexpr unsigned kHashBits = 40;  // As in the term index.
constexpr uint64_t kRespelling = uint64_t{1} << kHashBits;

uint64_t ShortHash(absl::string_view text) { return storage::Hash64(text) >> (64U - kHashBits); }

std::string TextKey(absl::string_view text) { return text.size() > kMaximumNameBytes ? "" : PhraseKey(text); }

// Numbers, of articles, claims and rows of whatever table, are no names.
std::string IriKey(absl::string_view iri) {
  const size_t end = iri.find_last_not_of("/#");
  const size_t begin = end == absl::string_view::npos ? end : iri.find_last_of("/#:", end);
  const absl::string_view name = begin == absl::string_view::npos ? iri : iri.substr(begin + 1);
  const bool worded = std::any_of(name.begin(), name.end(), [](char c) {
    const auto code = static_cast<unsigned char>(c);
    return absl::ascii_isalpha(code) || code >= 0x80 || c == '%';
  });
  return worded && name.size() <= kMaximumNameBytes ? PhraseKey(LocalNameOfIri(iri)) : std::string();
}

// Eight bytes of a text as a number that sorts as they do; `fill` stands for those beyond its end.
TermId Bytes(absl::string_view text, size_t begin, unsigned char fill) {
  uint64_t bytes = 0;
  for (size_t i = begin; i < begin + kWordBytes; ++i) {
    bytes = bytes << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : fill);
  }
  return TermId::FromBits(bytes);
}

bool IsSmallWord(absl::string_view word) {
  static constexpr std::array<absl::string_view, 8> kSmall = {"of", "the", "and", "in", "for", "to", "on", "a"};
  return std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end();
}

bool CanBeRespelled(absl::string_view key) {
  if (key.size() < kShortestRespelling || key.size() > kMaximumWordyNameBytes) return false;
  if (std::count(key.begin(), key.end(), ' ') >= static_cast<std::ptrdiff_t>(kMaximumRespelledWords)) return false;
  return std::none_of(key.begin(), key.end(), [](unsigned char c) { return absl::ascii_isdigit(c); });
}

}  // namespace

std::string NameKey(const Term& term) {
  if (term.is_iri()) return IriKey(term.value());
  const bool text = term.is_literal() && (!term.language().empty() || term.datatype() == xsd::kString);
  return text ? TextKey(term.value()) : std::string();
}

TermId NameHash(absl::string_view key) { return TermId::FromBits(ShortHash(key)); }

TermId RespellingHash(absl::string_view romanisation_key) {
  return TermId::FromBits(kRespelling | ShortHash(romanisation_key));
}

NameScan BeginningScan(absl::string_view prefix) {
  NameScan scan;
  scan.table = NameTable::kWords;
  size_t at = 0;
  if (prefix.size() > kWordBytes) {
    scan.prefix.push_back(Bytes(prefix, 0, 0));
    at = kWordBytes;
  }
  scan.lower = Bytes(prefix, at, 0);
  scan.upper = Bytes(prefix, at, 0xFF);
  return scan;
}

NameScan AllNamesScan() {
  NameScan scan;
  scan.upper = TermId::FromBits(kRespelling - 1);
  return scan;
}

std::string BeginningOf(TermId first, TermId next) {
  std::string text;
  for (const TermId word : {first, next}) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      const char c = static_cast<char>(word.bits() >> static_cast<unsigned>(shift));
      if (c == '\0') return text;
      text.push_back(c);
    }
  }
  return text;
}

std::vector<size_t> NameBeginnings(absl::string_view key) {
  std::vector<size_t> beginnings = {0};
  if (key.size() > kMaximumWordyNameBytes) return beginnings;
  for (size_t i = key.find(' '); i != absl::string_view::npos && beginnings.size() < kMaximumBeginnings;
       i = key.find(' ', i + 1)) {
    const size_t end = std::min(key.find(' ', i + 1), key.size());
    if (!IsSmallWord(key.substr(i + 1, end - i - 1))) beginnings.push_back(i + 1);
  }
  return beginnings;
}

namespace storage {

std::string NameKeyOfRecord(TermTag tag, absl::string_view record) {
  if (tag == TermTag::kIri) return IriKey(record);
  const std::optional<absl::string_view> text = tag == TermTag::kLiteral ? TextOfRecord(record) : std::nullopt;
  return text.has_value() ? TextKey(*text) : std::string();
}

std::string NameKeyOfInline(TermId id) {
  return id.tag() == TermTag::kShortString ? NameKey(InlineTerm(id)) : std::string();
}

void AppendNameRows(absl::string_view key, TermId id, NameRows* rows) {
  if (key.empty()) return;
  rows->whole.push_back({NameHash(key), id});
  if (CanBeRespelled(key)) rows->whole.push_back({RespellingHash(RomanisationKey(key)), id});
  for (const size_t begin : NameBeginnings(key)) {
    const absl::string_view text = key.substr(begin);
    rows->words.push_back({Bytes(text, 0, 0), Bytes(text, kWordBytes, 0), id});
  }
}

Table TableOf(NameTable table) { return table == NameTable::kWhole ? kNameTable : kNameWordTable; }

}  // namespace storage
}  // namespace dossier
