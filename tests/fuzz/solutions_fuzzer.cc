// Results of SPARQL queries, in the format that the first byte chooses. What is read can be written and is read again
// as the same.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "query/result/solution_reader.h"
#include "query/result/solution_writer.h"
#include "tests/fuzz/check.h"

namespace {

using dossier::SolutionFormat;
using dossier::SolutionTable;
using dossier::fuzz::Check;

constexpr SolutionFormat kFormats[] = {SolutionFormat::kJson, SolutionFormat::kXml, SolutionFormat::kCsv,
                                       SolutionFormat::kTsv};

// Names of variables as SPARQL has them; CSV and TSV have no escapes for others.
bool HasPlainColumns(const SolutionTable& table) {
  return std::all_of(table.columns.begin(), table.columns.end(), [](const std::string& name) {
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return absl::ascii_isalnum(c) || c == '_'; });
  });
}

// False when the format cannot hold the table.
bool Write(const SolutionTable& table, SolutionFormat format, std::string* text) {
  const auto sink = [text](absl::string_view piece) {
    absl::StrAppend(text, piece);
    return absl::OkStatus();
  };
  const auto writer = dossier::MakeSolutionWriter(format, {}, sink);
  absl::Status status;
  if (table.boolean.has_value()) {
    status = writer->Boolean(*table.boolean);
  } else {
    status = writer->Begin(table.columns);
    for (const auto& row : table.rows) {
      std::vector<const dossier::Term*> cells;
      for (const auto& cell : row) cells.push_back(cell.has_value() ? &*cell : nullptr);
      status.Update(writer->Row(cells));
    }
  }
  status.Update(writer->End());
  return status.ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const SolutionFormat format = kFormats[data[0] % std::size(kFormats)];
  const absl::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const absl::StatusOr<SolutionTable> table = dossier::ReadSolutions(text, format, "input");
  if (!table.ok() || !HasPlainColumns(*table)) return 0;
  std::string written;
  if (!Write(*table, format, &written)) return 0;
  const absl::StatusOr<SolutionTable> again = dossier::ReadSolutions(written, format, "written");
  Check(again.ok(), "what was written can be read", again.status().ToString(), "\n", written);
  Check(again->boolean == table->boolean && again->columns == table->columns && again->rows == table->rows,
        "what was written is read as the same", written);
  return 0;
}
