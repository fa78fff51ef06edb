// What a fuzzer says about an input that breaks a promise: the promise and the input's consequences, then it dies,
// which libFuzzer takes for a finding and ctest for a failure. (assert would be silent in builds without assertions.)
#pragma once

#include <cstdio>
#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace dossier::fuzz {

// Ends the process unless `holds`; `details` (anything StrCat takes) are shown.
template <typename... Details>
void Check(bool holds, const char* promise, const Details&... details) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n%s\n", promise, absl::StrCat(details...).c_str());
  std::abort();
}

}  // namespace dossier::fuzz
