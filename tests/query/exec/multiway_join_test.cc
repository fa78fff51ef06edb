// Joins of many patterns at once, and counts of joins, against the definitions, on random data and random patterns of
// any shape: chains, stars, cycles, patterns without a common variable. DOSSIER_PROPERTY_SEED and DOSSIER_PROPERTY_RUNS
// choose other cases.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "query/exec/operator.h"
#include "query/optimizer/multiway.h"
#include "query/optimizer/scan_choice.h"
#include "query/plan/plan_printer.h"
#include "query/planner/operator_factory.h"
#include "query/reference/reference_evaluator.h"
#include "rdf/vocabulary.h"
#include "storage/store.h"
#include "tests/support/random_query.h"

namespace dossier {
namespace {

using algebra::Variable;
using Row = std::vector<TermId>;

uint64_t NumberFromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Patterns over a handful of variables, and what the engine makes of them.
class Case {
 public:
  explicit Case(uint64_t seed) : random_(seed), data_(seed), store_(NewMemoryStore()) {
    // Of one kind, so that ids are codes, or of all kinds.
    std::vector<Quad> quads = OneIn(2) ? Graph() : data_.Quads(40 + Below(40));
    // Claims are patterns of their own by the time that joins are planned.
    std::erase_if(quads, [](const Quad& quad) { return quad.predicate.value() == rdf::kReifies; });
    EXPECT_TRUE(store_->Commit({std::move(quads), {}}).ok());
    terms_.emplace(store_->GetSnapshot());
    for (const char* name : {"a", "b", "c", "d"}) variables_.Named(name);
    const size_t patterns = 1 + Below(5);
    while (bgp_.patterns.size() < patterns) bgp_.patterns.push_back(Pattern());
    for (const algebra::Pattern& pattern : bgp_.patterns) AddInput(pattern);
    context_.snapshot = &terms_->snapshot();
    context_.terms = &*terms_;
    context_.cancellation = &cancellation_;
    context_.memory = &memory_;
    context_.threads = &threads_;
  }

  size_t Below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }
  bool OneIn(size_t count) { return Below(count) == 0; }

  std::vector<const optimizer::JoinInput*> Inputs() const {
    std::vector<const optimizer::JoinInput*> inputs;
    for (const optimizer::JoinInput& input : inputs_) inputs.push_back(&input);
    return inputs;
  }

  std::vector<Variable> Variables() const {
    algebra::VariableSet all;
    for (const auto& input : inputs_) all.insert(input.variables.begin(), input.variables.end());
    return {all.begin(), all.end()};
  }

  // By the definitions, the values of `columns`, sorted.
  std::vector<Row> Expected(const std::vector<Variable>& columns) {
    algebra::Bgp bgp = bgp_;
    const auto solutions = EvaluateByDefinition(*algebra::MakeNode(std::move(bgp)), &*terms_);
    EXPECT_TRUE(solutions.ok()) << solutions.status();
    std::vector<Row> rows;
    for (const Solution& solution : *solutions) {
      Row& row = rows.emplace_back();
      for (const Variable variable : columns) row.push_back(solution.at(variable));
    }
    std::sort(rows.begin(), rows.end());
    return rows;
  }

  std::vector<Row> Run(const plan::PlanPtr& plan) {
    absl::StatusOr<exec::OperatorPtr> root = planner::MakeOperators(&context_, plan.get());
    EXPECT_TRUE(root.ok()) << root.status();
    std::vector<Row> rows;
    RowBatch batch;
    while (true) {
      const absl::StatusOr<bool> more = (*root)->Next(&batch);
      EXPECT_TRUE(more.ok()) << more.status();
      if (!more.ok() || !*more) break;
      for (size_t i = 0; i < batch.rows; ++i) {
        Row& row = rows.emplace_back();
        for (const auto& column : batch.columns) row.push_back(column[i]);
      }
    }
    return rows;
  }

  TermId Number(size_t number) {
    return *terms_->Intern(Term::Typed(absl::StrCat(number), "http://www.w3.org/2001/XMLSchema#integer"));
  }

  std::string Describe(const plan::PlanNode& plan) const {
    return absl::StrCat(plan::ToString(plan, variables_, {}), "memory held: ", memory_.used());
  }
  size_t memory_used() const { return memory_.used(); }
  Variable Fresh() { return variables_.Named("count"); }

 private:
  Term Node() { return Term::Iri(absl::StrCat("http://example.org/e", Below(7))); }

  std::vector<Quad> Graph() {
    std::vector<Quad> quads;
    const size_t count = 30 + Below(60);
    while (quads.size() < count) {
      Quad quad{Node(), data_.Predicate(), Node(), std::nullopt};
      if (OneIn(4)) quad.graph = data_.Graph();
      quads.push_back(quad);
    }
    return quads;
  }

  algebra::PatternTerm AnyVariable() { return Variable{static_cast<uint32_t>(Below(4))}; }

