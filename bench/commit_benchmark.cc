// Durable commits per second: threads that each state one claim after the other, each claim a commit of its own.
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "rdf/vocabulary.h"
#include "storage/store.h"

namespace dossier {
namespace {

// A claim with four annotations, as `assert` writes it.
ChangeSet ClaimNumber(uint64_t number) {
  const auto node = [](absl::string_view name, uint64_t value) {
    return Term::Iri(absl::StrCat("http://example.org/", name, value));
  };
  const Term claim = node("claim", number);
  const Triple triple{node("person", number % 500), node("relation", number % 20), node("person", number % 400)};
  ChangeSet changes;
  changes.assertions.push_back({claim, Term::Iri(std::string(rdf::kReifies)), Term::TripleTerm(triple), std::nullopt});
  changes.assertions.push_back({triple.subject, triple.predicate, triple.object, std::nullopt});
  for (uint64_t i = 0; i < 4; ++i) {
    changes.assertions.push_back({claim, node("annotation", i), node("value", number % (10 + i)), std::nullopt});
  }
  return changes;
}

int Run(const std::string& directory, uint64_t threads, double seconds) {
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
        if (!(*store)->Commit(ClaimNumber(next++)).ok()) return;
        ++durable;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const double elapsed = absl::ToDoubleSeconds(absl::Now() - begin);
  std::cout << threads << " threads: " << static_cast<uint64_t>(static_cast<double>(durable) / elapsed)
            << " durable commits/s\n";
  return 0;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  CLI::App app("Durable commits per second");
  std::string directory;
  std::vector<uint64_t> threads = {1, 4, 16, 64};
  double seconds = 3;
  app.add_option("store", directory, "A store, made where there is none")->required();
  app.add_option("--threads", threads, "How many threads write at once; several numbers, one after the other");
  app.add_option("--seconds", seconds, "For each number of threads");
  CLI11_PARSE(app, argc, argv);
  int result = 0;
  for (const uint64_t count : threads) result |= dossier::Run(directory, count, seconds);
  return result;
}
