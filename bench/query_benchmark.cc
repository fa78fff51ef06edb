// How long SPARQL queries take in one process on a store, warm: reading the text and planning, the operators alone, and
// the whole with its rows written as TSV to nowhere.
//
//   query_benchmark STORE QUERY.rq... [--repeat N] [--plans]
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/lock_checks.h"
#include "base/status_macros.h"
#include "query/query_engine.h"
#include "query/result/solution_writer.h"
#include "query/sparql/sparql.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

struct Options {
  std::string store;
  std::vector<std::string> queries;
  int repeat = 5;
  bool plans = false;
  size_t memory_mib = 4096;
  size_t threads = 2;
};

// Of one query, in milliseconds.
struct Times {
  std::vector<double> prepare;  // Parse and bind.
  std::vector<double> plan;     // Optimise, plan and make the operators.
  std::vector<double> operators;
  std::vector<double> whole;
  uint64_t rows = 0;
  uint64_t bytes = 0;
};

double MillisecondsSince(absl::Time begin) { return absl::ToDoubleMilliseconds(absl::Now() - begin); }

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.empty() ? 0 : values[values.size() / 2];
}

// Runs the operators and lets their rows go.
absl::Status RunOperators(const std::string& text, const std::shared_ptr<const Snapshot>& snapshot,
                          const QueryContext& context, Times* times) {
  absl::Time begin = absl::Now();
  DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, sparql::PrepareQuery(text, {}));
  times->prepare.push_back(MillisecondsSince(begin));
  begin = absl::Now();
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                           Execute(std::move(bound.algebra), snapshot, context));
  times->plan.push_back(MillisecondsSince(begin));
  RowBatch batch;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
    if (!more) break;
    cursor->ForgetRows();
  }
  times->operators.push_back(MillisecondsSince(begin));
  return absl::OkStatus();
}

absl::Status RunWhole(const std::string& text, const std::shared_ptr<const Snapshot>& snapshot,
                      const QueryContext& context, Times* times) {
  const absl::Time begin = absl::Now();
  DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, sparql::PrepareQuery(text, {}));
  times->bytes = 0;
  const auto count = [times](absl::string_view piece) {
    times->bytes += piece.size();
    return absl::OkStatus();
  };
  const std::unique_ptr<SolutionWriter> writer = MakeSolutionWriter(SolutionFormat::kTsv, {}, count);
  DOSSIER_ASSIGN_OR_RETURN(times->rows, sparql::RunSolutions(std::move(bound), snapshot, context, writer.get()));
  times->whole.push_back(MillisecondsSince(begin));
  return absl::OkStatus();
}

absl::Status Measure(const Options& options, const std::string& path, const std::shared_ptr<const Snapshot>& snapshot) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat("cannot read ", path));
  const std::string text(std::istreambuf_iterator<char>(file), {});
  Times times;
  for (int run = 0; run < options.repeat; ++run) {
    Cancellation cancellation;
    MemoryBudget memory(options.memory_mib * MemoryBudget::kMebibyte);
    QueryContext context{&cancellation, &memory};
    context.threads = options.threads;
    DOSSIER_RETURN_IF_ERROR(RunOperators(text, snapshot, context, &times));
    DOSSIER_RETURN_IF_ERROR(RunWhole(text, snapshot, context, &times));
  }
  const std::string name = path.substr(path.rfind('/') + 1);
  const double whole = Median(times.whole);
  std::cout << absl::StreamFormat("%-32s %9d %9.3f %9.3f %10.2f %10.2f %8.1f\n", name, times.rows,
                                  Median(times.prepare), Median(times.plan), Median(times.operators), whole,
                                  static_cast<double>(times.bytes) / whole / 1e3);
  std::cout.flush();
  if (!options.plans) return absl::OkStatus();
  Cancellation cancellation;
  MemoryBudget memory(options.memory_mib * MemoryBudget::kMebibyte);
  DOSSIER_ASSIGN_OR_RETURN(sparql::BoundQuery bound, sparql::PrepareQuery(absl::StrCat("EXPLAIN ANALYZE ", text), {}));
  DOSSIER_ASSIGN_OR_RETURN(const std::string plan,
                           sparql::Explain(std::move(bound), snapshot, {&cancellation, &memory}));
  std::cout << plan << std::endl;
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  OpenOptions open;
  open.create_if_missing = false;
  open.read_only = true;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenStore(options.store, open));
  const std::shared_ptr<const Snapshot> snapshot = store->GetSnapshot();
  std::cout << absl::StreamFormat("%-32s %9s %9s %9s %10s %10s %8s\n", "median ms of", "rows", "read text", "plan",
                                  "+ operators", "as TSV", "MB/s");
  for (const std::string& path : options.queries) DOSSIER_RETURN_IF_ERROR(Measure(options, path, snapshot));
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::LeaveOutLockChecks();
  dossier::bench::Options options;
  CLI::App app("How long SPARQL queries take on a store, warm and in one process");
  app.add_option("store", options.store, "the store's directory")->required();
  app.add_option("queries", options.queries, "files of one query each")->required();
  app.add_option("--repeat", options.repeat, "runs, of which the median counts")->check(CLI::PositiveNumber);
  app.add_option("--threads", options.threads, "threads for each query")->capture_default_str();
  app.add_option("--memory", options.memory_mib, "MiB for each query")->capture_default_str();
  app.add_flag("--plans", options.plans, "show each plan with what its operators took");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Run(options);
  if (status.ok()) return 0;
  std::cerr << status.message() << "\n";
  return 1;
}
