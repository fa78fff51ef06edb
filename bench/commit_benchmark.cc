// Durable commits per second: threads that each state claims, one or some in a commit, one commit after the other.
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "bench/claim_maker.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

int Run(const std::string& directory, uint64_t threads, uint64_t claims, double seconds) {
  const auto store = OpenStore(directory, {});
  if (!store.ok()) {
    std::cerr << store.status() << "\n";
    return 1;
  }
  std::atomic<uint64_t> next{1};
  std::atomic<uint64_t> durable{0};
  const absl::Time begin = absl::Now();
  const absl::Time end = begin + absl::Seconds(seconds);
  std::vector<std::thread> writers;
  for (uint64_t i = 0; i < threads; ++i) {
    writers.emplace_back([&] {
      while (absl::Now() < end) {
        ChangeSet changes;
        for (uint64_t claim = 0; claim < claims; ++claim) AddClaim(next++, &changes);
        if (!(*store)->Commit(changes).ok()) return;
        ++durable;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const double elapsed = absl::ToDoubleSeconds(absl::Now() - begin);
  const double commits = static_cast<double>(durable) / elapsed;
  std::cout << threads << " threads: " << static_cast<uint64_t>(commits) << " durable commits/s, "
            << static_cast<uint64_t>(commits * static_cast<double>(claims)) << " claims/s\n";
  return 0;
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  CLI::App app("Durable commits per second");
  std::string directory;
  std::vector<uint64_t> threads = {1, 4, 16, 64};
  uint64_t claims = 1;
  double seconds = 3;
  app.add_option("store", directory, "A store, made where there is none")->required();
  app.add_option("--threads", threads, "How many threads write at once; several numbers, one after the other");
  app.add_option("--claims", claims, "How many claims, of six triples each, in a commit");
  app.add_option("--seconds", seconds, "For each number of threads");
  CLI11_PARSE(app, argc, argv);
  int result = 0;
  for (const uint64_t count : threads) result |= dossier::bench::Run(directory, count, claims, seconds);
  return result;
}
