#include "rdf/rdf_xml_scope.h"

#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "base/utf8.h"
#include "rdf/characters.h"
#include "rdf/iri.h"
#include "rdf/language_tag.h"

namespace dossier {
namespace {

// As much of a text as a message can show.
std::string Shown(absl::string_view text) {
  constexpr size_t kShown = 200;
  const absl::string_view shown = CodePointPrefix(text, kShown);
  return absl::StrCat(shown, shown.size() < text.size() ? "…" : "");
}

absl::StatusOr<RdfXmlVersion> VersionOf(absl::string_view label) {
  if (label == "1.1") return RdfXmlVersion::k11;
  if (label == "1.2-basic") return RdfXmlVersion::k12Basic;
  if (label == "1.2") return RdfXmlVersion::k12;
  return absl::InvalidArgumentError(
      absl::StrCat("rdf:version `", Shown(label), "` is not known; known are 1.1, 1.2-basic and 1.2"));
}

// FNV-1a, a second hash beside that of the library.
uint64_t SecondHash(absl::string_view text) {
  uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

}  // namespace

absl::StatusOr<RdfXmlScope> RdfXmlScope::Inner(const RdfXmlAttributes& attributes) const {
  RdfXmlScope inner = *this;
  if (attributes.version.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(inner.version_, VersionOf(*attributes.version));
  }
  if (attributes.base.has_value()) {
    DOSSIER_ASSIGN_OR_RETURN(std::string base, Resolve(*attributes.base));
    inner.base_ = std::make_shared<const std::string>(std::move(base));
  }
  if (attributes.language.has_value()) {
    if (!attributes.language->empty() && !IsLanguageTag(*attributes.language)) {
      return absl::InvalidArgumentError(
          absl::StrCat("`", Shown(*attributes.language),
                       "` is no language tag; one has parts of one to eight letters, such as `en` or `zh-Hant`"));
    }
    inner.language_ = std::string(*attributes.language);
  }
  if (attributes.direction.has_value()) {
    const absl::string_view name = *attributes.direction;
    inner.direction_ = name == "ltr"   ? BaseDirection::kLeftToRight
                       : name == "rtl" ? BaseDirection::kRightToLeft
                                       : BaseDirection::kNone;
    if (inner.direction_ == BaseDirection::kNone && !name.empty() && inner.version_ != RdfXmlVersion::k11) {
      return absl::InvalidArgumentError("the direction in its:dir is `ltr` or `rtl`");
    }
  }
  return inner;
}

absl::StatusOr<std::string> RdfXmlScope::Resolve(absl::string_view reference) const {
  std::string iri;
  if (IsAbsoluteIri(reference)) {
    iri = std::string(reference);
  } else if (base_->empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("the relative IRI <", Shown(reference), "> has no base to stand on; declare one with `xml:base`"));
  } else {
    iri = ResolveIri(*base_, reference);
  }
  DOSSIER_RETURN_IF_ERROR(CheckIri(iri));
  return iri;
}

Term RdfXmlScope::Literal(std::string text) const {
  if (language_.empty()) return Term::String(std::move(text));
  return Term::LanguageTagged(std::move(text), language_,
                              version_ == RdfXmlVersion::k11 ? BaseDirection::kNone : direction_);
}

absl::Status CheckIri(absl::string_view iri) {
  if (!HasOnlyIriCharacters(iri)) {
    return absl::InvalidArgumentError(
        absl::StrCat("<", Shown(iri),
                     "> is no IRI: blanks and the characters <>\"{}|^`\\ are not allowed; "
                     "write them as %20 and the like"));
  }
  if (!IsAbsoluteIri(iri)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the IRI <", Shown(iri), "> is relative: it has no scheme such as `http:`"));
  }
  return absl::OkStatus();
}

bool IsXmlName(absl::string_view text) {
  if (text.empty() || !IsNameStart(TakeCodePoint(&text))) return false;
  while (!text.empty()) {
    const char32_t c = TakeCodePoint(&text);
    if (!IsNameCharacter(c) && c != '.') return false;
  }
  return true;
}

bool RdfXmlIds::Add(absl::string_view iri) {
  return seen_.insert(absl::MakeUint128(absl::HashOf(iri), SecondHash(iri))).second;
}

}  // namespace dossier
