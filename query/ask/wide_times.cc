#include "query/ask/wide_times.h"

#include <memory>
#include <string>

#include "base/status_macros.h"
#include "rdf/inline_time_range.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr int64_t kDaySeconds = int64_t{24} * 3600;
constexpr int64_t kShortSeconds = 31 * kDaySeconds;

bool IsTime(TermTag tag) { return tag >= TermTag::kDate && tag <= TermTag::kEdtf; }

}  // namespace

std::vector<std::pair<TermId, TermId>> IdsOfShortTimes(const TimeRange& range) {
  std::vector<std::pair<TermId, TermId>> ranges;
  for (const auto& ids : IdsOverlapping({range.begin, range.end})) {
    // Those of the dictionary are listed by WideTimes.
    if (ids.first.tag() != TermTag::kLiteral) ranges.push_back(ids);
  }
  return ranges;
}

absl::StatusOr<WideTimes> WideTimes::Read(const Snapshot& snapshot) {
  WideTimes result;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> when, snapshot.FindTerm(Term::Iri(std::string(vocab::kWhen))));
  if (!when.has_value()) return result;
  ScanSpec spec;
  spec.permutation = Permutation::kPos;
  spec.prefix = {*when};
  spec.wanted_columns = 2;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot.Scan(spec));
  RowBlock block;
  TermId before;
  while (true) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) return result;
    for (size_t row = 0; row < block.rows; ++row) {
      const TermId id = block.columns[1][row];
      if (id == before) continue;
      before = id;
      if (!IsTime(id.tag()) && id.tag() != TermTag::kLiteral) continue;
      DOSSIER_ASSIGN_OR_RETURN(const Term term, snapshot.GetTerm(id));
      const std::optional<TimeRange> time = TimeRangeOf(term);
      if (!time.has_value()) continue;
      const bool bounded = !time->open_begin && !time->open_end;
      if (id.is_inline() && bounded && time->end - time->begin <= kShortSeconds) continue;
      result.times_.emplace_back(id, *time);
    }
  }
}

}  // namespace dossier::ask
