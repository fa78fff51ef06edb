// What a bulk load has in hand after each of its stages, and how its journal describes that.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/bulk/load_context.h"
#include "storage/bulk/row_file.h"
#include "storage/key_value_store.h"
#include "storage/metadata.h"
#include "storage/permutation.h"

namespace dossier::storage {

using Runs = std::vector<std::unique_ptr<SortedRun>>;

// The names of the files of rows that a load can go on with.
inline constexpr absl::string_view kQuadsFile = "quads.rows";
inline constexpr absl::string_view kClaimsFile = "claims.rows";
inline constexpr absl::string_view kTripleTermsFile = "triple_terms.rows";

// All is read, terms have their ids, and the rows that the store does not have are sorted.
struct SortedStage {
  std::unique_ptr<RowFile> quads;         // In the order of kSpo.
  std::unique_ptr<RowFile> claims;        // Of kClaimSpo.
  std::unique_ptr<RowFile> triple_terms;  // Of kTermSpo.
  bool has_named_graphs = false;
  StoreState state;    // As it will be after the load, but for the commit.
  Runs runs;           // The dictionary.
  std::string report;  // Of the caller.
};

// The files of rows are made durable.
absl::StatusOr<std::string> DescribeStage(const SortedStage& stage);
absl::StatusOr<SortedStage> RestoreStage(const LoadContext& context, absl::string_view description);

// A permutation is written.
struct PermutationStage {
  Permutation permutation = Permutation::kSpo;
  Runs runs;
  std::string statistics;  // StatisticsBuilder::Save of its pass; empty when it has none.
};

std::string DescribePermutation(Permutation permutation, const Runs& runs, absl::string_view statistics);
absl::StatusOr<PermutationStage> RestorePermutation(const LoadContext& context, absl::string_view description);

}  // namespace dossier::storage
