// What Tab offers at the prompt: the shell's own words, settings and their values, files and topics of help; for all
// else the session is asked.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/result/completion.h"
#include "shell/store_access.h"

namespace dossier {

class Completer {
 public:
  // `store` must outlive it.
  explicit Completer(StoreAccess* store) : store_(store) {}

  // The completions of a statement at `offset`. None when the store cannot be read: a prompt is no place for errors.
  std::vector<Completion> Complete(absl::string_view statement, size_t offset);

 private:
  StoreAccess* const store_;
};

// What of `typed` may be inserted at once: what all completions have in common beyond it, if there is anything. All of
// the text when there is one completion, with a blank after it where a next word may follow.
struct Insertion {
  size_t begin = 0;  // Replaces what stands between here and the cursor.
  std::string text;
};
Insertion CommonInsertion(absl::string_view typed, const std::vector<Completion>& completions);

// The completions in columns of at most `columns` characters, at most `rows` lines; the last one says how many are left
// out.
std::string CompletionList(const std::vector<Completion>& completions, size_t columns, size_t rows);

}  // namespace dossier
