// Rows set aside in a spill file in the order in which they come, coded as the store codes its blocks: a row takes a
// few bytes in place of forty.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/block.h"
#include "storage/bulk/fields.h"
#include "storage/bulk/row_packer.h"
#include "storage/bulk/row_stream.h"
#include "storage/bulk/spill_file.h"

namespace dossier::storage {

// One thread adds rows; after Flush() any number of threads read.
class RowFile {
 public:
  // With a name, the file stays when the process dies (SpillFile).
  static absl::StatusOr<std::unique_ptr<RowFile>> Create(const std::string& directory, size_t width,
                                                         absl::string_view name = "");
  // What Describe() said of a synced file of that name.
  static absl::StatusOr<std::unique_ptr<RowFile>> Open(const std::string& directory, absl::string_view name,
                                                       FieldReader* description);

  // `width` ids.
  absl::Status Add(const TermId* row);
  // Ends a part of the file: what was added since the last call is an extent of its own.
  absl::StatusOr<SpillExtent> EndExtent();
  absl::Status Flush();
  // Flushes, and makes the rows durable.
  absl::Status Sync();
  // After Sync(): what Open() needs to know.
  void Describe(FieldWriter* description) const;

  size_t width() const { return width_; }
  uint64_t rows() const { return rows_; }
  // Of the columns, as of the last EndExtent() or Flush().
  absl::Span<const ColumnRange> ranges() const { return absl::MakeConstSpan(ranges_).subspan(0, width_); }

  // Reads an extent, or everything up to the last EndExtent().
  std::unique_ptr<RowStream> Read(SpillExtent extent, size_t buffer_bytes = 128 << 10) const;
  std::unique_ptr<RowStream> ReadAll() const { return Read({0, extent_begin_}); }

 private:
  RowFile(std::unique_ptr<SpillFile> file, size_t width);
  absl::Status WriteBlock();

  const std::unique_ptr<SpillFile> file_;
  const size_t width_;
  uint64_t rows_ = 0;
  std::array<ColumnRange, kMaxColumns> ranges_;
  uint64_t extent_begin_ = 0;
  size_t filled_ = 0;  // Rows of the block that is being filled.
  std::array<std::vector<TermId>, kMaxColumns> columns_;
  std::string block_;
};

}  // namespace dossier::storage
