// The program that crash_test kills: crash_helper DIRECTORY commit|load FIRST COUNT. It makes the commits (or loads)
// FIRST, FIRST + 1, ... and writes the number of each to standard output when the store has said that it is durable.
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "storage/store.h"
#include "tests/storage/crash_scenario.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

absl::Status Step(Store* store, bool load, uint64_t number) {
  if (!load) return store->Commit(ChangesOfCommit(number)).status();
  const std::vector<Quad> quads = QuadsOfLoad(number);
  BulkLoadOptions options;
  options.commit_quads = 0;
  options.memory_bytes = 256 << 10;
  return store->BulkLoad(SourceOf(quads), options).status();
}

int Run(const std::string& directory, bool load, uint64_t first, uint64_t count) {
  const auto store = OpenStore(directory, {});
  absl::Status status = store.status();
  for (uint64_t number = first; status.ok() && number < first + count; ++number) {
    status = Step(store->get(), load, number);
    if (!status.ok()) break;
    const std::string line = absl::StrCat(number, "\n");
    if (write(STDOUT_FILENO, line.data(), line.size()) < 0) return 2;
  }
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  return dossier::Run(argv[1], std::string(argv[2]) == "load", std::strtoull(argv[3], nullptr, 10),
                      std::strtoull(argv[4], nullptr, 10));
}
