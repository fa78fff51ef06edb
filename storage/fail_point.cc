#include "storage/fail_point.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace dossier {
namespace {

struct Wanted {
  std::string name;  // Empty: none.
  int countdown = 1;
};

Wanted ReadEnvironment() {
  const char* const value = std::getenv("DOSSIER_FAIL_POINT");
  if (value == nullptr) return {};
  const std::pair<std::string, std::string> parts = absl::StrSplit(value, absl::MaxSplits(':', 1));
  Wanted wanted{parts.first};
  if (!absl::SimpleAtoi(parts.second, &wanted.countdown)) wanted.countdown = 1;
  return wanted;
}

}  // namespace

void FailPoint(absl::string_view name) {
  static const Wanted wanted = ReadEnvironment();
  if (wanted.name.empty() || wanted.name != name) return;
  static std::atomic<int> hits{0};
  if (hits.fetch_add(1) + 1 == wanted.countdown) std::raise(SIGKILL);
}

}  // namespace dossier
