// Loads the texts of articles, as one commit. A text is the schema:articleBody of its article; a new text replaces it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "database/load_options.h"
#include "storage/store.h"

namespace dossier {

// Files and folders (of a folder all `.txt` and `.jsonl`, also with .gz or .zst, recursively, in the order of names):
//
// - A text file belongs to the article whose schema:identifier its name begins with ("002_83af5299.txt" to "002"); it
//   is rejected when the store has none.
// - Each line of a JSONL file is an article: {"id", "title", "url", "published", "publisher", "author", "language",
//   "text"}; `text` and one of `id` and `url` are required. It becomes the article with that identifier, or a new one.
//
// Bad lines and files are skipped and reported unless `options.strict`.
absl::StatusOr<LoadReport> LoadArticles(Store* store, const std::vector<std::string>& paths,
                                        const LoadOptions& options);

}  // namespace dossier
