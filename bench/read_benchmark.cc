// How fast one thread reads RDF: the bytes alone, statements as views into them, statements as terms, and the same text
// as Turtle.
//
//   read_benchmark data.nt.zst [--repeat N]
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "base/status_macros.h"
#include "rdf/input.h"
#include "rdf/line_chunks.h"
#include "rdf/line_parser.h"
#include "rdf/reader.h"

namespace dossier::bench {
namespace {

constexpr size_t kChunk = size_t{1} << 20U;

// Of this thread: what reading costs when other work shares the machine.
double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

absl::StatusOr<uint64_t> ReadBytes(Input* input) {
  std::vector<char> buffer(kChunk);
  uint64_t bytes = 0;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const size_t count, input->Read(absl::MakeSpan(buffer)));
    if (count == 0) return bytes;
    bytes += count;
  }
}

absl::StatusOr<uint64_t> ReadViews(Input* input) {
  LineChunks chunks(input, kChunk);
  std::string chunk;
  uint64_t statements = 0;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, chunks.Next(&chunk));
    if (!more) return statements;
    LineParser parser(chunk, /*with_graphs=*/true);
    RawQuad quad;
    for (auto result = parser.Next(&quad); result != LineParser::Result::kEnd; result = parser.Next(&quad)) {
      if (result == LineParser::Result::kQuad) ++statements;
    }
  }
}

absl::StatusOr<uint64_t> ReadTerms(Input* input, RdfFormat format) {
  uint64_t statements = 0;
  DOSSIER_RETURN_IF_ERROR(ReadRdf(input, format, {}, [&statements](Quad&&) {
    ++statements;
    return absl::OkStatus();
  }));
  return statements;
}

// The best of `repeat` runs.
absl::Status Measure(const std::string& path, int repeat, absl::string_view what, absl::string_view unit,
                     const std::function<absl::StatusOr<uint64_t>(Input*)>& read) {
  double best = 0;
  uint64_t count = 0;
  for (int run = 0; run < repeat; ++run) {
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Input> input, OpenInput(path));
    const double begin = ProcessorSeconds();
    DOSSIER_ASSIGN_OR_RETURN(count, read(input.get()));
    const double seconds = ProcessorSeconds() - begin;
    best = run == 0 ? seconds : std::min(best, seconds);
  }
  std::cout << absl::StrFormat("%-22s %11d %-10s in %6.3f s: %8.2f M/s\n", what, count, unit, best,
                               static_cast<double>(count) / best / 1e6);
  return absl::OkStatus();
}

absl::Status Run(const std::string& path, int repeat) {
  DOSSIER_RETURN_IF_ERROR(Measure(path, repeat, "bytes", "bytes", ReadBytes));
  DOSSIER_RETURN_IF_ERROR(Measure(path, repeat, "views", "statements", ReadViews));
  DOSSIER_RETURN_IF_ERROR(
      Measure(path, repeat, "terms", "statements", [](Input* input) { return ReadTerms(input, RdfFormat::kNQuads); }));
  if (DetectFormat(path) != RdfFormat::kNTriples) return absl::OkStatus();
  return Measure(path, repeat, "terms, as Turtle", "statements",
                 [](Input* input) { return ReadTerms(input, RdfFormat::kTurtle); });
}

}  // namespace
}  // namespace dossier::bench

int main(int argument_count, char** arguments) {
  std::string path;
  int repeat = 3;
  CLI::App app("Measures how fast one thread reads N-Triples or N-Quads");
  app.add_option("file", path, "N-Triples or N-Quads, also compressed")->required();
  app.add_option("--repeat", repeat, "Runs, of which the best counts")->check(CLI::PositiveNumber);
  CLI11_PARSE(app, argument_count, arguments);
  const absl::Status status = dossier::bench::Run(path, repeat);
  if (status.ok()) return 0;
  std::cerr << status.message() << "\n";
  return 1;
}
