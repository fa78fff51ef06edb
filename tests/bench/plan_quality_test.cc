// The optimiser on a made-up shop: how wrong its estimates are, and what its plans do beside random join orders. Work
// is counted in rows that operators hand on, not in time, so that the result is the same on every machine; both figures
// are printed.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "bench/plan_errors.h"
#include "bench/triple_generator.h"
#include "gtest/gtest.h"
#include "query/query_engine.h"
#include "query/sparql/sparql.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

constexpr uint64_t kOrders = 50;

struct NamedQuery {
  absl::string_view name;
  absl::string_view patterns;
};

// Stars, chains, trees and cycles, with constants and without. `:` is the shop, `p:` its properties.
constexpr NamedQuery kQueries[] = {
    {"star of optional properties", "?u p:givenName ?g . ?u p:familyName ?f . ?u p:age ?a . ?u p:gender ?x"},
    {"star with a constant", "?u p:nationality :Country3 . ?u p:age ?a . ?u p:email ?e . ?u p:gender :Gender1"},
    {"offers of a retailer", ":Retailer1 p:offers ?o . ?o p:price ?p . ?o p:validThrough ?t . ?o p:includes ?i"},
    {"rare properties", "?u p:jobTitle ?j . ?u p:telephone ?t . ?u p:email ?e"},
    {"purchases of products", "?u p:makesPurchase ?p . ?p p:purchaseFor ?i . ?i p:genre ?g"},
    {"products of a category", "?i a :Category2 . ?i p:hasReview ?r . ?r p:rating ?n . ?r p:reviewer ?u"},
    {"reviewers of a topic", "?i p:tag :Topic7 . ?i p:hasReview ?r . ?r p:reviewer ?u . ?u p:location ?c"},
    {"what followers of a user like", "?f p:follows :User7 . ?f p:likes ?i . ?i p:name ?n"},
    {"offers to a country", "?o p:eligibleRegion :Country5 . ?o p:includes ?i . ?s p:offers ?o . ?s p:legalName ?l"},
    {"actors of products", "?i p:actor ?u . ?i p:contentRating ?c . ?u p:age ?a . ?u p:nationality ?n"},
    {"same taste", "?a p:friendOf ?b . ?a p:likes ?i . ?b p:likes ?i"},
    {"triangle of followers", "?a p:follows ?b . ?b p:follows ?c . ?c p:follows ?a . ?a p:jobTitle ?j"},
};

class PlanQuality : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    store_ = NewMemoryStore();
    GeneratorOptions options;
    options.triples = 60'000;
    const auto loaded =
        store_->BulkLoad([&](QuadSink sink) { return GenerateTriples(options, sink); }, BulkLoadOptions());
    ASSERT_TRUE(loaded.ok()) << loaded.status();
  }
  static void TearDownTestSuite() { store_.reset(); }

  struct Result {
    uint64_t rows = 0;
    double work = 0;
    std::vector<double> errors;
    std::string plan;
  };

  // nullopt when a join order makes too many rows.
  static std::optional<Result> Run(absl::string_view patterns, std::optional<uint64_t> order) {
    const std::string text =
        absl::StrCat("PREFIX : <http://example.org/shop/> PREFIX p: <http://example.org/shop/property/> SELECT * { ",
                     patterns, " }");
    absl::StatusOr<sparql::BoundQuery> query = sparql::PrepareQuery(text, {});
    EXPECT_TRUE(query.ok()) << query.status();
    Cancellation cancellation;
    MemoryBudget memory(size_t{1} << 28U);
    QueryContext context{&cancellation, &memory};
    context.join_order_seed = order;
    const auto cursor = Execute(std::move(query->algebra), store_->GetSnapshot(), context);
    EXPECT_TRUE(cursor.ok()) << cursor.status();
    Result result;
    RowBatch batch;
    while (true) {
      const auto more = (*cursor)->Next(&batch);
      EXPECT_TRUE(more.ok()) << more.status();
      if (!*more) break;
      result.rows += batch.rows;
      if (RowsOf((*cursor)->plan()) > kTooManyRows) return std::nullopt;
    }
    result.work = RowsOf((*cursor)->plan());
    result.errors = JoinErrors((*cursor)->plan());
    result.plan = (*cursor)->DescribePlan(true);
    return result;
  }

 private:
  static constexpr double kTooManyRows = 3e6;

  static double RowsOf(const plan::PlanNode& node) {
    auto rows = static_cast<double>(node.actuals.rows);
    for (const plan::PlanPtr& child : node.children) rows += RowsOf(*child);
    return rows;
  }

  static std::unique_ptr<Store> store_;
};

std::unique_ptr<Store> PlanQuality::store_;

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

TEST_F(PlanQuality, EstimatesAreMostlyWrongByLessThanTwo) {
  std::vector<double> errors;
  for (const NamedQuery& query : kQueries) {
    const std::optional<Result> result = Run(query.patterns, std::nullopt);
    ASSERT_TRUE(result.has_value());
    EXPECT_GT(result->rows, 0U) << query.name;
    errors.insert(errors.end(), result->errors.begin(), result->errors.end());
    std::cout << absl::StrFormat("%-32s %7d rows, %d joins", query.name, result->rows, result->errors.size());
    for (const double error : result->errors) std::cout << absl::StrFormat(" %.2f", error);
    std::cout << "\n";
  }
  ASSERT_GT(errors.size(), 20U);
  std::cout << absl::StrFormat("median q-error of %d joins: %.2f\n", errors.size(), Median(errors));
  EXPECT_LT(Median(errors), 2);
}

TEST_F(PlanQuality, NoPlanDoesMuchMoreThanTheBestOfRandomJoinOrders) {
  for (const NamedQuery& query : kQueries) {
    const std::optional<Result> ours = Run(query.patterns, std::nullopt);
    ASSERT_TRUE(ours.has_value());
    double best = -1;
    std::string best_plan;
    for (uint64_t order = 0; order < kOrders; ++order) {
      const std::optional<Result> other = Run(query.patterns, order);
      if (!other.has_value()) continue;
      EXPECT_EQ(other->rows, ours->rows) << query.name << ", join order " << order;
      if (best >= 0 && other->work >= best) continue;
      best = other->work;
      best_plan = other->plan;
    }
    ASSERT_GE(best, 0) << query.name;
    std::cout << absl::StrFormat("%-32s %9.0f rows of work, %4.2f of the best random order\n", query.name, ours->work,
                                 ours->work / best);
    EXPECT_LE(ours->work, 2 * best + 100) << query.name << "\n" << ours->plan << "\n" << best_plan;
  }
}

}  // namespace
}  // namespace dossier::bench
