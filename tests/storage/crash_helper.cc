// The program that crash_test kills: crash_helper DIRECTORY commit|load|resume|threads FIRST COUNT. It makes the
// commits (or loads) FIRST, FIRST + 1, ... and writes the number of each to standard output when the store has said
// that it is durable. With `resume` a load goes on with one that was killed, and 0 is written when it reads its quads.
// With `threads`, several threads make small commits at once; their numbers come in no order.
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/store.h"
#include "tests/storage/crash_scenario.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

bool WriteNumber(uint64_t number) {
  const std::string line = absl::StrCat(number, "\n");
  return write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

absl::Status Step(Store* store, absl::string_view mode, uint64_t number) {
  if (mode == "commit") return store->Commit(ChangesOfCommit(number)).status();
  const std::vector<Quad> quads = QuadsOfLoad(number);
  BulkLoadOptions options;
  if (mode == "resume") {
    options.identity = absl::StrCat("load ", number);
    options.commit_quads = 0;
    options.memory_bytes = 256 << 10;
    const auto source = [&quads](QuadSink sink) -> absl::Status {
      if (!WriteNumber(0)) return absl::UnavailableError("nobody listens");
      return SourceOf(quads)(sink);
    };
    return store->BulkLoad(source, options).status();
  }
  options.commit_quads = 0;
  options.memory_bytes = 256 << 10;
  return store->BulkLoad(SourceOf(quads), options).status();
}

int RunThreads(const std::string& directory, uint64_t first, uint64_t count) {
  constexpr int kThreads = 6;
  const auto store = OpenStore(directory, {});
  if (!store.ok()) return 1;
  std::atomic<uint64_t> next{first};
  std::atomic<bool> failed{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (uint64_t number = next++; number < first + count && !failed; number = next++) {
        if (!(*store)->Commit(ChangesOfThread(number)).ok() || !WriteNumber(number)) failed = true;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return failed ? 1 : 0;
}

int Run(const std::string& directory, absl::string_view mode, uint64_t first, uint64_t count) {
  const auto store = OpenStore(directory, {});
  absl::Status status = store.status();
  for (uint64_t number = first; status.ok() && number < first + count; ++number) {
    status = Step(store->get(), mode, number);
    if (!status.ok()) break;
    if (!WriteNumber(number)) return 2;
  }
  if (!status.ok()) std::cerr << status << "\n";
  return status.ok() ? 0 : 1;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  const uint64_t first = std::strtoull(argv[3], nullptr, 10);
  const uint64_t count = std::strtoull(argv[4], nullptr, 10);
  if (std::string(argv[2]) == "threads") return dossier::RunThreads(argv[1], first, count);
  return dossier::Run(argv[1], argv[2], first, count);
}
