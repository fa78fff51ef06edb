// Writes generated news to standard output as N-Triples 1.2: generate_news --claims 1000000 > news.nt
#include <iostream>

#include "CLI/CLI.hpp"
#include "bench/news_generator.h"
#include "bench/write_ntriples.h"

int main(int argc, char** argv) {
  dossier::bench::NewsOptions options;
  CLI::App app("Writes made-up news as N-Triples: articles, their claims, and what the claims are about");
  app.add_option("--claims", options.claims, "how many")->capture_default_str();
  app.add_option("--seed", options.seed, "which ones")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::WriteNTriples(
      [&](dossier::QuadSink sink) { return dossier::bench::GenerateNews(options, sink); });
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
