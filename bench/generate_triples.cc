// Writes generated triples to standard output as N-Triples: generate_triples --triples 1000000 > shop.nt
#include <cstdio>
#include <iostream>
#include <string>

#include "CLI/CLI.hpp"
#include "bench/triple_generator.h"
#include "rdf/ntriples_format.h"

namespace dossier::bench {
namespace {

absl::Status Write(const GeneratorOptions& options) {
  std::string text;
  const auto flush = [&text]() -> absl::Status {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    text.clear();
    return written ? absl::OkStatus() : absl::InternalError("cannot write to standard output");
  };
  const absl::Status status = GenerateTriples(options, [&](Quad&& quad) -> absl::Status {
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object}) {
      AppendNTriples(*term, &text);
      text.push_back(' ');
    }
    text.append(".\n");
    return text.size() < 64 << 10 ? absl::OkStatus() : flush();
  });
  return status.ok() ? flush() : status;
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::bench::GeneratorOptions options;
  CLI::App app("Writes made-up triples of a shop as N-Triples");
  app.add_option("--triples", options.triples, "how many")->capture_default_str();
  app.add_option("--seed", options.seed, "which ones")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Write(options);
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
