// The first half of a bulk load: quads become rows of provisional ids, in a thread of its own, while the caller goes on
// reading.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "rdf/quad.h"
#include "storage/bulk/dictionary_loader.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/row_file.h"
#include "storage/bulk/term_batch.h"

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

  // Takes over the quads. An error is that of the encoding, of these quads or of earlier ones.
  absl::Status Add(std::vector<Quad> quads);
  // Waits until all is encoded. The members below are valid after it.
  absl::Status Finish();

  DictionaryLoader& dictionary() { return *dictionary_; }
  const std::vector<EncodedBatch>& batches() const { return batches_; }
  // Rows (s, p, o, g) and (s, p, o, reifier, g), with the numbers of their batch in place of ids.
  const RowFile& quads() const { return *quads_; }
  const RowFile& claims() const { return *claims_; }

 private:
  explicit Encoder(const LoadContext& context) : context_(context) {}

  void Work();
  absl::Status Encode(const std::vector<Quad>& quads);
  absl::Status EndBatch(bool last);
  void Close();

  const LoadContext& context_;
  std::unique_ptr<DictionaryLoader> dictionary_;
  std::unique_ptr<RowFile> quads_;
  std::unique_ptr<RowFile> claims_;
  TermBatch terms_;
  std::vector<EncodedBatch> batches_;
  Term last_subject_;  // Of the quad encoded last, which often is the next one's too.
  TermId last_subject_id_;
  bool has_last_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<Quad>> queue_;  // Guarded by mutex_, as are the two below.
  bool closed_ = false;
  absl::Status status_;
  std::thread thread_;
};

}  // namespace dossier::storage
