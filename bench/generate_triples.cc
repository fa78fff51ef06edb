// Writes generated triples to standard output as N-Triples: generate_triples --triples 1000000 > shop.nt
#include <iostream>

#include "CLI/CLI.hpp"
#include "bench/triple_generator.h"
#include "bench/write_ntriples.h"

int main(int argc, char** argv) {
  dossier::bench::GeneratorOptions options;
  CLI::App app("Writes made-up triples of a shop as N-Triples");
  app.add_option("--triples", options.triples, "how many")->capture_default_str();
  app.add_option("--seed", options.seed, "which ones")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::WriteNTriples(
      [&](dossier::QuadSink sink) { return dossier::bench::GenerateTriples(options, sink); });
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
