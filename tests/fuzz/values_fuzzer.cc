// Values of literals: EDTF, XML Schema types and inline ids. Whatever is read can be written and read again as the
// same.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "rdf/edtf.h"
#include "rdf/term.h"
#include "rdf/term_id.h"
#include "rdf/time_range.h"
#include "rdf/vocabulary.h"
#include "rdf/xsd_value.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::fuzz::Check;

constexpr dossier::XsdType kTypes[] = {dossier::XsdType::kBoolean,
                                       dossier::XsdType::kInteger,
                                       dossier::XsdType::kDecimal,
                                       dossier::XsdType::kFloat,
                                       dossier::XsdType::kDouble,
                                       dossier::XsdType::kString,
                                       dossier::XsdType::kDateTime,
                                       dossier::XsdType::kDate,
                                       dossier::XsdType::kTime,
                                       dossier::XsdType::kGYear,
                                       dossier::XsdType::kGYearMonth,
                                       dossier::XsdType::kDuration,
                                       dossier::XsdType::kDayTimeDuration,
                                       dossier::XsdType::kYearMonthDuration};

// Whether months and days of the range have a form in EDTF: the years 0 to 9999, and not all of time.
bool IsWritable(const dossier::TimeRange& range) {
  constexpr int64_t kYear0 = -62'167'219'200;
  constexpr int64_t kYear10000 = 253'402'300'800;
  if (range.open_begin && range.open_end) return false;
  return (range.open_begin || range.begin >= kYear0) && (range.open_end || range.end <= kYear10000);
}

void CheckEdtf(absl::string_view text) {
  const auto range = dossier::ParseEdtf(text);
  if (!range.ok() || !IsWritable(*range)) return;
  const std::string written = dossier::ToEdtf(*range);
  const auto again = dossier::ParseEdtf(written);
  Check(again.ok(), "ToEdtf writes what ParseEdtf reads", text, " -> ", written);
  Check(again->begin == range->begin && again->end == range->end, "ToEdtf keeps the range", text, " -> ", written);
}

void CheckXsd(absl::string_view text, absl::string_view datatype) {
  const std::optional<dossier::XsdValue> value = dossier::XsdValue::Parse(text, datatype);
  if (!value.has_value()) return;
  const std::string canonical = value->CanonicalForm();
  const std::optional<dossier::XsdValue> again = dossier::XsdValue::Parse(canonical, datatype);
  Check(again.has_value(), "a canonical form is valid", datatype, " ", text, " -> ", canonical);
  Check(again->CanonicalForm() == canonical, "a canonical form is its own", datatype, " ", text, " -> ", canonical);
}

void CheckInline(const dossier::Term& term) {
  const std::optional<dossier::TermId> id = dossier::InlineTermId(term);
  if (id.has_value()) Check(dossier::InlineTerm(*id) == term, "an inline id gives its term back", term.ToString());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  CheckEdtf(text);
  CheckInline(dossier::Term::Typed(text, std::string(dossier::edtf::kEdtf)));
  for (const dossier::XsdType type : kTypes) {
    const absl::string_view datatype = dossier::DatatypeOf(type);
    CheckXsd(text, datatype);
    CheckInline(dossier::Term::Typed(text, std::string(datatype)));
  }
  return 0;
}
