#include "rdf/local_name.h"

#include <cstdlib>

#include "absl/strings/ascii.h"

namespace dossier {
namespace {

bool IsHex(char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); }

std::string PercentDecoded(absl::string_view text) {
  std::string decoded;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && IsHex(text[i + 1]) && IsHex(text[i + 2])) {
      decoded.push_back(static_cast<char>(std::strtol(std::string(text.substr(i + 1, 2)).c_str(), nullptr, 16)));
      i += 2;
    } else {
      decoded.push_back(text[i]);
    }
  }
  return decoded;
}

}  // namespace

std::string LocalName(const Term& term) { return term.is_iri() ? LocalNameOfIri(term.value()) : term.value(); }

std::string LocalNameOfIri(absl::string_view iri) {
  while (!iri.empty() && (iri.back() == '/' || iri.back() == '#')) iri.remove_suffix(1);
  if (const size_t at = iri.find_last_of("/#:"); at != absl::string_view::npos) iri.remove_prefix(at + 1);
  const std::string local = PercentDecoded(iri);
  std::string words;
  for (size_t i = 0; i < local.size(); ++i) {
    const auto c = static_cast<unsigned char>(local[i]);
    if (c == '_' || c == '+') {
      words.push_back(' ');
      continue;
    }
    const bool after_lower = i > 0 && absl::ascii_islower(static_cast<unsigned char>(local[i - 1]));
    if (absl::ascii_isupper(c) && after_lower) {
      words.push_back(' ');
      // birthPlace is two words, KimJongUn is a name: capitals stay where the whole began with one.
      words.push_back(absl::ascii_isupper(static_cast<unsigned char>(local[0])) ? local[i] : absl::ascii_tolower(c));
    } else {
      words.push_back(local[i]);
    }
  }
  return words;
}

}  // namespace dossier
