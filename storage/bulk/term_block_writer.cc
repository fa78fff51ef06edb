#include "storage/bulk/term_block_writer.h"

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/dictionary.h"
#include "storage/key_layout.h"

namespace dossier::storage {

absl::Status TermBlockWriter::Add(absl::string_view record) {
  if (!started_) {
    DOSSIER_RETURN_IF_ERROR(ReadLastBlock());
    started_ = true;
  }
  records_.emplace_back(record);
  ++next_;
  return next_ % kTermsPerBlock == 0 ? WriteBlock() : absl::OkStatus();
}

absl::Status TermBlockWriter::Finish(std::vector<std::unique_ptr<SortedRun>>* runs) {
  if (started_ && !records_.empty()) DOSSIER_RETURN_IF_ERROR(WriteBlock());
  return writer_.MoveRunsTo(runs);
}

absl::Status TermBlockWriter::ReadLastBlock() {
  const uint64_t kept = next_ % kTermsPerBlock;
  if (kept == 0) return absl::OkStatus();
  std::string block;
  std::vector<absl::string_view> records;
  DOSSIER_ASSIGN_OR_RETURN(const bool found,
                           context_.before->Get(Family::kTerms, TermBlockKey(tag_, next_ / kTermsPerBlock), &block));
  if (found) DOSSIER_RETURN_IF_ERROR(DecodeTermBlock(block, &records));
  if (records.size() != kept) {
    return absl::DataLossError(
        absl::StrCat("the last block of the dictionary holds ", records.size(), " terms where there should be ", kept));
  }
  for (const absl::string_view record : records) records_.emplace_back(record);
  return absl::OkStatus();
}

absl::Status TermBlockWriter::WriteBlock() {
  const std::string key = TermBlockKey(tag_, (next_ - 1) / kTermsPerBlock);
  const std::string block = EncodeTermBlock(records_);
  records_.clear();
  return writer_.Put(key, block);
}

}  // namespace dossier::storage
