#include "bench/write_ntriples.h"

#include <cstdio>
#include <string>

#include "rdf/ntriples_format.h"

namespace dossier::bench {

absl::Status WriteNTriples(absl::FunctionRef<absl::Status(QuadSink)> source) {
  std::string text;
  const auto flush = [&text]() -> absl::Status {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    text.clear();
    return written ? absl::OkStatus() : absl::InternalError("cannot write to standard output");
  };
  const absl::Status status = source([&](Quad&& quad) -> absl::Status {
    for (const Term* term : {&quad.subject, &quad.predicate, &quad.object}) {
      AppendNTriples(*term, &text);
      text.push_back(' ');
    }
    text.append(".\n");
    return text.size() < 64 << 10 ? absl::OkStatus() : flush();
  });
  return status.ok() ? flush() : status;
}

}  // namespace dossier::bench
