#include "bench/micro/shop.h"

#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "bench/triple_generator.h"
#include "query/query_engine.h"
#include "query/sparql/sparql.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

// The queries are written here, so an error is a mistake of ours.
template <typename T>
T Must(absl::StatusOr<T> value) {
  if (value.ok()) return *std::move(value);
  std::cerr << value.status() << "\n";
  std::abort();
}

class Run {
 public:
  explicit Run(absl::string_view query)
      : cursor_(Must(Execute(Must(sparql::PrepareQuery(WithPrefixes(query), {})).algebra, Shop(),
                             {&cancellation_, &memory_}))) {}

  // Gives the first value of the last row too, for counts.
  uint64_t ToTheEnd(TermId* last = nullptr) {
    RowBatch batch;
    uint64_t rows = 0;
    while (Must(cursor_->Next(&batch))) {
      rows += batch.rows;
      if (last != nullptr && batch.rows > 0) *last = batch.columns[0][batch.rows - 1];
    }
    return rows;
  }
  ResultCursor& cursor() { return *cursor_; }

 private:
  Cancellation cancellation_;
  MemoryBudget memory_{size_t{4} << 30};
  const std::unique_ptr<ResultCursor> cursor_;
};

}  // namespace

std::shared_ptr<const Snapshot> Shop() {
  static const std::unique_ptr<Store> store = [] {
    const char* const wanted = std::getenv("DOSSIER_BENCH_TRIPLES");
    GeneratorOptions options;
    options.triples = wanted == nullptr ? 1'000'000 : std::strtoull(wanted, nullptr, 10);
    auto loaded = NewMemoryStore();
    Must(loaded->BulkLoad([&](QuadSink sink) { return GenerateTriples(options, sink); }, BulkLoadOptions()));
    return loaded;
  }();
  return store->GetSnapshot();
}

std::string WithPrefixes(absl::string_view query) {
  return absl::StrCat("PREFIX s: <http://example.org/shop/> PREFIX p: <http://example.org/shop/property/> ", query);
}

int64_t CountSolutions(absl::string_view pattern) {
  Run run(absl::StrCat("SELECT (COUNT(*) AS ?count) ", pattern));
  TermId count = TermId::FromBits(0);
  run.ToTheEnd(&count);
  return std::strtoll(Must(run.cursor().terms().Get(count))->value().c_str(), nullptr, 10);
}

void MeasureQuery(benchmark::State& state, absl::string_view query, absl::string_view counted) {
  const int64_t items = CountSolutions(counted);
  for (auto _ : state) {
    state.PauseTiming();
    auto run = std::make_unique<Run>(query);
    state.ResumeTiming();
    benchmark::DoNotOptimize(run->ToTheEnd());
    state.PauseTiming();
    run.reset();
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * items);
}

}  // namespace dossier::bench
