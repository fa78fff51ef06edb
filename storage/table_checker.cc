#include "storage/table_checker.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/block.h"
#include "storage/hash.h"
#include "storage/table_reader.h"

namespace dossier::storage {

void Findings::Add(std::string line) {
  constexpr size_t kMaxLines = 100;
  if (lines_.size() < kMaxLines) {
    lines_.push_back(std::move(line));
  } else {
    ++left_out_;
  }
}

std::vector<std::string> Findings::Finish() && {
  if (left_out_ > 0) lines_.push_back(absl::StrCat("and ", left_out_, " more"));
  return std::move(lines_);
}

void RowSum::Add(const Row& row) {
  ++rows;
  hashes += Hash64({reinterpret_cast<const char*>(row.data()), sizeof(row)});
}

absl::Status VisitRows(const KeyValueSnapshot& snapshot, const Table& table, absl::string_view name,
                       absl::FunctionRef<void(const Row&)> visit, Findings* findings) {
  TableReader reader(&snapshot, table);
  DecodedBlock block;
  Row last{};
  bool has_last = false;
  DOSSIER_ASSIGN_OR_RETURN(bool found, reader.SeekTo({}));
  while (found) {
    if (const absl::Status status = block.Decode(reader.block(), table.width); status.ok()) {
      for (size_t i = 0; i < block.rows(); ++i) {
        Row row{};
        for (size_t column = 0; column < table.width; ++column) row[column] = block.column(column)[i];
        if (i == 0 && !std::equal(reader.first_row().begin(), reader.first_row().end(), row.begin())) {
          findings->Add(absl::StrCat(name, ": a block begins with another row than its key says"));
        }
        if (has_last && !(last < row)) findings->Add(absl::StrCat(name, ": rows are out of order"));
        last = row;
        has_last = true;
        visit(row);
      }
    } else {
      findings->Add(absl::StrCat(name, ": ", status.message()));
    }
    DOSSIER_ASSIGN_OR_RETURN(found, reader.Next());
  }
  return absl::OkStatus();
}

}  // namespace dossier::storage
