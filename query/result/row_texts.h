// From ids to the text of rows, last of all: gathers batches of a running query, makes the text of each distinct term
// once, reading the dictionary in the order of its ids, and puts the rows together from these texts. Holds a bounded
// amount of text, however many rows pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/memory_budget.h"
#include "query/exec/row_batch.h"
#include "query/result/text_row_writer.h"
#include "query/term_space.h"
#include "rdf/term_id.h"

namespace dossier {

// Texts of terms found by id, one behind the other in one piece of memory. Not thread-safe.
class TermTexts {
 public:
  struct Entry {
    TermId id;  // Undefined: the place is free.
    uint32_t offset = 0;
    uint32_t length = 0;
  };

  TermTexts();

  // Makes room for so many ids, so that places stay where they are while these are looked up.
  void Reserve(size_t ids);
  // The place of `id`; where it was not there yet, `*is_new` is set and the entry waits for its text. Good until the
  // next Reserve(). REQUIRES: room.
  size_t Place(TermId id, bool* is_new);
  Entry& entry(size_t place) { return entries_[place]; }
  absl::string_view TextAt(size_t place) const {
    return absl::string_view(text_).substr(entries_[place].offset, entries_[place].length);
  }
  std::string* text() { return &text_; }
  size_t taken() const { return taken_; }
  size_t bytes() const { return text_.capacity() + entries_.capacity() * sizeof(Entry); }
  void Clear();

 private:
  void Grow();

  std::vector<Entry> entries_;  // A power of two of them, at most half of them taken.
  size_t taken_ = 0;
  unsigned shift_ = 0;  // 64 less the bits of a place.
  std::string text_;
};

// Not thread-safe. All that it is given outlives it.
class RowTexts {
 public:
  // `memory` is charged for texts that are kept for the rows to come; where it has none to give, few are kept.
  RowTexts(TermSpace* terms, MemoryBudget* memory, TextRowWriter* writer);

  // Takes the rows. They are written now or, when they come quickly, with others; `*written` says whether all rows
  // added so far are written, so that the terms made for them may be forgotten.
  absl::Status Add(const RowBatch& batch, bool* written);
  // Writes what is held back.
  absl::Status Flush();

 private:
  static constexpr size_t kFewRows = 512;

  absl::Status WriteRows(size_t begin, size_t end);
  void FindPlaces(size_t begin, size_t end);
  absl::Status MakeTexts();
  void LookAtDistances(ptrdiff_t stored);
  absl::Status AppendText(TermId id, const TermView& term);
  absl::Status ForgetTextsIfMany();

  TermSpace* const terms_;
  TextRowWriter* const writer_;
  MemoryReservation memory_;
  const size_t most_kept_bytes_;
  bool far_apart_ = false;  // The terms that were read last, in the dictionary.
  RowBatch rows_;           // Held back.
  size_t rows_at_once_ = 1;
  absl::Time last_flush_ = absl::Now();

  TermTexts texts_;
  std::vector<TermId> wanted_;  // Not read yet.
  size_t rows_per_read_;        // Rows whose terms are looked at together.
  std::vector<size_t> places_;  // Of the cells at hand, column by column.
  std::vector<absl::string_view> cells_;
};

}  // namespace dossier
