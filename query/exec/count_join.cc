#include "query/exec/count_join.h"

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/status_macros.h"
#include "query/exec/leapfrog.h"
#include "query/exec/multiway_join.h"
#include "query/exec/parallel.h"
#include "query/exec/pattern_rows.h"
#include "query/expr/function_families.h"

namespace dossier::exec {
namespace {

// So many parts of a cycle's join for each core, as some are larger than others.
constexpr size_t kPartsPerThread = 8;
// Cycles over fewer rows are joined before other threads have begun.
constexpr uint64_t kRowsWorthThreads = 20'000;

}  // namespace

struct CountJoin::Weighed {
  const plan::ScanPlan* scan = nullptr;
  std::optional<Variable> kept;
  std::vector<size_t> positions;            // Of the kept variable, if there is one, and then of those with weights.
  std::vector<const ValueCounts*> weights;  // Of the latter.
  std::atomic<uint64_t>* rows = nullptr;    // How many were read.
};

CountJoin::CountJoin(RunContext* context, plan::PlanNode* node)
    : Operator(context, node), plan_(std::get<plan::CountJoin>(node->operation)), memory_(context->memory) {}

absl::StatusOr<uint64_t> CountJoin::AddPart(const Weighed& weighed, const plan::IdRange& range, ValueCounts* kept) {
  uint64_t sum = 0;
  bool too_many = false;
  const size_t first_weight = weighed.kept.has_value() ? 1 : 0;
  const auto add_rows = [&](const PatternRows& rows) -> absl::Status {
    *weighed.rows += rows.rows;
    if (weighed.positions.empty()) {
      sum += rows.rows;
      return absl::OkStatus();
    }
    // Neighbours are often the same.
    const TermId* const leading = rows.columns[0];
    size_t end = 0;
    for (size_t begin = 0; begin < rows.rows; begin = end) {
      uint64_t count = 0;
      const TermId id = leading[begin];
      for (end = begin; end < rows.rows && leading[end] == id; ++end) {
        uint64_t weight = 1;
        for (size_t i = first_weight; i < weighed.positions.size() && weight > 0; ++i) {
          if (i == 0) continue;
          too_many |=
              __builtin_mul_overflow(weight, weighed.weights[i - first_weight]->Of(rows.columns[i][end]), &weight);
        }
        too_many |= __builtin_add_overflow(count, weight, &count);
      }
      if (kept != nullptr) {
        if (count > 0) kept->Add(id, count);
        continue;
      }
      too_many |= __builtin_mul_overflow(count, weighed.weights[0]->Of(id), &count);
      too_many |= __builtin_add_overflow(sum, count, &sum);
    }
    return kept != nullptr ? kept->status() : absl::OkStatus();
  };
  DOSSIER_RETURN_IF_ERROR(ReadPattern(context(), *weighed.scan, weighed.positions, range, add_rows));
  if (too_many) return absl::OutOfRangeError("there are more solutions than can be counted");
  return sum;
}

absl::Status CountJoin::Take(const plan::CountJoin::Step& step) {
  Weighed weighed;
  weighed.scan = &std::get<plan::IndexScan>(node().children[step.child]->operation).scan;
  weighed.kept = step.kept;
  std::atomic<uint64_t> rows{0};
  weighed.rows = &rows;
  std::vector<Variable> read;
  if (step.kept.has_value()) read.push_back(*step.kept);
  for (const Variable variable : VariablesOf(*weighed.scan)) {
    const auto found = counts_.find(variable);
    if (variable == step.kept || found == counts_.end()) continue;
    read.push_back(variable);
    weighed.weights.push_back(found->second.get());
  }
  weighed.positions = PositionsIn(*weighed.scan, read);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<plan::IdRange> ranges,
                           SplitPattern(context(), *weighed.scan, ThreadsOf(context())));
  std::vector<std::unique_ptr<ValueCounts>> kept(ranges.size());
  std::vector<uint64_t> sums(ranges.size());
  DOSSIER_RETURN_IF_ERROR(RunParts(ranges.size(), context().threads, [&](size_t part) -> absl::Status {
    if (step.kept.has_value()) kept[part] = std::make_unique<ValueCounts>(context().memory);
    DOSSIER_ASSIGN_OR_RETURN(sums[part], AddPart(weighed, ranges[part], kept[part].get()));
    return absl::OkStatus();
  }));
  node().children[step.child]->actuals.rows += rows;
  for (const Variable variable : read) {
    if (variable != step.kept) counts_.erase(variable);
  }
  if (!step.kept.has_value()) {
    uint64_t sum = 0;
    for (const uint64_t part : sums) sum += part;
    DOSSIER_ASSIGN_OR_RETURN(factor_, MultiplyCounts(factor_, sum));
    return absl::OkStatus();
  }
  for (size_t part = 1; part < kept.size(); ++part) {
    DOSSIER_RETURN_IF_ERROR(kept[part]->ForEach([&kept](TermId id, uint64_t count) {
      kept[0]->Add(id, count);
      return absl::OkStatus();
    }));
  }
  std::unique_ptr<ValueCounts>& known = counts_[*step.kept];
  if (known != nullptr) kept[0]->MultiplyBy(*known);
  known = std::move(kept[0]);
  return known->status();
}

bool CountJoin::KeyIsAmongOthers() const { return plan_.key.has_value() && plan_.order[0] == *plan_.key; }

