#include "query/exec/pattern_rows.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "base/status_macros.h"
#include "query/exec/scan_reader.h"

namespace dossier::exec {
namespace {

absl::StatusOr<uint64_t> CountUpTo(const RunContext& context, const plan::ScanPlan& scan, uint64_t upper) {
  ScanSpec spec;
  spec.permutation = scan.permutation;
  for (size_t i = 0; i < scan.prefix; ++i) spec.prefix.push_back(*scan.constants[i]);
  spec.upper = TermId::FromBits(upper);
  return context.snapshot->CountRows(spec, false);
}

absl::StatusOr<uint64_t> FirstId(const RunContext& context, const plan::ScanPlan& scan) {
  ScanSpec spec;
  spec.permutation = scan.permutation;
  for (size_t i = 0; i < scan.prefix; ++i) spec.prefix.push_back(*scan.constants[i]);
  spec.wanted_columns = 1U << scan.prefix;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, context.snapshot->Scan(spec));
  RowBlock block;
  DOSSIER_ASSIGN_OR_RETURN(const bool found, cursor->Next(&block));
  return found ? block.columns[scan.prefix][0].bits() : 0;
}

}  // namespace

absl::Status ReadPattern(const RunContext& context, const plan::ScanPlan& scan, absl::Span<const size_t> positions,
                         const plan::IdRange& range, absl::FunctionRef<absl::Status(const PatternRows&)> visit) {
  if (scan.nothing) return absl::OkStatus();
  ScanReader reader(scan, positions);
  DOSSIER_RETURN_IF_ERROR(reader.Open(*context.snapshot, range));
  std::vector<std::vector<TermId>> fitting(positions.size());
  std::array<const TermId*, kMaxColumns> columns{};
  RowBlock block;
  while (true) {
    DOSSIER_RETURN_IF_ERROR(context.cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(const bool more, reader.Next(&block));
    if (!more) return absl::OkStatus();
    PatternRows rows;
    rows.rows = block.rows;
    rows.columns = {columns.data(), positions.size()};
    for (size_t i = 0; i < positions.size(); ++i) columns[i] = block.columns[positions[i]];
    if (!reader.always_fits()) {
      rows.rows = 0;
      for (auto& column : fitting) column.clear();
      for (size_t row = 0; row < block.rows; ++row) {
        if (!reader.Fits(block, row)) continue;
        for (size_t i = 0; i < positions.size(); ++i) fitting[i].push_back(columns[i][row]);
        ++rows.rows;
      }
      for (size_t i = 0; i < positions.size(); ++i) columns[i] = fitting[i].data();
      if (rows.rows == 0) continue;
    }
    DOSSIER_RETURN_IF_ERROR(visit(rows));
  }
}

absl::StatusOr<uint64_t> EstimatedRows(const RunContext& context, const plan::ScanPlan& scan) {
  if (scan.nothing) return 0;
  return CountUpTo(context, scan, kAllIds.upper.bits());
}

namespace {

// Finds ids below which there are so many rows of a pattern, from counts that get closer and closer.
class Cutter {
 public:
  Cutter(const RunContext& context, const plan::ScanPlan& scan, uint64_t first, uint64_t rows)
      : context_(context), scan_(scan), rows_(rows) {
    counted_.emplace(first, 0);
    counted_.emplace(kAllIds.upper.bits(), rows);
  }

  // The least id up to which there are about `wanted` rows; nullopt when all that are left have one id.
  absl::StatusOr<std::optional<uint64_t>> Cut(uint64_t wanted) {
    const uint64_t near = rows_ / 64;
    uint64_t step = 1024;
    for (int i = 0;; ++i) {
      const auto above = counted_.FirstWith(wanted);
      const auto below = std::prev(above);
      if (above->second < wanted + near && above->first != kAllIds.upper.bits()) return std::optional(above->first);
      const uint64_t gap = above->first - below->first;
      if (gap <= 1) break;
      uint64_t middle = below->first + gap / 2;
      if (above->first == kAllIds.upper.bits()) {
        // Nobody knows yet where the ids end.
        middle = below->first + std::min(step, gap / 2);
        if (step < (uint64_t{1} << 58U)) step *= 16;
      } else if (i % 3 != 2) {
        // As if ids lay evenly, which those of a kind nearly do.
        const double part = static_cast<double>(wanted - below->second) /
                            static_cast<double>(std::max<uint64_t>(1, above->second - below->second));
        middle =
            below->first + std::clamp<uint64_t>(static_cast<uint64_t>(part * static_cast<double>(gap)), 1, gap - 1);
      }
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t count, CountUpTo(context_, scan_, middle));
      // Counts are estimates; here they ascend with the ids.
      counted_.emplace(middle, std::clamp(count, below->second, above->second));
    }
    const auto above = counted_.FirstWith(wanted);
    return above->first == kAllIds.upper.bits() ? std::nullopt : std::optional(above->first);
  }

 private:
  // Rows up to an id, by id; both ascend.
  class Counted : public std::map<uint64_t, uint64_t> {
   public:
    // The first entry, but for that of the first id, with at least so many rows.
    const_iterator FirstWith(uint64_t rows) const {
      return std::find_if(std::next(begin()), end(), [rows](const auto& entry) { return entry.second >= rows; });
    }
  };

  const RunContext& context_;
  const plan::ScanPlan& scan_;
  const uint64_t rows_;
  Counted counted_;
};

}  // namespace

absl::StatusOr<std::vector<plan::IdRange>> SplitPattern(const RunContext& context, const plan::ScanPlan& scan,
                                                        size_t parts, uint64_t least_rows) {
  std::vector<plan::IdRange> ranges = {kAllIds};
  if (scan.nothing || parts < 2 || scan.prefix >= scan.bindings.size() || !scan.bindings[scan.prefix].has_value()) {
    return ranges;
  }
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, CountUpTo(context, scan, kAllIds.upper.bits()));
  parts = std::min<size_t>(parts, rows / least_rows);
  if (parts < 2) return ranges;
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t first, FirstId(context, scan));
  Cutter cutter(context, scan, first, rows);
  for (size_t part = 1; part < parts; ++part) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<uint64_t> cut, cutter.Cut(rows / parts * part));
    if (!cut.has_value()) break;
    // An id with many rows may have more than one part's.
    if (*cut < ranges.back().lower.bits()) continue;
    ranges.back().upper = TermId::FromBits(*cut);
    ranges.push_back({TermId::FromBits(*cut + 1), kAllIds.upper});
  }
  return ranges;
}

std::vector<size_t> PositionsIn(const plan::ScanPlan& scan, absl::Span<const algebra::Variable> variables) {
  std::vector<size_t> positions;
  for (const algebra::Variable variable : variables) {
    const auto found = std::find(scan.bindings.begin(), scan.bindings.end(), variable);
    positions.push_back(static_cast<size_t>(found - scan.bindings.begin()));
  }
  return positions;
}

std::vector<algebra::Variable> VariablesOf(const plan::ScanPlan& scan) {
  std::vector<algebra::Variable> variables;
  for (const auto& variable : scan.bindings) {
    if (!variable.has_value() || std::find(variables.begin(), variables.end(), *variable) != variables.end()) continue;
    variables.push_back(*variable);
  }
  return variables;
}

}  // namespace dossier::exec
