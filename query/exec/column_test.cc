#include "query/exec/column_test.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/exec/operator.h"

namespace dossier::exec {
namespace {

constexpr unsigned kKnownBits = 10;
// Texts judged before looking whether the query was cancelled: some are long.
constexpr size_t kJudgedAtOnce = 64;

}  // namespace

std::optional<ColumnTest> ColumnTest::Of(const Expression& condition, const std::vector<algebra::Variable>& columns,
                                         RunContext* context) {
  // A parameter stands for a variable that a row leaves unbound. (And an EXISTS with parameters looks at a row or two.)
  if (context->parameters != nullptr) return std::nullopt;
  std::optional<TextTest> test = TextTest::Of(condition);
  if (!test.has_value()) return std::nullopt;
  const std::optional<size_t> column = FindColumn(columns, test->variable());
  if (!column.has_value()) return std::nullopt;
  return ColumnTest(*std::move(test), *column, context);
}

ColumnTest::ColumnTest(TextTest test, size_t column, RunContext* context)
    : test_(std::move(test)), column_(column), context_(context), known_(size_t{1} << kKnownBits) {}

ColumnTest::Known& ColumnTest::PlaceOf(TermId id) {
  return known_[(id.bits() * 0x9E3779B97F4A7C15U) >> (64U - kKnownBits)];
}

absl::Status ColumnTest::Judge(const RowBatch& batch, size_t begin, size_t end, std::vector<bool>* verdicts) {
  const std::vector<TermId>& column = batch.columns[column_];
  verdicts->assign(end - begin, false);
  wanted_.clear();
  for (size_t row = begin; row < end; ++row) {
    const TermId id = column[row];
    if (id.is_undefined()) continue;  // An error of every text function.
    if (const Known& known = PlaceOf(id); known.id == id) {
      (*verdicts)[row - begin] = known.holds;
    } else {
      wanted_.emplace_back(id, static_cast<uint32_t>(row - begin));
    }
  }
  if (!std::is_sorted(wanted_.begin(), wanted_.end())) std::sort(wanted_.begin(), wanted_.end());
  ids_.clear();
  for (const auto& [id, row] : wanted_) {
    if (ids_.empty() || ids_.back() != id) ids_.push_back(id);
  }
  DOSSIER_RETURN_IF_ERROR(JudgeWanted());
  size_t position = 0;
  for (const auto& [id, row] : wanted_) {
    while (ids_[position] != id) ++position;
    (*verdicts)[row] = holds_[position];
    PlaceOf(id) = {id, holds_[position]};
  }
  return absl::OkStatus();
}

absl::Status ColumnTest::JudgeWanted() {
  holds_.assign(ids_.size(), false);
  // Dictionary, made in the query, inline: in this order.
  const auto first_local =
      std::partition_point(ids_.begin(), ids_.end(), [](TermId id) { return id.tag() < TermTag::kLocal; });
  const auto first_inline = std::partition_point(first_local, ids_.end(), [](TermId id) { return !id.is_inline(); });
  const auto judge = [this](size_t begin, size_t end) {
    return context_->snapshot->VisitTerms(
        absl::MakeConstSpan(ids_).subspan(begin, end - begin), [&](size_t i, const TermView& term) {
          holds_[begin + i] = test_.Decide(term).value_or(false);
          return i % kJudgedAtOnce == kJudgedAtOnce - 1 ? context_->cancellation->Check() : absl::OkStatus();
        });
  };
  const auto local_begin = static_cast<size_t>(first_local - ids_.begin());
  const auto local_end = static_cast<size_t>(first_inline - ids_.begin());
  DOSSIER_RETURN_IF_ERROR(judge(0, local_begin));
  DOSSIER_RETURN_IF_ERROR(judge(local_end, ids_.size()));
  for (size_t i = local_begin; i < local_end; ++i) {
    DOSSIER_ASSIGN_OR_RETURN(const Term* const term, context_->terms->Get(ids_[i]));
    holds_[i] = test_.Decide(TermView(*term)).value_or(false);
  }
  return absl::OkStatus();
}

}  // namespace dossier::exec