absl::Status CountJoin::JoinOthers(uint64_t* whole) {
  *whole = 0;
  std::vector<size_t> taken;
  for (const plan::CountJoin::Step& step : plan_.steps) taken.push_back(step.child);
  const std::vector<JoinRelation> relations = RelationsOf(node(), taken);
  DOSSIER_ASSIGN_OR_RETURN(const LoadedTries tries, LoadTries(context(), relations));
  if (tries.nothing) return absl::OkStatus();
  for (size_t i = 0; i < tries.rows.size(); ++i) {
    node().children[taken.size() + i]->actuals.rows += tries.rows[i];
  }
  CodeWeights weights;
  size_t bytes = 0;
  for (const auto& [variable, counts] : counts_) {
    const auto known_codes = tries.codes.find(variable);
    if (known_codes == tries.codes.end()) continue;  // The key, which the others do not have.
    const ValueCodes& codes = known_codes->second;
    std::vector<uint64_t>& by_code = weights[variable];
    DOSSIER_RETURN_IF_ERROR(counts->ForEach([&, &all = by_code](TermId id, uint64_t count) -> absl::Status {
      const std::optional<uint32_t> code = codes.CodeOf(id);
      if (!code.has_value()) return absl::OkStatus();
      if (*code >= all.size()) {
        all.resize(*code + *code / 4 + 1);
        DOSSIER_RETURN_IF_ERROR(memory_.Resize(bytes + all.capacity() * sizeof(uint64_t)));
      }
      all[*code] = count;
      return absl::OkStatus();
    }));
    bytes += by_code.capacity() * sizeof(uint64_t);
  }
  const size_t candidates = Leapfrog(context(), tries, relations, plan_.order).candidates();
  const size_t parts = std::min(candidates, ThreadsOf(context()) * kPartsPerThread);
  uint64_t rows = 0;
  for (const uint64_t of_relation : tries.rows) rows += of_relation;
  const bool by_key = KeyIsAmongOthers();
  std::vector<uint64_t> sums(parts);
  std::mutex mutex;
  DOSSIER_RETURN_IF_ERROR(RunParts(parts, rows > kRowsWorthThreads ? context().threads : nullptr, [&](size_t part) {
    Leapfrog join(context(), tries, relations, plan_.order);
    return join.CountEach(candidates * part / parts, candidates * (part + 1) / parts, weights,
                          [&](uint32_t value, uint64_t count) -> absl::Status {
                            if (!by_key) {
                              DOSSIER_ASSIGN_OR_RETURN(sums[part], AddCounts(sums[part], count));
                              return absl::OkStatus();
                            }
                            const std::lock_guard<std::mutex> lock(mutex);
                            groups_.emplace_back(tries.codes.at(*plan_.key).IdOf(value), count);
                            return memory_.Resize(bytes + groups_.capacity() * sizeof(groups_[0]));
                          });
  }));
  std::sort(groups_.begin(), groups_.end());
  if (by_key) return absl::OkStatus();
  for (const uint64_t sum : sums) {
    DOSSIER_ASSIGN_OR_RETURN(*whole, AddCounts(*whole, sum));
  }
  return absl::OkStatus();
}

absl::Status CountJoin::CollectGroups() {
  collected_ = true;
  bool has_groups = false;
  if (!plan_.order.empty()) {
    uint64_t whole = 0;
    DOSSIER_RETURN_IF_ERROR(JoinOthers(&whole));
    has_groups = KeyIsAmongOthers();
    if (!has_groups) {
      DOSSIER_ASSIGN_OR_RETURN(factor_, MultiplyCounts(factor_, whole));
    }
  }
  if (!plan_.key.has_value()) {
    groups_.emplace_back(TermId(), 1);
  } else if (!has_groups) {
    DOSSIER_RETURN_IF_ERROR(counts_.at(*plan_.key)->ForEach([this](TermId id, uint64_t count) {
      groups_.emplace_back(id, count);
      return memory_.Resize(groups_.capacity() * sizeof(groups_[0]));
    }));
  }
  for (auto& [id, count] : groups_) {
    DOSSIER_ASSIGN_OR_RETURN(count, MultiplyCounts(count, factor_));
  }
  // Nothing of the parts that have nothing in common with the key: no group at all.
  if (plan_.key.has_value() && factor_ == 0) groups_.clear();
  return absl::OkStatus();
}

absl::Status CountJoin::Emit(RowBatch* batch) {
  for (; next_group_ < groups_.size() && batch->rows < kBatchRows; ++next_group_) {
    const auto& [id, count] = groups_[next_group_];
    DOSSIER_ASSIGN_OR_RETURN(const TermId number, context().terms->Intern(IntegerTerm(static_cast<int64_t>(count))));
    for (size_t i = 0; i < columns().size(); ++i) {
      batch->columns[i].push_back(plan_.key == columns()[i] ? id : number);
    }
    ++batch->rows;
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> CountJoin::Produce(RowBatch* batch) {
  if (next_step_ < plan_.steps.size()) {
    DOSSIER_RETURN_IF_ERROR(Take(plan_.steps[next_step_++]));
    return true;
  }
  if (!collected_) DOSSIER_RETURN_IF_ERROR(CollectGroups());
  DOSSIER_RETURN_IF_ERROR(Emit(batch));
  return batch->rows > 0;
}

}  // namespace dossier::exec
