// The coder of blocks: rows to bytes and back, with the rows of real permutations.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "bench/micro/shop.h"
#include "storage/block.h"

namespace dossier::bench {
namespace {

// Full blocks of a permutation, column by column.
struct Blocks {
  std::vector<std::array<std::vector<TermId>, 3>> columns;
  std::vector<std::string> bytes;
  int64_t rows = 0;
};

Blocks SomeBlocks(Permutation permutation) {
  constexpr size_t kBlocks = 64;
  Blocks blocks;
  ScanSpec spec;
  spec.permutation = permutation;
  const auto snapshot = Shop();
  auto cursor = snapshot->Scan(spec);
  RowBlock block;
  while (cursor.ok() && blocks.bytes.size() < kBlocks && *(*cursor)->Next(&block)) {
    std::array<std::vector<TermId>, 3> columns;
    std::array<absl::Span<const TermId>, 3> views;
    for (size_t i = 0; i < columns.size(); ++i) {
      const size_t rows = std::min(block.rows, storage::kMaxBlockRows);
      columns[i].assign(block.columns[i], block.columns[i] + rows);
      views[i] = columns[i];
    }
    blocks.rows += static_cast<int64_t>(columns[0].size());
    storage::EncodeBlock(views, &blocks.bytes.emplace_back());
    blocks.columns.push_back(std::move(columns));
  }
  return blocks;
}

void EncodeBlocks(benchmark::State& state, Permutation permutation) {
  const Blocks blocks = SomeBlocks(permutation);
  std::string bytes;
  for (auto _ : state) {
    for (const auto& columns : blocks.columns) {
      bytes.clear();
      const std::array<absl::Span<const TermId>, 3> views = {columns[0], columns[1], columns[2]};
      storage::EncodeBlock(views, &bytes);
      benchmark::DoNotOptimize(bytes.data());
    }
  }
  state.SetItemsProcessed(state.iterations() * blocks.rows);
}

void DecodeBlocks(benchmark::State& state, Permutation permutation) {
  const Blocks blocks = SomeBlocks(permutation);
  storage::DecodedBlock decoded;
  for (auto _ : state) {
    for (const std::string& bytes : blocks.bytes) {
      if (!decoded.Decode(bytes, 3).ok()) return state.SkipWithError("a block cannot be decoded");
      benchmark::DoNotOptimize(decoded.column(2)[decoded.rows() - 1]);
    }
  }
  state.SetItemsProcessed(state.iterations() * blocks.rows);
}

BENCHMARK_CAPTURE(EncodeBlocks, spo, Permutation::kSpo)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(DecodeBlocks, spo, Permutation::kSpo)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(DecodeBlocks, pos, Permutation::kPos)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench
