// The parts that a plan::Gather runs side by side.
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "query/exec/join_shape.h"
#include "query/exec/pattern_rows.h"
#include "query/exec/scan_reader.h"
#include "query/planner/operator_factory.h"
#include "query/planner/use_threads.h"

namespace dossier::planner {
namespace {

using exec::Fragment;
using exec::HashBuild;
using plan::PlanNode;
using plan::PlanPtr;

// Parts of a range, so that the last ones end at about the same time.
constexpr size_t kPartsPerThread = 6;
constexpr uint64_t kLeastRows = 4096;

// Shared by all fragments of a Gather. Does not change while they are made.
struct Shared {
  // A node of what is split, as it was before anything of it ran, with the one whose rows and times are told.
  struct Piece {
    PlanPtr pattern;
    PlanNode* told = nullptr;
    std::shared_ptr<const HashBuild> table;  // Of a hash join.
    std::vector<Piece> children;             // Those that belong to a fragment.
  };

  exec::RunContext* context = nullptr;  // For the thread of the query only.
  exec::RunContext of_fragments;        // As it was at the beginning: EXISTS changes it for a while.
  Piece whole;
  const PlanNode* longest = nullptr;  // The scan with the most rows of those that are split.
  std::vector<plan::IdRange> ranges;
};

absl::StatusOr<Shared::Piece> Prepare(PlanNode* node, Shared* shared, std::vector<std::shared_ptr<HashBuild>>* builds) {
  Shared::Piece piece;
  piece.pattern = std::make_shared<PlanNode>(*node);
  piece.told = node;
  const bool has_table = std::holds_alternative<plan::HashJoin>(node->operation);
  for (size_t i = 0; i < (has_table ? 1 : node->children.size()); ++i) {
    DOSSIER_ASSIGN_OR_RETURN(Shared::Piece child, Prepare(node->children[i].get(), shared, builds));
    piece.children.push_back(std::move(child));
  }
  if (std::holds_alternative<plan::IndexScan>(node->operation)) {
    if (shared->longest == nullptr || node->rows > shared->longest->rows) shared->longest = piece.pattern.get();
  }
  if (!has_table) return piece;
  DOSSIER_ASSIGN_OR_RETURN(exec::OperatorPtr right, MakeOperators(shared->context, node->children[1].get()));
  const auto shape = exec::JoinShape::Of(*node->children[0], *node->children[1], node->columns);
  builds->push_back(std::make_shared<HashBuild>(std::move(right), shape.right_keys, shared->context->memory));
  piece.table = builds->back();
  return piece;
}

void Restrict(const plan::IdRange& range, plan::ScanPlan* scan) {
  std::vector<plan::IdRange> limits = std::exchange(scan->ranges, {});
  if (limits.empty()) limits.push_back(exec::kAllIds);
  for (const plan::IdRange& limit : limits) {
    const plan::IdRange both{std::max(range.lower, limit.lower), std::min(range.upper, limit.upper)};
    if (both.lower <= both.upper) scan->ranges.push_back(both);
  }
  scan->nothing = scan->ranges.empty();
}

// A plan of its own, restricted to `range`.
PlanPtr CopyFor(const plan::IdRange& range, const Shared::Piece& piece, HashTables* tables,
                std::vector<std::pair<const PlanNode*, PlanNode*>>* counted) {
  auto copy = std::make_shared<PlanNode>(*piece.pattern);
  for (size_t i = 0; i < piece.children.size(); ++i) {
    copy->children[i] = CopyFor(range, piece.children[i], tables, counted);
  }
  if (auto* scan = std::get_if<plan::IndexScan>(&copy->operation)) Restrict(range, &scan->scan);
  if (piece.table != nullptr) tables->emplace(copy.get(), piece.table);
  counted->emplace_back(copy.get(), piece.told);
  return copy;
}

absl::StatusOr<std::unique_ptr<Fragment>> MakeFragment(const Shared& shared, size_t part) {
  HashTables tables;
  std::vector<std::pair<const PlanNode*, PlanNode*>> counted;
  PlanPtr copy = CopyFor(shared.ranges[part], shared.whole, &tables, &counted);
  auto fragment = std::make_unique<Fragment>(shared.of_fragments, std::move(copy));
  fragment->counted = std::move(counted);
  DOSSIER_ASSIGN_OR_RETURN(fragment->root,
                           MakeOperators(&fragment->context, fragment->plan.get(), BoundTable(), &tables));
  return fragment;
}

}  // namespace

absl::StatusOr<exec::FragmentSource> MakeFragments(exec::RunContext* context, PlanNode* node) {
  auto shared = std::make_shared<Shared>();
  shared->context = context;
  shared->of_fragments = *context;
  // Plans with EXISTS are not split.
  shared->of_fragments.exists = [](const algebra::Node*, VariableLookup) -> absl::StatusOr<bool> {
    return absl::InternalError("EXISTS in a part of a plan");
  };
  exec::FragmentSource source;
  DOSSIER_ASSIGN_OR_RETURN(shared->whole, Prepare(node->children[0].get(), shared.get(), &source.builds));
  source.count = [shared]() -> absl::StatusOr<size_t> {
    const auto& scan = std::get<plan::IndexScan>(shared->longest->operation).scan;
    const size_t parts = kPartsPerThread * exec::ThreadsOf(*shared->context);
    const uint64_t least_rows = shared->context->split_always ? 1 : kLeastRows;
    DOSSIER_ASSIGN_OR_RETURN(shared->ranges, exec::SplitPattern(*shared->context, scan, parts, least_rows));
    return shared->ranges.size();
  };
  source.make = [shared](size_t part) { return MakeFragment(*shared, part); };
  return source;
}

}  // namespace dossier::planner
