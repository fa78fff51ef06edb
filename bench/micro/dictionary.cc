// The dictionary: from terms to ids, from ids to terms in the order of ids and in none.
#include <algorithm>
#include <random>
#include <vector>

#include "bench/micro/shop.h"
#include "storage/snapshot.h"

namespace dossier::bench {
namespace {

constexpr size_t kTerms = 100'000;

// Ids of subjects, ascending, each once.
std::vector<TermId> SubjectIds() {
  std::vector<TermId> ids;
  const auto snapshot = Shop();
  auto cursor = snapshot->Scan({});
  RowBlock block;
  while (cursor.ok() && ids.size() < kTerms && *(*cursor)->Next(&block)) {
    ids.insert(ids.end(), block.columns[0], block.columns[0] + block.rows);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  }
  return ids;
}

void ReadTerms(benchmark::State& state, const std::vector<TermId>& ids) {
  const auto snapshot = Shop();
  constexpr size_t kAtOnce = 2048;
  std::vector<Term> terms;
  for (auto _ : state) {
    for (size_t begin = 0; begin < ids.size(); begin += kAtOnce) {
      terms.clear();
      const auto part = absl::MakeConstSpan(ids).subspan(begin, kAtOnce);
      if (!snapshot->GetTerms(part, &terms).ok()) return state.SkipWithError("terms cannot be read");
      benchmark::DoNotOptimize(terms.data());
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(ids.size()));
}

void ReadTermsInTheOrderOfIds(benchmark::State& state) { ReadTerms(state, SubjectIds()); }

void ReadTermsInNoOrder(benchmark::State& state) {
  std::vector<TermId> ids = SubjectIds();
  std::shuffle(ids.begin(), ids.end(), std::mt19937_64(1));
  ReadTerms(state, ids);
}

void FindTerms(benchmark::State& state) {
  const auto snapshot = Shop();
  std::vector<TermId> ids = SubjectIds();
  ids.resize(std::min<size_t>(ids.size(), 2000));
  std::vector<Term> terms;
  if (!snapshot->GetTerms(ids, &terms).ok()) return state.SkipWithError("terms cannot be read");
  for (auto _ : state) {
    for (const Term& term : terms) benchmark::DoNotOptimize(snapshot->FindTerm(term));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(terms.size()));
}

BENCHMARK(ReadTermsInTheOrderOfIds)->Unit(benchmark::kMillisecond);
BENCHMARK(ReadTermsInNoOrder)->Unit(benchmark::kMillisecond);
BENCHMARK(FindTerms)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace dossier::bench
