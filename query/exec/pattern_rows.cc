#include "query/exec/pattern_rows.h"

#include <algorithm>
#include <array>

#include "base/status_macros.h"
#include "query/exec/scan_reader.h"

namespace dossier::exec {
namespace {

// Fewer rows are not worth another thread.
constexpr uint64_t kRowsWorthSplitting = 100'000;

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

absl::StatusOr<std::vector<plan::IdRange>> SplitPattern(const RunContext& context, const plan::ScanPlan& scan,
                                                        size_t parts) {
  if (scan.nothing || parts < 2 || scan.prefix >= scan.bindings.size() || !scan.bindings[scan.prefix].has_value()) {
    return std::vector<plan::IdRange>{kAllIds};
  }
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t rows, CountUpTo(context, scan, kAllIds.upper.bits()));
  parts = std::min<size_t>(parts, rows / kRowsWorthSplitting);
  std::vector<plan::IdRange> ranges;
  if (parts < 2) return std::vector<plan::IdRange>{kAllIds};
  DOSSIER_ASSIGN_OR_RETURN(uint64_t lower, FirstId(context, scan));
  for (size_t part = 1; part < parts; ++part) {
    // The least id up to which there are enough rows, to the accuracy that is of use: by growing steps, then by halves.
    const uint64_t wanted = rows / parts * part;
    uint64_t below = lower;
    uint64_t above = kAllIds.upper.bits();
    uint64_t step = 1024;
    while (above - below > 1) {
      const bool growing = above == kAllIds.upper.bits() && step < (above - below) / 2;
      const uint64_t middle = below + (growing ? step : (above - below) / 2);
      if (step < (uint64_t{1} << 58U)) step *= 16;
      DOSSIER_ASSIGN_OR_RETURN(const uint64_t counted, CountUpTo(context, scan, middle));
      (counted < wanted ? below : above) = middle;
      if (counted + rows / 64 > wanted && counted < wanted + rows / 64) {
        above = middle;
        break;
      }
    }
    if (above == kAllIds.upper.bits()) break;
    ranges.push_back({TermId::FromBits(ranges.empty() ? 0 : lower), TermId::FromBits(above)});
    lower = above + 1;
  }
  ranges.push_back({TermId::FromBits(ranges.empty() ? 0 : lower), kAllIds.upper});
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
