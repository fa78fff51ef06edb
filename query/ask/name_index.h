// The names of a store by the beginning of any of their words, the most prominent first: what is offered while a name
// is being typed. Beside the catalogue, since answering does not need it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "base/cancellation.h"
#include "query/ask/catalogue.h"
#include "storage/snapshot.h"

namespace dossier::ask {

class NameIndex {
 public:
  // Reads how much each entity is spoken of from the snapshot. `catalogue` and `snapshot` are of the same commit and
  // are not kept. `cancellation` may be null.
  static absl::StatusOr<std::shared_ptr<const NameIndex>> Build(const Catalogue& catalogue, const Snapshot& snapshot,
                                                                const Cancellation* cancellation);

  uint64_t commit() const { return commit_; }

  // Entities of which a name, or a name from one of its later words on, begins with `prefix` (folded, may end in a
  // blank); each once, the most prominent first, at most `maximum`. An empty prefix fits every name.
  std::vector<TermId> Find(absl::string_view prefix, size_t maximum) const;

  // Whether a name begins with `prefix`.
  bool HasBeginning(absl::string_view prefix) const;

  // Claims and triples about an entity; 0 for others.
  uint32_t Prominence(TermId entity) const;

 private:
  struct Row {
    uint32_t offset;  // In text_, up to the next line end.
    uint32_t entity;  // Index into entities_.
  };
  struct Entity {
    TermId id;
    uint32_t prominence = 0;
  };
  absl::string_view KeyOf(const Row& row) const;
  std::pair<size_t, size_t> RangeOf(absl::string_view prefix) const;
  absl::Status CountRows(const Snapshot& snapshot, const Cancellation* cancellation);

  uint64_t commit_ = 0;
  std::string text_;              // Keys, each with a line end.
  std::vector<Row> rows_;         // Ascending by key.
  std::vector<Entity> entities_;  // Ascending by id.
  std::vector<uint32_t> top_;     // The most prominent entities of all.
};

}  // namespace dossier::ask
