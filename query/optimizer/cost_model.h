// What operators cost, in nanoseconds on an ordinary machine. Only the ratios matter: they decide between plans.
#pragma once

#include <algorithm>
#include <cmath>

namespace dossier::optimizer {

inline constexpr double kScanRow = 4;        // Decode a row of a block and hand it on.
inline constexpr double kOutputRow = 6;      // Append a row to a batch.
inline constexpr double kMergeRow = 5;       // Compare and step.
inline constexpr double kHashBuildRow = 40;  // Copy and link.
inline constexpr double kHashTestRow = 2;    // Hash, and see that there is nothing.
inline constexpr double kHashProbeRow = 25;  // Hash and follow the chain.
inline constexpr double kSeek = 4000;        // Find and decode a block.
inline constexpr double kSeekKey = 800;      // Find a block, and decode its rows near a key.
inline constexpr double kSeekInBlock = 60;   // The next key lies in the block at hand.
inline constexpr double kFilterRow = 60;     // Evaluate an expression.
inline constexpr double kFilterIdRow = 1;    // The same of one that ids decide.
inline constexpr double kTrieRow = 4;        // Keep a scanned row in a trie.
inline constexpr double kTrieStep = 2;       // Look at a value of a list.
inline constexpr double kCountRow = 3;       // Add a scanned row to the number of its value.
inline constexpr double kSortComparison = 60;
inline constexpr double kStartOperator = 500;  // Make an operator and open its cursor.
inline constexpr double kRowsPerBlock = 1024;
inline constexpr double kBlocksAtHand = 4096;  // Of an index, about: those that stay decoded.
inline constexpr double kRowsPerBatch = 2048;  // About as many as exec hands on at once.

inline double ScanCost(double rows) { return kSeek + rows * kScanRow; }

inline double MergeJoinCost(double left, double right, double output) {
  return (left + right) * kMergeRow + output * kOutputRow;
}

// The right side is kept. Of a long left side the rows that have no partner are passed over.
inline double HashJoinCost(double left, double right, double output) {
  const double probed = std::min(left, std::max(output, kRowsPerBatch));
  return right * kHashBuildRow + probed * kHashProbeRow + (left - probed) * kHashTestRow + output * kOutputRow;
}

// `keys` seeks in an index of which `indexed` rows may match. They are sought in order, so that no block is decoded
// twice for a batch: where there are more keys than blocks, whole blocks are. The more blocks there are, the fewer of
// them are in the caches already. The first seek costs as much as the start of a scan.
inline double IndexJoinCost(double keys, double indexed, double output) {
  const double blocks = indexed / kRowsPerBlock + 1;
  const double seeks = std::min(keys * kSeekKey, blocks * kSeek) * (1 + blocks / (blocks + kBlocksAtHand));
  return std::max(seeks, std::min(keys, 1.0) * kSeek) + keys * kSeekInBlock + output * kOutputRow;
}

inline double SortCost(double rows) { return rows * kSortComparison * std::log2(rows + 2); }

}  // namespace dossier::optimizer
