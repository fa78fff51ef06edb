// The first half of a bulk load: what is read becomes rows of provisional ids. Several threads make chunks of rows
// (quad_encoder.h, line_encoder.h) while the caller goes on reading; the chunks are put together in the order of the
// input, by whichever thread has just finished one, so that terms are numbered as if there were one thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "rdf/quad.h"
#include "storage/bulk/dictionary_loader.h"
#include "storage/bulk/encoded_chunk.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/row_file.h"
#include "storage/bulk/term_batch.h"
#include "storage/load_source.h"

namespace dossier::storage {

// What the rows of one batch of terms are made of.
struct EncodedBatch {
  SpillExtent quads;
  SpillExtent claims;
};

class Encoder {
 public:
  // `context` outlives the encoder.
  static absl::StatusOr<std::unique_ptr<Encoder>> Create(const LoadContext& context);
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  ~Encoder();

  // Takes over the quads or lines; waits while much is waiting already. An error is that of the encoding, of these or
  // of earlier ones.
  absl::Status Add(std::vector<Quad> quads);
  absl::Status AddLines(const std::shared_ptr<const LineSource>& source, std::string lines, bool first);
  // Waits until all is encoded. The members below are valid after it.
  absl::Status Finish();

  DictionaryLoader& dictionary() { return *dictionary_; }
  const std::vector<EncodedBatch>& batches() const { return batches_; }
  // Rows (s, p, o, g) and (s, p, o, reifier, g), with the numbers of their batch in place of ids.
  const RowFile& quads() const { return *quads_; }
  const RowFile& claims() const { return *claims_; }

 private:
  // What is waiting to be encoded: quads, or a chunk that has its text.
  struct Job {
    uint64_t number = 0;
    std::vector<Quad> quads;
    std::unique_ptr<EncodedChunk> chunk;
  };

  explicit Encoder(const LoadContext& context) : context_(context) {}

  absl::Status Enqueue(Job job);
  void Work();
  void FinishChunk(uint64_t number, std::unique_ptr<EncodedChunk> chunk, const absl::Status& status);
  absl::Status Append(const EncodedChunk& chunk);
  absl::Status Report(const EncodedChunk& chunk);
  absl::Status EndBatch(bool last);
  void Close();

  const LoadContext& context_;
  std::unique_ptr<DictionaryLoader> dictionary_;

  // Used by the thread that puts chunks together.
  std::unique_ptr<RowFile> quads_;
  std::unique_ptr<RowFile> claims_;
  TermBatch terms_;
  std::vector<TermId> numbers_;  // Of the chunk's terms.
  std::vector<EncodedBatch> batches_;
  size_t next_line_ = 1;  // Of the source at hand.

  std::mutex mutex_;  // Guards all that follows.
  std::condition_variable changed_;
  std::deque<Job> queue_;
  uint64_t next_job_ = 0;
  std::map<uint64_t, std::unique_ptr<EncodedChunk>> encoded_;  // Those that wait for an earlier one.
  uint64_t next_append_ = 0;
  bool appending_ = false;
  bool closed_ = false;
  absl::Status status_;
  std::vector<std::thread> threads_;
};

}  // namespace dossier::storage
