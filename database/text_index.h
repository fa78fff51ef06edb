// Full text of articles: a derived index beside the store (Xapian). It knows the commit that it reflects, catches up
// by itself, and is made anew when it is missing or damaged. Stemmed by the article's language, English by default.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/cancellation.h"
#include "storage/snapshot.h"

namespace dossier {

struct SentenceHit {
  size_t paragraph = 0;  // As claims count them.
  size_t sentence = 0;
  std::string text;
};

struct SearchHit {
  std::string article;     // IRI.
  std::string identifier;  // schema:identifier, or the IRI when there is none.
  std::string title;
  std::string published;               // As written; empty when unknown.
  double score = 0;                    // Higher is better; compares within one search only.
  std::vector<SentenceHit> sentences;  // Those with most of the words, in the order of the text.
};

// Thread-safe.
class TextIndex {
 public:
  virtual ~TextIndex() = default;

  // The best articles for `query`: words (any of them, ranked), "a phrase", +required, -excluded, AND, OR, NOT.
  // Brings the index up to `snapshot` first; when it cannot be written to, searches a copy in memory.
  // InvalidArgument when `query` has no words.
  virtual absl::StatusOr<std::vector<SearchHit>> Search(const Snapshot& snapshot, absl::string_view query, size_t limit,
                                                        const Cancellation& cancellation) = 0;
};

// In `directory`, made when it is first needed; in memory when `directory` is empty.
std::unique_ptr<TextIndex> NewTextIndex(const std::string& directory);

}  // namespace dossier
