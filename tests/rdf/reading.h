// Short ways to read text in tests.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "rdf/ntriples_format.h"
#include "rdf/reader.h"

namespace dossier {

inline absl::StatusOr<std::vector<Quad>> ReadAll(absl::string_view text, RdfFormat format,
                                                 const ReaderOptions& options = {}) {
  std::vector<Quad> quads;
  absl::Status status = ReadRdfText(text, format, options, [&quads](Quad&& quad) {
    quads.push_back(std::move(quad));
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return quads;
}

// The quads as canonical N-Quads, a line each, or "error: " and the message.
inline std::string ReadAsLines(absl::string_view text, RdfFormat format, const ReaderOptions& options = {}) {
  const absl::StatusOr<std::vector<Quad>> quads = ReadAll(text, format, options);
  if (!quads.ok()) return absl::StrCat("error: ", quads.status().message());
  std::string lines;
  for (const Quad& quad : *quads) AppendStatement(quad, &lines);
  return lines;
}

// An input that gives one byte at a time: what a reader does at the ends of its buffers.
class DrippingInput : public Input {
 public:
  explicit DrippingInput(absl::string_view text) : rest_(text) {}
  absl::StatusOr<size_t> Read(absl::Span<char> buffer) override {
    if (rest_.empty() || buffer.empty()) return size_t{0};
    buffer[0] = rest_[0];
    rest_.remove_prefix(1);
    return size_t{1};
  }
  uint64_t bytes_read() const override { return 0; }
  uint64_t bytes_total() const override { return 0; }

 private:
  absl::string_view rest_;
};

}  // namespace dossier
