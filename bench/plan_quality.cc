// How good the plans of queries are: for each file of a folder its time, the errors of the estimates of its joins, and
// its time beside that of random join orders.
//
//   plan_quality STORE QUERIES [--runs N] [--orders N] [--only NAME] [--plans]
//
// The q-error of an estimate is the factor by which it is wrong, in either direction (Moerkotte, Neumann and Steidl,
// "Preventing bad plans by bounding the impact of cardinality estimation errors", VLDB 2009).
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "base/status_macros.h"
#include "bench/plan_errors.h"
#include "query/query_engine.h"
#include "query/sparql/sparql.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

struct Options {
  std::string store;
  std::string queries;
  std::string only;
  int runs = 5;
  int orders = 0;
  double limit_seconds = 60;
  size_t memory_mebibytes = 8192;
  bool plans = false;
};

// One run of a query, nothing but its ids read.
struct Run {
  uint64_t rows = 0;
  absl::Duration prepared;  // Until its algebra was there.
  absl::Duration planned;   // Until the first row could be asked for.
  absl::Duration whole;
  absl::Duration fastest;  // Of all runs of the query.
  std::string plan;
  std::vector<double> errors;  // Of the estimates of its joins.
};

absl::StatusOr<Run> RunQuery(const std::string& text, const std::shared_ptr<const Snapshot>& snapshot,
                             const Options& options, std::optional<uint64_t> join_order_seed) {
  Cancellation cancellation;
  cancellation.SetTimeout(absl::Seconds(options.limit_seconds));
  MemoryBudget memory(options.memory_mebibytes << 20U);
  QueryContext context{&cancellation, &memory};
  context.join_order_seed = join_order_seed;
  Run run;
  const absl::Time begin = absl::Now();
  DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery query, sparql::PrepareQuery(text, {}));
  run.prepared = absl::Now() - begin;
  DOSSIER_ASSIGN_OR_RETURN(const auto cursor, Execute(std::move(query.algebra), snapshot, context));
  run.planned = absl::Now() - begin;
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) break;
    run.rows += batch.rows;
  }
  run.whole = absl::Now() - begin;
  if (options.plans) run.plan = cursor->DescribePlan(true);
  run.errors = JoinErrors(cursor->plan());
  return run;
}

// By the whole time.
absl::StatusOr<Run> MedianRun(const std::string& text, const std::shared_ptr<const Snapshot>& snapshot,
                              const Options& options) {
  std::vector<Run> runs;
  for (int i = 0; i < options.runs; ++i) {
    DOSSIER_ASSIGN_OR_RETURN(Run run, RunQuery(text, snapshot, options, std::nullopt));
    runs.push_back(std::move(run));
    if (runs[0].whole > absl::Seconds(5)) break;
  }
  const auto middle = runs.begin() + static_cast<ptrdiff_t>(runs.size() / 2);
  std::nth_element(runs.begin(), middle, runs.end(), [](const Run& a, const Run& b) { return a.whole < b.whole; });
  Run median = *std::move(middle);
  median.fastest = median.whole;
  for (const Run& run : runs) median.fastest = std::min(median.fastest, run.whole);
  return median;
}

// The best time of some random join orders, to be compared with the best one of ours. An order is given up when it
// takes longer than the best so far.
absl::StatusOr<absl::Duration> BestRandomOrder(const std::string& text, const std::shared_ptr<const Snapshot>& snapshot,
                                               const Options& options, absl::Duration ours) {
  absl::Duration best = absl::InfiniteDuration();
  for (int i = 0; i < options.orders; ++i) {
    Options limited = options;
    limited.limit_seconds = absl::ToDoubleSeconds(std::min(best, 4 * ours + absl::Milliseconds(20)));
    for (int repeat = 0; repeat < 2; ++repeat) {
      const absl::StatusOr<Run> run = RunQuery(text, snapshot, limited, static_cast<uint64_t>(i));
      if (absl::IsDeadlineExceeded(run.status()) || absl::IsResourceExhausted(run.status())) break;
      DOSSIER_RETURN_IF_ERROR(run.status());
      best = std::min(best, run->whole);
    }
  }
  return best;
}

double Median(std::vector<double> values) {
  if (values.empty()) return 1;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

absl::Status Measure(const Options& options) {
  OpenOptions open;
  open.create_if_missing = false;
  open.read_only = true;
  open.cache_bytes = size_t{1} << 30U;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenStore(options.store, open));
  const std::shared_ptr<const Snapshot> snapshot = store->GetSnapshot();
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(options.queries)) {
    const bool wanted = options.only.empty() || entry.path().stem().string().find(options.only) == 0;
    if (entry.path().extension() == ".rq" && wanted) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::cout << absl::StrFormat("%-26s %9s %9s %9s %11s %6s %8s %9s\n", "query", "rows", "parse ms", "plan ms",
                               "whole ms", "joins", "q-error", "of random");
  std::vector<double> errors;
  double worst_ratio = 0;
  for (const auto& file : files) {
    std::ifstream stream(file);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    const absl::StatusOr<Run> run = MedianRun(text, snapshot, options);
    if (!run.ok()) {
      std::cout << absl::StrFormat("%-26s %s\n", file.stem().string(), run.status().ToString());
      continue;
    }
    errors.insert(errors.end(), run->errors.begin(), run->errors.end());
    std::cout << absl::StrFormat("%-26s %9d %9.3f %9.3f %11.3f %6d %8.2f", file.stem().string(), run->rows,
                                 absl::ToDoubleMilliseconds(run->prepared),
                                 absl::ToDoubleMilliseconds(run->planned - run->prepared),
                                 absl::ToDoubleMilliseconds(run->whole), run->errors.size(), Median(run->errors));
    if (options.orders > 0) {
      DOSSIER_ASSIGN_OR_RETURN(const absl::Duration best, BestRandomOrder(text, snapshot, options, run->whole));
      const double ratio = absl::FDivDuration(run->fastest, best);
      worst_ratio = std::max(worst_ratio, ratio);
      std::cout << absl::StrFormat(" %9.2f", ratio);
    }
    std::cout << "\n" << run->plan << std::flush;
  }
  std::cout << absl::StrFormat("median q-error of %d joins: %.2f\n", errors.size(), Median(errors));
  if (options.orders > 0) {
    std::cout << absl::StrFormat("worst time beside the best of %d random orders: %.2f\n", options.orders, worst_ratio);
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::bench::Options options;
  CLI::App app("Times, errors of estimates, and random join orders of queries");
  app.add_option("store", options.store, "A store that is loaded already")->required();
  app.add_option("queries", options.queries, "A folder of .rq files")->required();
  app.add_option("--runs", options.runs, "Runs of each query, of which the median is told");
  app.add_option("--orders", options.orders, "Random join orders to compare with");
  app.add_option("--only", options.only, "Only files whose names begin so");
  app.add_option("--limit", options.limit_seconds, "Seconds for a query");
  app.add_option("--memory", options.memory_mebibytes, "Mebibytes for a query");
  app.add_flag("--plans", options.plans, "Print the plans, with actual rows and times");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Measure(options);
  if (status.ok()) return 0;
  std::cerr << status << "\n";
  return 1;
}
