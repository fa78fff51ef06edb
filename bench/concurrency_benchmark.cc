// What readers and a writer of one store cost each other: the time of selective queries by some readers, and of durable
// commits by a writer, each alone and together. Busy threads that only use the processor stand in for the other side,
// to tell apart what is waiting for one another from what is sharing the cores.
//
//   concurrency_benchmark STORE [--readers N] [--seconds S] [--triples N]
//
// The store is made of generated triples where there is none; the writer adds claims to it.
#include <time.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/lock_checks.h"
#include "base/status_macros.h"
#include "bench/claim_maker.h"
#include "bench/triple_generator.h"
#include "database/database.h"
#include "database/session.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

struct Options {
  std::string store;
  GeneratorOptions generator{.triples = 1'000'000};
  size_t readers = 8;
  double seconds = 5;
};

double ProcessorSeconds(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

// Who is at work at the same time.
struct Cast {
  std::string name;
  size_t readers = 0;
  bool writer = false;
  std::vector<double> busy;  // For each busy thread the share of a core that it uses.
};

// What one of the threads has done.
struct Work {
  std::vector<double> milliseconds;  // Of each query or commit.
  double processor_seconds = 0;
};

struct Outcome {
  Work reading;  // Of all readers.
  Work writing;
  double other_processor_seconds = 0;  // All that was not used by readers and busy threads.
  double seconds = 0;
};

class Stage {
 public:
  Stage(Database* database, const Options& options)
      : database_(database), options_(options), users_(std::max<uint64_t>(options.generator.triples / 200, 10)) {}

  absl::StatusOr<Outcome> Run(const Cast& cast) {
    const absl::Time begin = absl::Now();
    end_ = begin + absl::Seconds(options_.seconds);
    failed_ = false;
    const double processor = ProcessorSeconds(CLOCK_PROCESS_CPUTIME_ID);
    std::vector<Work> reading(cast.readers);
    Work writing;
    std::vector<double> used(cast.busy.size());
    std::vector<std::thread> threads;
    for (size_t i = 0; i < cast.readers; ++i) threads.emplace_back([&, i] { Read(i, &reading[i]); });
    if (cast.writer) threads.emplace_back([&] { Write(&writing); });
    for (size_t i = 0; i < cast.busy.size(); ++i) threads.emplace_back([&, i] { used[i] = BeBusy(cast.busy[i]); });
    for (std::thread& thread : threads) thread.join();
    if (failed_) return absl::InternalError("a query or a commit failed");
    Outcome outcome;
    outcome.seconds = absl::ToDoubleSeconds(absl::Now() - begin);
    outcome.writing = std::move(writing);
    outcome.other_processor_seconds = ProcessorSeconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
    for (const double seconds : used) outcome.other_processor_seconds -= seconds;
    for (const Work& work : reading) {
      outcome.other_processor_seconds -= work.processor_seconds;
      outcome.reading.processor_seconds += work.processor_seconds;
      outcome.reading.milliseconds.insert(outcome.reading.milliseconds.end(), work.milliseconds.begin(),
                                          work.milliseconds.end());
    }
    return outcome;
  }

 private:
  // What one user follows and likes, and what that is called.
  std::string QueryAbout(uint64_t user) const {
    constexpr absl::string_view kShop = "http://example.org/shop/";
    return absl::StrCat("PREFIX p: <", kShop, "property/> SELECT ?f ?l ?n { <", kShop, "User", user,
                        "> p:follows ?f . ?f p:likes ?l . ?l p:name ?n }");
  }

  void Read(uint64_t seed, Work* work) {
    Session session(database_);
    std::mt19937_64 random(seed);
    SparqlOutput output;
    output.solutions = SolutionFormat::kTsv;
    while (absl::Now() < end_ && !failed_) {
      const std::string query = QueryAbout(random() % users_);
      const absl::Time begin = absl::Now();
      if (!session.Query(query, output, [](absl::string_view) { return absl::OkStatus(); }).ok()) failed_ = true;
      work->milliseconds.push_back(absl::ToDoubleMilliseconds(absl::Now() - begin));
    }
    work->processor_seconds = ProcessorSeconds(CLOCK_THREAD_CPUTIME_ID);
  }

  void Write(Work* work) {
    while (absl::Now() < end_ && !failed_) {
      ChangeSet changes;
      AddClaim(next_claim_++, &changes);
      const absl::Time begin = absl::Now();
      if (!database_->Commit(changes).ok()) failed_ = true;
      work->milliseconds.push_back(absl::ToDoubleMilliseconds(absl::Now() - begin));
    }
    work->processor_seconds = ProcessorSeconds(CLOCK_THREAD_CPUTIME_ID);
  }

  // Uses the processor for `share` of the time, a millisecond at a time; returns the processor time used.
  double BeBusy(double share) const {
    constexpr double kMillisecond = 1e-3;
    while (absl::Now() < end_) {
      const double begin = ProcessorSeconds(CLOCK_THREAD_CPUTIME_ID);
      while (ProcessorSeconds(CLOCK_THREAD_CPUTIME_ID) - begin < kMillisecond && absl::Now() < end_) continue;
      if (share < 1) absl::SleepFor(absl::Seconds(kMillisecond * (1 / share - 1)));
    }
    return ProcessorSeconds(CLOCK_THREAD_CPUTIME_ID);
  }

  Database* const database_;
  const Options& options_;
  const uint64_t users_;
  uint64_t next_claim_ = static_cast<uint64_t>(absl::ToUnixMicros(absl::Now()));
  absl::Time end_;
  std::atomic<bool> failed_{false};
};

double Percentile(std::vector<double> values, double part) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[static_cast<size_t>(part * static_cast<double>(values.size() - 1))];
}

