// Random update requests on random datasets with named graphs and claims, against updates by their definitions
// (tests/database/update_model.h); after each request the store holds what the model holds, and finds itself sound.
#include <random>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/cancellation.h"
#include "base/diagnostic.h"
#include "base/memory_budget.h"
#include "database/sparql_update.h"
#include "gtest/gtest.h"
#include "rdf/vocabulary.h"
#include "storage/store.h"
#include "tests/database/update_model.h"
#include "tests/storage/store_test_support.h"

namespace dossier {
namespace {

using Kind = ModelOperation::Kind;

// Of a small world, so that operations meet one another's quads.
class RandomUpdates {
 public:
  explicit RandomUpdates(uint64_t seed) : random_(seed) {}

  std::vector<ModelOperation> Request() {
    std::vector<ModelOperation> operations;
    for (uint64_t i = Below(4) + 1; i > 0; --i) operations.push_back(Operation());
    return operations;
  }

 private:
  uint64_t Below(uint64_t limit) { return random_() % limit; }
  bool Chance(uint64_t percent) { return Below(100) < percent; }

  Term Entity() { return Node(absl::StrCat("e", Below(5))); }
  Term Relation() { return Node(absl::StrCat("p", Below(3))); }
  Term Graph() { return Node(absl::StrCat("g", Below(3))); }
  std::optional<Term> MaybeGraph() { return Chance(40) ? std::make_optional(Graph()) : std::nullopt; }
  Term Value() {
    if (Chance(70)) return Entity();
    return Chance(50) ? Number(static_cast<int>(Below(3))) : Term::String(absl::StrCat("a longer text ", Below(3)));
  }
  static Term Reifies() { return Term::Iri(std::string(rdf::kReifies)); }

  Quad DataQuad() {
    Quad quad{Entity(), Relation(), Value(), MaybeGraph()};
    if (Chance(30)) {
      quad.predicate = Chance(80) ? Reifies() : Relation();
      quad.object = Term::TripleTerm({Entity(), Relation(), Value()});
    }
    return quad;
  }

  ModelPlace Place(Term term, uint64_t variable_percent) {
    ModelPlace place;
    if (Chance(variable_percent)) {
      place.variable = std::string(1, static_cast<char>('u' + Below(5)));
    } else {
      place.term = std::move(term);
    }
    return place;
  }

  ModelQuad PatternQuad(uint64_t variable_percent, bool with_graphs) {
    ModelQuad quad;
    quad.subject = Place(Entity(), variable_percent);
    quad.predicate = Place(Relation(), variable_percent / 2);
    quad.object = Place(Value(), variable_percent);
    if (Chance(25)) {
      quad.predicate = Place(Chance(80) ? Reifies() : Relation(), 0);
      quad.object = ModelPlace();
      quad.object.triple = {Place(Entity(), variable_percent), Place(Relation(), variable_percent / 2),
                            Place(Value(), variable_percent)};
    }
    if (with_graphs && Chance(30)) quad.graph = Place(Graph(), variable_percent / 2);
    return quad;
  }

  std::vector<ModelQuad> PatternQuads(uint64_t most, uint64_t variable_percent, bool with_graphs) {
    std::vector<ModelQuad> quads;
    for (uint64_t i = Below(most) + 1; i > 0; --i) quads.push_back(PatternQuad(variable_percent, with_graphs));
    return quads;
  }

