// How fast a permutation is read and how many bytes a triple takes in it, beside one key per triple in the same
// key-value store on the same data.
//
//   scan_benchmark --triples 10000000             generated triples
//   scan_benchmark --input data.nt.zst            those of an RDF file
#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "bench/triple_generator.h"
#include "rdf/reader.h"
#include "storage/bulk/run_writer.h"
#include "storage/rocks/rocks_key_value_store.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

struct Options {
  GeneratorOptions generator;
  std::string input;
  std::string directory = "scan_benchmark.tmp";
  size_t memory_mib = 1024;
  int repeat = 5;
  bool keep = false;
  bool reuse = false;
};

class Stopwatch {
 public:
  double seconds() const { return absl::ToDoubleSeconds(absl::Now() - start_); }

 private:
  const absl::Time start_ = absl::Now();
};

// Of this thread: what a scan costs when other work shares the machine.
double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double PeakMebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Of all threads of the process, in user mode.
double AllProcessorSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

absl::Status Load(const Options& options, Store* store) {
  const Stopwatch watch;
  const auto source = [&options](QuadSink sink) -> absl::Status {
    if (options.input.empty()) return GenerateTriples(options.generator, sink);
    return ReadRdfFile(options.input, {}, sink);
  };
  BulkLoadOptions load_options;
  load_options.memory_bytes = options.memory_mib << 20;
  std::string stage;
  load_options.progress = [&](const Progress& progress) {
    if (progress.stage == stage) return;
    stage = progress.stage;
    std::cerr << absl::StrFormat("%7.2f s, %7.2f s of processor time: %s\n", watch.seconds(), AllProcessorSeconds(),
                                 stage);
  };
  DOSSIER_ASSIGN_OR_RETURN(const CommitSummary summary, store->BulkLoad(source, load_options));
  std::cout << absl::StrFormat(
      "load: %d triples in %.2f s, %.0f triples/s (%.2f s of processor time), peak memory %.0f MiB\n", summary.added,
      watch.seconds(), static_cast<double>(summary.added) / watch.seconds(), AllProcessorSeconds(), PeakMebibytes());
  return absl::OkStatus();
}

void PrintSizes(const Store& store, double triples) {
  uint64_t total = 0;
  for (const auto& [part, bytes] : store.SizeByPart()) {
    total += bytes;
    if (bytes == 0) continue;
    std::cout << absl::StrFormat("size: %-16s %12d bytes  %6.2f bytes/triple\n", part, bytes,
                                 static_cast<double>(bytes) / triples);
  }
  std::cout << absl::StrFormat("size: %-16s %12d bytes  %6.2f bytes/triple\n", "all", total,
                               static_cast<double>(total) / triples);
}

// Calls `scan`, which returns the rows that it read, several times and prints the best.
template <typename Scan>
absl::Status Measure(absl::string_view name, int repeat, const Scan& scan) {
  double best = 0;
  double best_of_processor = 0;
  for (int i = 0; i < repeat; ++i) {
    const Stopwatch watch;
    const double processor = ProcessorSeconds();
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, scan());
    best = std::max(best, static_cast<double>(rows) / watch.seconds());
    best_of_processor = std::max(best_of_processor, static_cast<double>(rows) / (ProcessorSeconds() - processor));
  }
  std::cout << absl::StrFormat("scan: %-26s %8.2f million triples/s, %8.2f by processor time (best of %d)\n", name,
                               best / 1e6, best_of_processor / 1e6, repeat);
  return absl::OkStatus();
}

// Hands every block of a whole permutation to `use`.
template <typename Use>
absl::StatusOr<uint64_t> ScanBlocks(const Snapshot& snapshot, Permutation permutation, const Use& use) {
  constexpr uint32_t kTripleColumns = 0b0111;
  ScanSpec spec;
  spec.permutation = permutation;
  spec.wanted_columns = kTripleColumns;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  uint64_t rows = 0;
  RowBlock block;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return rows;
    rows += block.rows;
    DOSSIER_RETURN_IF_ERROR(use(block));
  }
}

absl::Status ScanPermutations(const Snapshot& snapshot, int repeat) {
  for (const Permutation permutation : {Permutation::kSpo, Permutation::kPos, Permutation::kOps}) {
    const auto scan = [&]() -> absl::StatusOr<uint64_t> {
      uint64_t sum = 0;  // Touches every id, so that nothing can be left out.
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, ScanBlocks(snapshot, permutation, [&sum](const RowBlock& block) {
                                 for (size_t column = 0; column < 3; ++column) {
                                   for (size_t i = 0; i < block.rows; ++i) sum += block.columns[column][i].bits();
                                 }
                                 return absl::OkStatus();
                               }));
      return sum == 0 ? 0 : rows;
    };
    DOSSIER_RETURN_IF_ERROR(Measure(absl::StrCat("blocks, ", GetPermutationInfo(permutation).name), repeat, scan));
  }
  return absl::OkStatus();
}

