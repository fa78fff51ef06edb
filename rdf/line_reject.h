// Bad lines, for those who drive a LineParser themselves.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "rdf/line_parser.h"
#include "rdf/reader.h"

namespace dossier {

// After LineParser::Result::kError: the line to report, as far as it is worth showing.
Reject MakeReject(const LineParser& parser);

// The InvalidArgument with a Diagnostic that refuses a whole file for this line; `source` is the name of the file.
absl::Status RejectError(const Reject& reject, const std::string& source);

}  // namespace dossier