  ModelOperation Operation() {
    constexpr Kind kKinds[] = {Kind::kInsertData, Kind::kInsertData, Kind::kInsertData, Kind::kDeleteData,
                               Kind::kModify,     Kind::kModify,     Kind::kModify,     Kind::kDeleteWhere,
                               Kind::kClear,      Kind::kAdd,        Kind::kMove,       Kind::kCopy};
    ModelOperation operation;
    operation.kind = kKinds[Below(std::size(kKinds))];
    // Data come in larger numbers than they go.
    const uint64_t quads = operation.kind == Kind::kInsertData ? 12 : 5;
    switch (operation.kind) {
      case Kind::kInsertData:
      case Kind::kDeleteData:
        for (uint64_t i = Below(quads) + 1; i > 0; --i) operation.data.push_back(DataQuad());
        break;
      case Kind::kModify: FillModify(&operation); break;
      case Kind::kDeleteWhere: operation.where = PatternQuads(2, 50, true); break;
      case Kind::kClear: {
        operation.graphs = static_cast<ModelOperation::Graphs>(Below(Chance(20) ? 4 : 2));
        if (operation.graphs == ModelOperation::Graphs::kOne) operation.from = Graph();
        break;
      }
      default:
        operation.from = MaybeGraph();
        operation.to = MaybeGraph();
        break;
    }
    return operation;
  }

  void FillModify(ModelOperation* operation) {
    if (Chance(30)) operation->with = Graph();
    const bool has_using = Chance(20);
    if (has_using) {
      operation->using_default = {Graph()};
      if (Chance(50)) operation->using_default.push_back(Graph());
    }
    operation->where = PatternQuads(2, 60, !has_using);
    // What has been matched, as it is or with other variables.
    if (Chance(60)) {
      operation->deletions = Chance(50) ? PatternQuads(2, 70, true) : operation->where;
    }
    if (Chance(70) || operation->deletions.empty()) operation->insertions = PatternQuads(2, 70, true);
  }

  std::mt19937_64 random_;
};

std::string Text(const std::vector<ModelOperation>& request) {
  return absl::StrJoin(request, " ;\n", [](std::string* text, const ModelOperation& operation) {
    absl::StrAppend(text, operation.ToString());
  });
}

void RunRequests(Store* store, uint64_t seed, int requests) {
  RandomUpdates random(seed);
  ModelDataset model;
  uint64_t changed = 0;
  for (int i = 0; i < requests; ++i) {
    const std::vector<ModelOperation> request = random.Request();
    SCOPED_TRACE(absl::StrCat("request ", i, ":\n", Text(request)));
    const ModelDataset before = model;
    for (const ModelOperation& operation : request) Apply(operation, &model);
    Cancellation cancellation;
    MemoryBudget memory(size_t{64} << 20);
    const auto summary = RunUpdate(store, Text(request), "", {&cancellation, &memory, i % 5 != 0});
    ASSERT_TRUE(summary.ok()) << RenderError(summary.status());
    changed += summary->added + summary->removed;
    size_t kept = 0;
    for (const Quad& quad : before) kept += model.count(quad);
    EXPECT_EQ(summary->added, model.size() - kept);
    EXPECT_EQ(summary->removed, before.size() - kept);
    const std::set<Quad> contents = Contents(*store->GetSnapshot());
    for (const Quad& quad : model) {
      EXPECT_EQ(contents.count(quad), 1U) << "missing: " << quad.subject.ToString() << " " << quad.predicate.ToString()
                                          << " " << quad.object.ToString();
    }
    EXPECT_EQ(contents.size(), model.size());
    EXPECT_EQ(memory.used(), 0U);
    if (i % 20 == 0) ExpectValid(*store);
    if (testing::Test::HasFailure()) return;
  }
  ExpectValid(*store);
  EXPECT_GT(changed, static_cast<uint64_t>(requests) * 5) << "the requests hardly do anything";
}

TEST(SparqlUpdateProperty, DoesWhatTheDefinitionsSayInMemory) {
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    const std::unique_ptr<Store> store = NewMemoryStore();
    RunRequests(store.get(), seed, 100);
    if (HasFailure()) return;
  }
}

TEST(SparqlUpdateProperty, DoesWhatTheDefinitionsSayOnDisk) {
  const TempDirectory directory;
  const auto store = OpenStore(directory.Child("store"), {});
  ASSERT_TRUE(store.ok()) << store.status();
  RunRequests(store->get(), 11, 80);
}

}  // namespace
}  // namespace dossier
