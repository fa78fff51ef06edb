// Runs the algebra of a question and reads what its rows point to.
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
  std::vector<Solution> solutions;
  RowBatch batch;
  const RowView view(*cursor, batch);
  const Term yes = Term::Typed("true", "http://www.w3.org/2001/XMLSchema#boolean");
  DOSSIER_ASSIGN_OR_RETURN(const TermId true_id, cursor->terms().Intern(yes));
  while (true) {
    bool more = false;
    {
      const StageTimer timer(context.stages, &StageTimes::execute);
      DOSSIER_ASSIGN_OR_RETURN(more, cursor->Next(&batch));
    }
    if (!more) return solutions;
    const StageTimer timer(context.stages, &StageTimes::claims);
    for (size_t row = 0; row < batch.rows; ++row) {
      Solution solution;
      for (const std::optional<FactColumns>& fact : compiled.facts) {
        const ClaimRecord* record = nullptr;
        if (fact.has_value()) {
          const TermId claim = view.Get(fact->claim, row);
          if (!claim.is_undefined()) {
            DOSSIER_ASSIGN_OR_RETURN(record, reader->Read(claim));
          } else if (const TermId relation = view.Get(fact->relation, row); !relation.is_undefined()) {
            DOSSIER_ASSIGN_OR_RETURN(const TermId subject, Resolve(fact->subject, view, row, *snapshot));
            DOSSIER_ASSIGN_OR_RETURN(const TermId object, Resolve(fact->object, view, row, *snapshot));
            DOSSIER_ASSIGN_OR_RETURN(record, reader->ReadPlain(subject, relation, object));
          }
          if (fact->certain.has_value()) solution.certain &= view.Get(*fact->certain, row) == true_id;
        }
        solution.claims.push_back(record);
      }
      for (size_t i = 0; i < compiled.targets.size(); ++i) {
        const TermId id = view.Get(compiled.targets[i], row);
        if (id.is_undefined()) {
          solution.targets.emplace_back();
          solution.target_keys.emplace_back();
          continue;
        }
        AnswerCell cell;
        if (id.tag() == TermTag::kLocal) {
          DOSSIER_ASSIGN_OR_RETURN(const Term* term, cursor->terms().Get(id));
          DOSSIER_ASSIGN_OR_RETURN(cell, reader->Cell(*term));
        } else {
          DOSSIER_ASSIGN_OR_RETURN(cell, reader->Cell(id));
        }
        std::string key = cell.value.ToString();
        if (cell.type == "number") {
          // A number is told with the unit and the hedge of its claim.
          for (const ClaimRecord* record : solution.claims) {
            if (record != nullptr && record->object == id) {
              cell.label = record->claim.object.label;
              absl::StrAppend(&key, " ", cell.label);
              break;
            }
          }
        }
        solution.targets.push_back(std::move(cell));
        solution.target_keys.push_back(std::move(key));
      }
      solutions.push_back(std::move(solution));
    }
  }
}

}  // namespace dossier::ask