void AppendKey(const RowBlock& block, size_t row, std::string* key) {
  key->clear();
  for (size_t column = 0; column < 3; ++column) {
    const uint64_t bits = block.columns[column][row].bits();
    for (int shift = 56; shift >= 0; shift -= 8) key->push_back(static_cast<char>(bits >> shift & 0xFFU));
  }
}

absl::Status CompareWithOneKeyPerTriple(const Options& options, const Snapshot& snapshot) {
  constexpr storage::Family kFamily = storage::Family::kRows;
  storage::RocksOptions rocks_options;
  rocks_options.run_directory = options.directory + "/one_key_runs";
  std::filesystem::create_directories(rocks_options.run_directory);
  DOSSIER_ASSIGN_OR_RETURN(const auto store,
                           storage::OpenRocksStore(options.directory + "/one_key_per_triple", rocks_options));
  storage::RunWriter writer(store.get(), kFamily);
  std::string key;
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows,
                           ScanBlocks(snapshot, Permutation::kSpo, [&](const RowBlock& block) -> absl::Status {
                             for (size_t i = 0; i < block.rows; ++i) {
                               AppendKey(block, i, &key);
                               DOSSIER_RETURN_IF_ERROR(writer.Put(key, ""));
                             }
                             return absl::OkStatus();
                           }));
  std::vector<std::unique_ptr<storage::SortedRun>> runs;
  DOSSIER_RETURN_IF_ERROR(writer.MoveRunsTo(&runs));
  DOSSIER_RETURN_IF_ERROR(store->Ingest(std::move(runs)));
  const uint64_t bytes = store->GetSnapshot()->ApproximateSize(kFamily, "", std::string(1, '\xFF'));
  std::cout << absl::StrFormat("size: %-16s %12d bytes  %6.2f bytes/triple\n", "one key, spo", bytes,
                               static_cast<double>(bytes) / static_cast<double>(rows));
  return Measure("one key per triple, spo", options.repeat, [&]() -> absl::StatusOr<uint64_t> {
    const auto view = store->GetSnapshot();
    const auto entries = view->NewIterator(kFamily);
    uint64_t count = 0;
    uint64_t sum = 0;
    for (entries->Seek(""); entries->valid(); entries->Next()) {
      sum += static_cast<unsigned char>(entries->key().back());
      ++count;
    }
    DOSSIER_RETURN_IF_ERROR(entries->status());
    return sum == 0 ? 0 : count;
  });
}

absl::Status Run(const Options& options) {
  OpenOptions open_options;
  open_options.cache_bytes = size_t{1} << 30;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenStore(options.directory + "/store", open_options));
  if (!options.reuse) DOSSIER_RETURN_IF_ERROR(Load(options, store.get()));
  const std::shared_ptr<const Snapshot> snapshot = store->GetSnapshot();
  PrintSizes(*store, static_cast<double>(snapshot->statistics().quads.rows));
  DOSSIER_RETURN_IF_ERROR(ScanPermutations(*snapshot, options.repeat));
  return options.reuse ? absl::OkStatus() : CompareWithOneKeyPerTriple(options, *snapshot);
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::bench::Options options;
  CLI::App app("Measures a full scan and the bytes per triple");
  app.add_option("--triples", options.generator.triples, "how many to generate")->capture_default_str();
  app.add_option("--input", options.input, "an RDF file to load in place of generated triples");
  app.add_option("--directory", options.directory, "where to work; must not exist")->capture_default_str();
  app.add_option("--memory", options.memory_mib, "memory for the load, in MiB")->capture_default_str();
  app.add_option("--repeat", options.repeat, "scans to take the best of")->capture_default_str();
  app.add_flag("--keep", options.keep, "leave the directory behind");
  app.add_flag("--reuse", options.reuse, "scan a directory that was left behind, and leave it");
  CLI11_PARSE(app, argc, argv);
  if (std::filesystem::exists(options.directory) != options.reuse) {
    std::cerr << options.directory << (options.reuse ? " does not exist\n" : " exists already\n");
    return 2;
  }
  std::filesystem::create_directories(options.directory);
  const absl::Status status = dossier::bench::Run(options);
  if (!status.ok()) std::cerr << status.ToString() << "\n";
  if (!options.keep && !options.reuse) std::filesystem::remove_all(options.directory);
  return status.ok() ? 0 : 4;
}
