// Phrases (folded words with single blanks) and what they stand for: a sorted table over one block of text, so that a
// store with very many names needs little more memory than the names themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "base/text.h"
#include "query/ask/nearness.h"

namespace dossier::ask {

class PhraseIndex {
 public:
  // `key` is a PhraseKey; empty ones are not kept. To be followed by Finish().
  void Add(absl::string_view key, uint32_t meaning);
  // Sorts the table and drops repetitions; no Add after it.
  void Finish();

  // What `key` stands for, ascending; empty when it stands for nothing.
  std::vector<uint32_t> Find(absl::string_view key) const;
  bool Contains(absl::string_view key) const;
  // Whether a longer phrase begins with `key` and a blank.
  bool HasLonger(absl::string_view key) const;

  // Every phrase with each of its meanings, in order.
  void ForEach(absl::FunctionRef<void(absl::string_view key, uint32_t meaning)> visit) const;
  // Each phrase that is near, in order.
  void ForEachNear(const Nearness& nearness,
                   absl::FunctionRef<void(absl::string_view key, size_t distance)> visit) const;
  // Those that begin with `prefix`, in order, until `visit` returns false.
  void ForPrefix(absl::string_view prefix,
                 absl::FunctionRef<bool(absl::string_view key, uint32_t meaning)> visit) const;
  size_t size() const { return rows_.size(); }

 private:
  struct Row {
    uint64_t start;  // The first letters, so that most rows are told apart without looking at the text.
    uint32_t offset;
    uint32_t length;
    uint32_t meaning;
  };
  absl::string_view KeyOf(const Row& row) const { return absl::string_view(text_).substr(row.offset, row.length); }
  size_t LowerBound(absl::string_view key) const;

  std::string text_;
  std::vector<Row> rows_;
  std::vector<LetterSet> letters_;  // Of each row.
};

}  // namespace dossier::ask
