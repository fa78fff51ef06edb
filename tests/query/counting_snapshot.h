// A snapshot that counts what is read through it, so that tests can say how much work an answer took.
#pragma once

#include <memory>
#include <utility>

#include "storage/snapshot.h"

namespace dossier {

struct ReadCounts {
  uint64_t rows = 0;    // Handed out by cursors.
  uint64_t blocks = 0;  // Handed out by cursors.
  uint64_t counts = 0;  // Calls of CountRows: about one for each scan that is planned.
};

// `counts` outlives the snapshot and its cursors.
class CountingSnapshot : public Snapshot {
 public:
  CountingSnapshot(std::shared_ptr<const Snapshot> inner, ReadCounts* counts)
      : inner_(std::move(inner)), counts_(counts) {}

  uint64_t commit() const override { return inner_->commit(); }
  absl::StatusOr<std::unique_ptr<ScanCursor>> Scan(const ScanSpec& spec) const override {
    absl::StatusOr<std::unique_ptr<ScanCursor>> cursor = inner_->Scan(spec);
    if (!cursor.ok()) return cursor.status();
    return std::make_unique<Cursor>(*std::move(cursor), counts_);
  }
  absl::StatusOr<uint64_t> CountRows(const ScanSpec& spec, bool exact) const override {
    ++counts_->counts;
    return inner_->CountRows(spec, exact);
  }
  absl::StatusOr<std::optional<TermId>> FindTerm(const Term& term) const override { return inner_->FindTerm(term); }
  absl::StatusOr<Term> GetTerm(TermId id) const override { return inner_->GetTerm(id); }
  absl::Status GetTerms(absl::Span<const TermId> ids, std::vector<Term>* terms) const override {
    return inner_->GetTerms(ids, terms);
  }
  absl::StatusOr<std::unique_ptr<ScanCursor>> ScanNames(const NameScan& scan) const override {
    absl::StatusOr<std::unique_ptr<ScanCursor>> cursor = inner_->ScanNames(scan);
    if (!cursor.ok()) return cursor.status();
    return std::make_unique<Cursor>(*std::move(cursor), counts_);
  }
  const Statistics& statistics() const override { return inner_->statistics(); }

 private:
  class Cursor : public ScanCursor {
   public:
    Cursor(std::unique_ptr<ScanCursor> inner, ReadCounts* counts) : inner_(std::move(inner)), counts_(counts) {}
    absl::StatusOr<bool> Next(RowBlock* block) override {
      absl::StatusOr<bool> more = inner_->Next(block);
      if (!more.ok() || !*more) return more;
      // What a seek hands out again of the block at hand was not read again: its columns end where they ended.
      const TermId* end = nullptr;
      for (const TermId* column : block->columns) {
        if (column != nullptr && end == nullptr) end = column + block->rows;
      }
      if (end != nullptr && end == last_end_) return more;
      last_end_ = end;
      counts_->rows += block->rows;
      ++counts_->blocks;
      return more;
    }
    absl::Status SeekForward(absl::Span<const TermId> key) override { return inner_->SeekForward(key); }

   private:
    const std::unique_ptr<ScanCursor> inner_;
    ReadCounts* const counts_;
    const TermId* last_end_ = nullptr;
  };

  const std::shared_ptr<const Snapshot> inner_;
  ReadCounts* const counts_;
};

}  // namespace dossier