void PrintWork(absl::string_view what, const Work& work, double seconds) {
  if (work.milliseconds.empty()) return;
  const auto count = static_cast<double>(work.milliseconds.size());
  const double mean = std::accumulate(work.milliseconds.begin(), work.milliseconds.end(), 0.0) / count;
  absl::PrintF("  %-8s median %8.3f ms  mean %8.3f ms  p95 %8.3f ms  most %8.3f ms  %9.0f/s\n", what,
               Percentile(work.milliseconds, 0.5), mean, Percentile(work.milliseconds, 0.95),
               Percentile(work.milliseconds, 1), count / seconds);
}

absl::StatusOr<Outcome> RunAndPrint(Stage* stage, const Cast& cast) {
  DOSSIER_ASSIGN_OR_RETURN(Outcome outcome, stage->Run(cast));
  absl::PrintF("%s\n", cast.name);
  PrintWork("queries", outcome.reading, outcome.seconds);
  PrintWork("commits", outcome.writing, outcome.seconds);
  return outcome;
}

absl::Status MakeStore(const Options& options) {
  if (std::filesystem::exists(options.store)) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenStore(options.store, {}));
  const auto generate = [&](QuadSink sink) { return GenerateTriples(options.generator, sink); };
  return store->BulkLoad(generate, BulkLoadOptions()).status();
}

absl::Status Run(const Options& options) {
  DOSSIER_RETURN_IF_ERROR(MakeStore(options));
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options.store, {}));
  Stage stage(database.get(), options);
  const size_t readers = options.readers;
  DOSSIER_RETURN_IF_ERROR(stage.Run({"", readers}).status());  // Warms up.
  DOSSIER_ASSIGN_OR_RETURN(const Outcome alone, RunAndPrint(&stage, {absl::StrCat(readers, " readers"), readers}));
  DOSSIER_ASSIGN_OR_RETURN(const Outcome writer, RunAndPrint(&stage, {"a writer", 0, true}));
  DOSSIER_ASSIGN_OR_RETURN(const Outcome both,
                           RunAndPrint(&stage, {absl::StrCat(readers, " readers and a writer"), readers, true}));
  const double share = std::clamp(both.other_processor_seconds / both.seconds, 0.001, 1.0);
  const std::string stand_in =
      absl::StrFormat("%d readers and a thread that uses %.0f %% of a core, as the writer did", readers, 100 * share);
  DOSSIER_ASSIGN_OR_RETURN(const Outcome beside_busy, RunAndPrint(&stage, {stand_in, readers, false, {share}}));
  Cast crowd{absl::StrCat("a writer and ", readers, " busy threads"), 0, true, std::vector<double>(readers, 1.0)};
  DOSSIER_ASSIGN_OR_RETURN(const Outcome crowded, RunAndPrint(&stage, crowd));
  const auto median = [](const Work& work) { return Percentile(work.milliseconds, 0.5); };
  absl::PrintF("readers' median with the writer: %.2f of that alone, %.2f of that beside a busy thread\n",
               median(both.reading) / median(alone.reading), median(both.reading) / median(beside_busy.reading));
  absl::PrintF("writer's median with the readers: %.2f of that alone, %.2f of that beside busy threads\n",
               median(both.writing) / median(writer.writing), median(both.writing) / median(crowded.writing));
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::LeaveOutLockChecks();
  dossier::bench::Options options;
  CLI::App app("What readers and a writer of one store cost each other");
  app.add_option("store", options.store, "made where there is none")->required();
  app.add_option("--triples", options.generator.triples, "how many to make it of")->capture_default_str();
  app.add_option("--readers", options.readers, "how many threads read")->capture_default_str();
  app.add_option("--seconds", options.seconds, "for each stage")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Run(options);
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