  algebra::Pattern Pattern() {
    algebra::Pattern pattern;
    pattern.subject = OneIn(8) ? algebra::PatternTerm(Node()) : AnyVariable();
    pattern.predicate = OneIn(8) ? AnyVariable() : algebra::PatternTerm(data_.Predicate());
    pattern.object = OneIn(8) ? algebra::PatternTerm(data_.Object()) : AnyVariable();
    switch (Below(5)) {
      case 0: pattern.graph.kind = algebra::GraphSelector::Kind::kDefault; break;
      case 1:
        pattern.graph.kind = algebra::GraphSelector::Kind::kSome;
        pattern.graph.graphs = {data_.Graph(), data_.Graph()};
        break;
      case 2:
        pattern.graph.kind = algebra::GraphSelector::Kind::kNamed;
        pattern.graph.graph = data_.Graph();
        break;
      default: pattern.graph.kind = algebra::GraphSelector::Kind::kAll; break;
    }
    return pattern;
  }

  void AddInput(const algebra::Pattern& pattern) {
    optimizer::JoinInput& input = inputs_.emplace_back();
    input.variables = algebra::PatternVariables(pattern);
    input.certain = input.variables;
    const auto scans = optimizer::AllScanPlans(pattern, &*terms_);
    ASSERT_TRUE(scans.ok()) << scans.status();
    input.scans = *scans;
    const auto estimate = optimizer::CardinalityEstimator(&*terms_).PatternEstimate(input.scans);
    ASSERT_TRUE(estimate.ok()) << estimate.status();
    input.estimate = *estimate;
  }

  std::mt19937_64 random_;
  RandomData data_;
  std::unique_ptr<Store> store_;
  std::optional<TermSpace> terms_;
  algebra::VariableTable variables_;
  algebra::Bgp bgp_;
  std::vector<optimizer::JoinInput> inputs_;
  Cancellation cancellation_;
  MemoryBudget memory_{size_t{1} << 28};
  ThreadPermits threads_{2};
  exec::RunContext context_;
};

// Runs `check` on many cases; at least a quarter of them have to have solutions.
template <typename Check>
void OnSeeds(uint64_t usual_runs, Check check) {
  const uint64_t first = NumberFromEnvironment("DOSSIER_PROPERTY_SEED", 1);
  const uint64_t runs = NumberFromEnvironment("DOSSIER_PROPERTY_RUNS", usual_runs);
  uint64_t answered = 0;
  for (uint64_t seed = first; seed < first + runs && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Case one(seed);
    for (const optimizer::JoinInput* input : one.Inputs()) ASSERT_TRUE(optimizer::IsPlainPattern(*input));
    answered += check(&one) ? 1 : 0;
  }
  EXPECT_TRUE(runs < usual_runs || answered * 4 > runs) << answered << " of the joins had rows";
}

TEST(MultiwayJoin, GivesTheSolutionsOfTheDefinitions) {
  OnSeeds(400, [](Case* one) {
    for (const optimizer::JoinInput* input : one->Inputs()) {
      if (input->variables.empty()) return false;
    }
    const plan::PlanPtr plan = optimizer::MakeMultiwayJoin(one->Inputs(), {});
    // No scan of claims or of one graph may have the wanted order.
    if (plan == nullptr) return false;
    const std::vector<Row> rows = one->Run(plan);
    // They come in the order of the variables.
    EXPECT_EQ(rows, one->Expected(plan->columns)) << one->Describe(*plan);
    EXPECT_EQ(one->memory_used(), 0U);
    return !rows.empty();
  });
}

TEST(CountJoin, CountsTheSolutionsOfTheDefinitions) {
  OnSeeds(400, [](Case* one) {
    const plan::PlanPtr plan = optimizer::MakeCountJoin(one->Inputs(), std::nullopt, {one->Fresh()});
    if (plan == nullptr) return false;
    const std::vector<Row> rows = one->Run(plan);
    const size_t expected = one->Expected({}).size();
    EXPECT_EQ(rows, std::vector<Row>{{one->Number(expected)}}) << one->Describe(*plan);
    EXPECT_EQ(one->memory_used(), 0U);
    return expected > 0;
  });
}

TEST(CountJoin, CountsTheSolutionsForEachValueOfAVariable) {
  OnSeeds(400, [](Case* one) {
    const std::vector<Variable> variables = one->Variables();
    if (variables.empty()) return false;
    const Variable key = variables[one->Below(variables.size())];
    const plan::PlanPtr plan = optimizer::MakeCountJoin(one->Inputs(), key, {one->Fresh()});
    if (plan == nullptr) return false;
    std::map<TermId, size_t> counts;
    for (const Row& row : one->Expected({key})) ++counts[row[0]];
    std::vector<Row> expected;
    for (const auto& [id, count] : counts) expected.push_back({id, one->Number(count)});
    EXPECT_EQ(one->Run(plan), expected) << one->Describe(*plan);
    return !expected.empty();
  });
}

}  // namespace
}  // namespace dossier
