// Dates and times as the 56-bit payloads of inline term ids (rdf/term_id.h). Each function of the first group reads a
// lexical form and returns its payload, or nullopt when the form is not canonical, is no valid date or does not fit;
// the function beside it in the second group writes the very same lexical form back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

std::optional<uint64_t> DatePayload(absl::string_view lexical);
std::optional<uint64_t> DateTimePayload(absl::string_view lexical);
std::optional<uint64_t> YearPayload(absl::string_view lexical);
std::optional<uint64_t> YearMonthPayload(absl::string_view lexical);
// `YYYY`, `YYYY-MM` or `YYYY-MM-DD` with at most one of `?`, `~`, `%` behind it, or two of these with `/` between.
std::optional<uint64_t> EdtfPayload(absl::string_view lexical);

std::string DateFromPayload(uint64_t payload);
std::string DateTimeFromPayload(uint64_t payload);
std::string YearFromPayload(uint64_t payload);
std::string YearMonthFromPayload(uint64_t payload);
std::string EdtfFromPayload(uint64_t payload);

}  // namespace dossier
