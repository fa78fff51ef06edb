// Loads any number of quads as one commit within a memory budget. The quads are encoded batch by batch
// (storage/bulk/encoder.h), terms get their ids (storage/bulk/dictionary_loader.h), rows are sorted once for each
// permutation and merged with what is there (storage/bulk/relation_loader.h), and all changed blocks, terms, statistics
// and the new state are ingested in one step. Until then nothing is visible; temporary files have no names and go with
// the process.
#pragma once

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "storage/key_value_store.h"
#include "storage/store.h"

namespace dossier::storage {

using CommitFunction = absl::FunctionRef<absl::StatusOr<CommitSummary>(const ChangeSet&)>;

// Adds all that `source` gives to `store`. `spill_directory` exists; temporary files go there. `commit` makes an
// ordinary commit. The caller sees to it that nobody else writes meanwhile, and takes a new snapshot afterwards.
absl::StatusOr<CommitSummary> LoadInBulk(KeyValueStore* store, const std::string& spill_directory, LoadSource source,
                                         const BulkLoadOptions& options, CommitFunction commit);

}  // namespace dossier::storage
