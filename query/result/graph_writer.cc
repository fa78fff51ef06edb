#include "query/result/graph_writer.h"

#include "base/status_macros.h"
#include "query/result/solution_writers.h"

namespace dossier {
namespace {

class LineWriter : public GraphWriter {
 public:
  explicit LineWriter(TextSink sink) : pending_(sink) {}

  absl::Status Add(Quad&& quad) override {
    AppendStatement(quad, &pending_.text());
    return pending_.FlushIfLarge();
  }
  absl::Status End() override { return pending_.Flush(); }

 private:
  solutions::PendingText pending_;
};

class DocumentWriter : public GraphWriter {
 public:
  DocumentWriter(RdfFormat format, std::vector<std::pair<std::string, std::string>> prefixes, MemoryBudget* memory,
                 TextSink sink)
      : format_(format), memory_(memory), sink_(sink) {
    options_.prefixes = std::move(prefixes);
  }

  absl::Status Add(Quad&& quad) override {
    // The text, which is made at once in the end, takes about as much again.
    bytes_ += 2 * (sizeof(Quad) + BytesOf(quad.subject) + BytesOf(quad.predicate) + BytesOf(quad.object));
    DOSSIER_RETURN_IF_ERROR(memory_.Resize(bytes_));
    quads_.push_back(std::move(quad));
    return absl::OkStatus();
  }
  absl::Status End() override { return WriteRdf(quads_, format_, options_, sink_); }

 private:
  static size_t BytesOf(const Term& term) {
    if (!term.is_triple_term()) return term.value().size();
    const Triple& triple = term.triple();
    return sizeof(Triple) + BytesOf(triple.subject) + BytesOf(triple.predicate) + BytesOf(triple.object);
  }

  const RdfFormat format_;
  WriterOptions options_;
  MemoryReservation memory_;
  const TextSink sink_;
  std::vector<Quad> quads_;
  size_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<GraphWriter> MakeGraphWriter(RdfFormat format,
                                             std::vector<std::pair<std::string, std::string>> prefixes,
                                             MemoryBudget* memory, TextSink sink) {
  if (IsLineFormat(format)) return std::make_unique<LineWriter>(sink);
  return std::make_unique<DocumentWriter>(format, std::move(prefixes), memory, sink);
}

}  // namespace dossier
