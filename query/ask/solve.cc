// Runs the algebra of a question and reads what its rows point to.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/query_engine.h"
#include "query/stage_times.h"

namespace dossier::ask {
namespace {

// One row of a batch, by variable.
class RowView {
 public:
  RowView(const ResultCursor& cursor, const RowBatch& batch) : batch_(batch) {
    for (size_t i = 0; i < cursor.variables().size(); ++i) {
      const uint32_t index = cursor.variables()[i].index;
      if (columns_.size() <= index) columns_.resize(index + 1, -1);
      columns_[index] = static_cast<int>(i);
    }
  }
  TermId Get(algebra::Variable variable, size_t row) const {
    if (variable.index >= columns_.size() || columns_[variable.index] < 0) return TermId();
    return batch_.columns[columns_[variable.index]][row];
  }

 private:
  const RowBatch& batch_;
  std::vector<int> columns_;
};

absl::StatusOr<TermId> Resolve(const algebra::PatternTerm& term, const RowView& view, size_t row,
                               const Snapshot& snapshot) {
  if (std::holds_alternative<algebra::Variable>(term)) return view.Get(std::get<algebra::Variable>(term), row);
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot.FindTerm(std::get<Term>(term)));
  return id.value_or(TermId());
}

// Rows whose claims are read at a time where the work is bounded, so that it is not spent on claims of which none is
// read to the end.
constexpr size_t kRowsOfBoundedWork = 32;

class Solver {
 public:
  Solver(const CompiledQuestion& compiled, const Snapshot& snapshot, const QueryContext& context, ClaimReader* reader,
         std::unique_ptr<ResultCursor> cursor)
      : compiled_(compiled),
        snapshot_(snapshot),
        context_(context),
        reader_(reader),
        cursor_(std::move(cursor)),
        view_(*cursor_, batch_) {}

  absl::Status Run() {
    const Term yes = Term::Typed("true", "http://www.w3.org/2001/XMLSchema#boolean");
    DOSSIER_ASSIGN_OR_RETURN(true_id_, cursor_->terms().Intern(yes));
    while (true) {
      bool more = false;
      {
        const StageTimer timer(context_.stages, &StageTimes::execute);
        DOSSIER_ASSIGN_OR_RETURN(more, cursor_->Next(&batch_));
      }
      if (!more) return absl::OkStatus();
      const StageTimer timer(context_.stages, &StageTimes::claims);
      const size_t step = context_.work == nullptr ? batch_.rows : kRowsOfBoundedWork;
      for (size_t begin = 0; begin < batch_.rows; begin += step) {
        DOSSIER_RETURN_IF_ERROR(AddRows(begin, std::min(begin + step, batch_.rows)));
      }
    }
  }

  std::vector<Solution> Take() { return std::move(solutions_); }

 private:
  absl::Status AddRows(size_t begin, size_t end) {
    DOSSIER_RETURN_IF_ERROR(Prefetch(begin, end));
    for (size_t row = begin; row < end; ++row) {
      Solution solution;
      DOSSIER_RETURN_IF_ERROR(AddClaims(row, &solution));
      for (const algebra::Variable target : compiled_.targets) {
        DOSSIER_RETURN_IF_ERROR(AddTarget(view_.Get(target, row), &solution));
      }
      solutions_.push_back(std::move(solution));
    }
    return absl::OkStatus();
  }

  // Reads the claims and the targets of rows together.
  absl::Status Prefetch(size_t begin, size_t end) {
    std::vector<TermId> claims;
    std::vector<TermId> targets;
    for (size_t row = begin; row < end; ++row) {
      for (const std::optional<FactColumns>& fact : compiled_.facts) {
        const TermId claim = fact.has_value() ? view_.Get(fact->claim, row) : TermId();
        if (!claim.is_undefined()) claims.push_back(claim);
      }
      for (const algebra::Variable target : compiled_.targets) {
        const TermId id = view_.Get(target, row);
        if (!id.is_undefined() && id.tag() != TermTag::kLocal) targets.push_back(id);
      }
    }
    DOSSIER_RETURN_IF_ERROR(reader_->ReadAll(std::move(claims), *context_.cancellation));
    return reader_->PrefetchCells(targets);
  }

  absl::Status AddClaims(size_t row, Solution* solution) {
    for (const std::optional<FactColumns>& fact : compiled_.facts) {
      const ClaimRecord* record = nullptr;
      if (fact.has_value()) {
        const TermId claim = view_.Get(fact->claim, row);
        if (!claim.is_undefined()) {
          DOSSIER_ASSIGN_OR_RETURN(record, reader_->Read(claim));
        } else if (const TermId relation = view_.Get(fact->relation, row); !relation.is_undefined()) {
          DOSSIER_ASSIGN_OR_RETURN(const TermId subject, Resolve(fact->subject, view_, row, snapshot_));
          DOSSIER_ASSIGN_OR_RETURN(const TermId object, Resolve(fact->object, view_, row, snapshot_));
          DOSSIER_ASSIGN_OR_RETURN(record, reader_->ReadPlain(subject, relation, object));
        }
        if (fact->certain.has_value()) solution->certain &= view_.Get(*fact->certain, row) == true_id_;
      }
      solution->claims.push_back(record);
    }
    return absl::OkStatus();
  }

  absl::Status AddTarget(TermId id, Solution* solution) {
    if (id.is_undefined()) {
      solution->targets.emplace_back();
      solution->target_keys.emplace_back();
      return absl::OkStatus();
    }
    AnswerCell cell;
    if (id.tag() == TermTag::kLocal) {
      DOSSIER_ASSIGN_OR_RETURN(const Term* term, cursor_->terms().Get(id));
      DOSSIER_ASSIGN_OR_RETURN(cell, reader_->Cell(*term));
    } else {
      DOSSIER_ASSIGN_OR_RETURN(cell, reader_->Cell(id));
    }
    std::string key = cell.value.ToString();
    if (cell.type == "number") {
      // A number is told with the unit and the hedge of its claim.
      for (const ClaimRecord* record : solution->claims) {
        if (record != nullptr && record->object == id) {
          cell.label = record->claim.object.label;
          absl::StrAppend(&key, " ", cell.label);
          break;
        }
      }
    }
    solution->targets.push_back(std::move(cell));
    solution->target_keys.push_back(std::move(key));
    return absl::OkStatus();
  }

  const CompiledQuestion& compiled_;
  const Snapshot& snapshot_;
  const QueryContext& context_;
  ClaimReader* const reader_;
  const std::unique_ptr<ResultCursor> cursor_;
  RowBatch batch_;
  const RowView view_;
  TermId true_id_;
  std::vector<Solution> solutions_;
};

}  // namespace

absl::StatusOr<std::vector<Solution>> Solve(const CompiledQuestion& compiled,
                                            const std::shared_ptr<const Snapshot>& snapshot,
                                            const QueryContext& context, ClaimReader* reader) {
  std::unique_ptr<ResultCursor> cursor;
  {
    const StageTimer timer(context.stages, &StageTimes::plan);
    DOSSIER_ASSIGN_OR_RETURN(
        cursor,
        Execute(algebra::Query{algebra::Clone(*compiled.query.root), compiled.query.variables}, snapshot, context));
  }
  Solver solver(compiled, *snapshot, context, reader, std::move(cursor));
  const absl::Status status = solver.Run();
  if (!status.ok()) {
    if (context.work == nullptr || !context.work->has_refused()) return status;
    context.work->GrantReserve();
  }
  return solver.Take();
}

}  // namespace dossier::ask
