#include "storage/bulk/encoder.h"

#include <utility>

#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier::storage {
namespace {

constexpr size_t kQueueLength = 4;

bool IsReification(const Quad& quad) {
  return quad.object.is_triple_term() && quad.predicate.is_iri() && quad.predicate.value() == rdf::kReifies;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Encoder>> Encoder::Create(const LoadContext& context) {
  std::unique_ptr<Encoder> encoder(new Encoder(context));
  DOSSIER_ASSIGN_OR_RETURN(encoder->dictionary_, DictionaryLoader::Create(context));
  DOSSIER_ASSIGN_OR_RETURN(encoder->quads_, RowFile::Create(context.spill_directory, 4));
  DOSSIER_ASSIGN_OR_RETURN(encoder->claims_, RowFile::Create(context.spill_directory, 5));
  encoder->thread_ = std::thread([raw = encoder.get()] { raw->Work(); });
  return encoder;
}

Encoder::~Encoder() { Close(); }

absl::Status Encoder::Add(std::vector<Quad> quads) {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return queue_.size() < kQueueLength || !status_.ok(); });
  if (!status_.ok()) return status_;
  queue_.push_back(std::move(quads));
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
  if (thread_.joinable()) thread_.join();
}

void Encoder::Work() {
  while (true) {
    std::vector<Quad> quads;
    {
      std::unique_lock<std::mutex> lock(mutex_);
      changed_.wait(lock, [this] { return closed_ || !queue_.empty(); });
      if (queue_.empty()) return;
      quads = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();
    const absl::Status status = Encode(quads);
    if (status.ok()) continue;
    const std::lock_guard<std::mutex> lock(mutex_);
    status_ = status;
    queue_.clear();
    changed_.notify_all();
    return;
  }
}

absl::Status Encoder::Encode(const std::vector<Quad>& quads) {
  for (const Quad& quad : quads) {
    const TermId graph = quad.graph.has_value() ? terms_.Intern(*quad.graph) : TermId();
    if (IsReification(quad)) {
      const Triple& triple = quad.object.triple();
      const TermId subject = terms_.Intern(triple.subject);
      const TermId predicate = terms_.Intern(triple.predicate);
      const TermId object = terms_.Intern(triple.object);
      const TermId row[] = {subject, predicate, object, terms_.Intern(quad.subject), graph};
      DOSSIER_RETURN_IF_ERROR(claims_->Add(row));
      continue;
    }
    const TermId subject = has_last_ && last_subject_ == quad.subject ? last_subject_id_ : terms_.Intern(quad.subject);
    const TermId predicate = terms_.Intern(quad.predicate);
    const TermId object = terms_.Intern(quad.object);
    const TermId row[] = {subject, predicate, object, graph};
    DOSSIER_RETURN_IF_ERROR(quads_->Add(row));
    if (!has_last_ || subject != last_subject_id_) {
      last_subject_ = quad.subject;
      last_subject_id_ = subject;
      has_last_ = true;
    }
  }
  return terms_.memory_bytes() < context_.memory_bytes / 10 * 4 ? absl::OkStatus() : EndBatch(/*last=*/false);
}

absl::Status Encoder::EndBatch(bool last) {
  if (terms_.empty() && !last) return absl::OkStatus();
  EncodedBatch& batch = batches_.emplace_back();
  DOSSIER_ASSIGN_OR_RETURN(batch.quads, quads_->EndExtent());
  DOSSIER_ASSIGN_OR_RETURN(batch.claims, claims_->EndExtent());
  DOSSIER_RETURN_IF_ERROR(dictionary_->AddBatch(terms_, last));
  terms_.Clear();
  has_last_ = false;
  return absl::OkStatus();
}

}  // namespace dossier::storage
