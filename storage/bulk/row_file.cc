#include "storage/bulk/row_file.h"

#include <utility>

namespace dossier::storage {
namespace {

class RowFileStream : public RowStream {
 public:
  RowFileStream(const SpillFile* file, SpillExtent extent, size_t width, size_t buffer_bytes)
      : reader_(file, extent, buffer_bytes), width_(width) {}

  absl::StatusOr<absl::Span<const TermId>> NextChunk() override {
    absl::string_view bytes;
    DOSSIER_ASSIGN_OR_RETURN(const bool more, reader_.Next(&bytes));
    if (!more) return absl::Span<const TermId>();
    DOSSIER_RETURN_IF_ERROR(block_.Decode(bytes, width_));
    rows_.resize(block_.rows() * width_);
    for (size_t column = 0; column < width_; ++column) {
      const TermId* const values = block_.column(column);
      for (size_t i = 0; i < block_.rows(); ++i) rows_[i * width_ + column] = values[i];
    }
    return absl::Span<const TermId>(rows_);
  }

 private:
  SpillReader reader_;
  const size_t width_;
  DecodedBlock block_;
  std::vector<TermId> rows_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RowFile>> RowFile::Create(const std::string& directory, size_t width,
                                                         absl::string_view name) {
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<SpillFile> file, SpillFile::Create(directory, name));
  return std::unique_ptr<RowFile>(new RowFile(std::move(file), width));
}

absl::StatusOr<std::unique_ptr<RowFile>> RowFile::Open(const std::string& directory, absl::string_view name,
                                                       FieldReader* description) {
  const uint64_t width = description->Number();
  const uint64_t rows = description->Number();
  const uint64_t end = description->Number();
  if (!description->good() || width == 0 || width > kMaxColumns) return absl::DataLossError("the journal is damaged");
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<SpillFile> spill, SpillFile::Open(directory, name));
  std::unique_ptr<RowFile> file(new RowFile(std::move(spill), width));
  file->rows_ = rows;
  file->extent_begin_ = end;
  for (size_t i = 0; i < width; ++i) {
    for (uint64_t tags = description->Number(); tags > 0 && description->good(); --tags) {
      file->ranges_[i].Add(TermId::FromBits(description->Number()));
      file->ranges_[i].Add(TermId::FromBits(description->Number()));
    }
  }
  return file;
}

void RowFile::Describe(FieldWriter* description) const {
  description->Add(width_).Add(rows_).Add(extent_begin_);
  for (size_t i = 0; i < width_; ++i) {
    const ColumnRange& range = ranges_[i];
    uint64_t tags = 0;
    for (size_t tag = 0; tag < ColumnRange::kTags; ++tag) tags += range.has(tag) ? 1 : 0;
    description->Add(tags);
    for (size_t tag = 0; tag < ColumnRange::kTags; ++tag) {
      if (range.has(tag)) description->Add(range.least(tag)).Add(range.greatest(tag));
    }
  }
}

absl::Status RowFile::Sync() {
  DOSSIER_RETURN_IF_ERROR(EndExtent().status());
  return file_->Sync();
}

RowFile::RowFile(std::unique_ptr<SpillFile> file, size_t width) : file_(std::move(file)), width_(width) {
  for (size_t i = 0; i < width_; ++i) columns_[i].resize(kMaxBlockRows);
}

absl::Status RowFile::Add(const TermId* row) {
  for (size_t i = 0; i < width_; ++i) columns_[i][filled_] = row[i];
  ++rows_;
  return ++filled_ < kMaxBlockRows ? absl::OkStatus() : WriteBlock();
}

absl::StatusOr<SpillExtent> RowFile::EndExtent() {
  if (filled_ > 0) DOSSIER_RETURN_IF_ERROR(WriteBlock());
  const SpillExtent extent{extent_begin_, file_->size()};
  extent_begin_ = extent.end;
  return extent;
}

absl::Status RowFile::Flush() {
  DOSSIER_RETURN_IF_ERROR(EndExtent().status());
  return file_->Flush();
}

std::unique_ptr<RowStream> RowFile::Read(SpillExtent extent, size_t buffer_bytes) const {
  return std::make_unique<RowFileStream>(file_.get(), extent, width_, buffer_bytes);
}

absl::Status RowFile::WriteBlock() {
  std::array<absl::Span<const TermId>, kMaxColumns> spans;
  for (size_t i = 0; i < width_; ++i) {
    spans[i] = absl::MakeConstSpan(columns_[i].data(), filled_);
    for (const TermId id : spans[i]) ranges_[i].Add(id);
  }
  block_.clear();
  EncodeBlock(absl::MakeConstSpan(spans.data(), width_), &block_);
  filled_ = 0;
  return file_->Append(block_);
}

}  // namespace dossier::storage
