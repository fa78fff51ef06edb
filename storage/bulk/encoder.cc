#include "storage/bulk/encoder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/status_macros.h"
#include "rdf/line_reject.h"
#include "storage/bulk/chunk_terms.h"
#include "storage/bulk/line_encoder.h"
#include "storage/bulk/quad_encoder.h"

namespace dossier::storage {
namespace {

// Chunks that wait to be encoded or appended: enough that no thread waits for another, few enough to be small.
constexpr size_t kQueueLength = 3;

template <size_t kWidth>
absl::Status AppendRows(const std::vector<TermId>& rows, const std::vector<TermId>& numbers, RowFile* file) {
  std::array<TermId, kWidth> row;
  for (size_t i = 0; i < rows.size(); i += kWidth) {
    for (size_t column = 0; column < kWidth; ++column) {
      const TermId id = rows[i + column];
      row[column] = id.is_dictionary() ? numbers[id.payload()] : id;
    }
    DOSSIER_RETURN_IF_ERROR(file->Add(row.data()));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Encoder>> Encoder::Create(const LoadContext& context) {
  std::unique_ptr<Encoder> encoder(new Encoder(context));
  DOSSIER_ASSIGN_OR_RETURN(encoder->dictionary_, DictionaryLoader::Create(context));
  DOSSIER_ASSIGN_OR_RETURN(encoder->quads_, RowFile::Create(context.spill_directory, 4));
  DOSSIER_ASSIGN_OR_RETURN(encoder->claims_, RowFile::Create(context.spill_directory, 5));
  for (size_t i = 0; i < context.threads; ++i) encoder->threads_.emplace_back([raw = encoder.get()] { raw->Work(); });
  return encoder;
}

Encoder::~Encoder() { Close(); }

absl::Status Encoder::Add(std::vector<Quad> quads) {
  Job job;
  job.quads = std::move(quads);
  job.chunk = std::make_unique<EncodedChunk>();
  return Enqueue(std::move(job));
}

absl::Status Encoder::AddLines(const std::shared_ptr<const LineSource>& source, std::string lines, bool first) {
  Job job;
  job.chunk = std::make_unique<EncodedChunk>();
  job.chunk->text = std::move(lines);
  job.chunk->source = source;
  job.chunk->first = first;
  return Enqueue(std::move(job));
}

absl::Status Encoder::Enqueue(Job job) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kQueueLength || !status_.ok(); });
  if (!status_.ok()) return status_;
  job.number = next_job_++;
  queue_.push_back(std::move(job));
  changed_.notify_all();
  return absl::OkStatus();
}

absl::Status Encoder::Finish() {
  Close();
  DOSSIER_RETURN_IF_ERROR(status_);
  DOSSIER_RETURN_IF_ERROR(EndBatch(/*last=*/true));
  DOSSIER_RETURN_IF_ERROR(quads_->Flush());
  return claims_->Flush();
}

void Encoder::Close() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Encoder::Work() {
  ChunkTerms terms;
  LineEncoder lines(&terms);
  while (true) {
    Job job;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      // Not too far ahead of a chunk that takes long.
      changed_.wait(lock, [this] {
        return !status_.ok() || (closed_ && queue_.empty()) || (!queue_.empty() && encoded_.size() < kQueueLength);
      });
      if (!status_.ok() || queue_.empty()) return;
      job = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();
    absl::Status status = context_.CheckCancelled();
    if (!status.ok()) {
    } else if (job.chunk->source != nullptr) {
      status = lines.Encode(job.chunk.get());
    } else {
      EncodeQuads(job.quads, &terms, job.chunk.get());
    }
    FinishChunk(job.number, std::move(job.chunk), status);
  }
}

// Appends the chunk and those behind it that are there, or leaves it to the thread that is appending or will bring the
// one before it.
void Encoder::FinishChunk(uint64_t number, std::unique_ptr<EncodedChunk> chunk, const absl::Status& status) {
  std::unique_lock<std::mutex> lock(mutex_);
  status_.Update(status);
  encoded_[number] = std::move(chunk);
  if (!appending_) {
    appending_ = true;
    while (status_.ok() && !encoded_.empty() && encoded_.begin()->first == next_append_) {
      const std::unique_ptr<EncodedChunk> next = std::move(encoded_.begin()->second);
      encoded_.erase(encoded_.begin());
      ++next_append_;
      lock.unlock();
      changed_.notify_all();
      const absl::Status appended = Append(*next);
      lock.lock();
      status_.Update(appended);
    }
    appending_ = false;
  }
  if (!status_.ok()) queue_.clear();
  lock.unlock();
  changed_.notify_all();
}

absl::Status Encoder::Append(const EncodedChunk& chunk) {
  if (chunk.source != nullptr) DOSSIER_RETURN_IF_ERROR(Report(chunk));
  terms_.Intern(chunk, &numbers_);
  DOSSIER_RETURN_IF_ERROR(AppendRows<4>(chunk.quads, numbers_, quads_.get()));
  DOSSIER_RETURN_IF_ERROR(AppendRows<5>(chunk.claims, numbers_, claims_.get()));
  return terms_.memory_bytes() < context_.memory_bytes / 10 * 4 ? absl::OkStatus() : EndBatch(/*last=*/false);
}

absl::Status Encoder::Report(const EncodedChunk& chunk) {
  const LineSource& source = *chunk.source;
  if (chunk.first) next_line_ = 1;
  for (Reject reject : chunk.rejects) {
    reject.line += next_line_;
    if (!source.on_reject) return RejectError(reject, source.name);
    source.on_reject(reject);
  }
  next_line_ += chunk.lines;
  return source.on_statements ? source.on_statements(chunk.statements) : absl::OkStatus();
}

absl::Status Encoder::EndBatch(bool last) {
  if (terms_.empty() && !last) return absl::OkStatus();
  EncodedBatch& batch = batches_.emplace_back();
  DOSSIER_ASSIGN_OR_RETURN(batch.quads, quads_->EndExtent());
  DOSSIER_ASSIGN_OR_RETURN(batch.claims, claims_->EndExtent());
  DOSSIER_RETURN_IF_ERROR(dictionary_->AddBatch(terms_, last));
  terms_.Clear();
  return absl::OkStatus();
}

}  // namespace dossier::storage
