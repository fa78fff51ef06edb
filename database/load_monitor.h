// What every load does on its way: counts, tells its progress, notices a cancellation, and writes down what it skips.
#pragma once

#include <cstdint>
#include <fstream>
#include <mutex>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "database/load_options.h"

namespace dossier {

// For the store's bulk load: hands on what it tells of sorting and writing. Of the reading the monitor tells more.
ProgressCallback ProgressAfterReading(const ProgressCallback& progress);

// `options` must outlive it. Counting and rejecting may be done by several threads; the report is read when they are
// done.
class LoadMonitor {
 public:
  // `first_path` gives the rejects file its name unless the options do; `bytes_total` is that of all inputs.
  LoadMonitor(const LoadOptions& options, const std::string& first_path, uint64_t bytes_total);

  // Counts one statement or article, read when `bytes_done` bytes of the current input were. Cancelled when the load is
  // to end; tells the progress a few times a second.
  absl::Status CountItem(uint64_t bytes_done);
  // The same for several statements, which go into the report.
  absl::Status CountStatements(uint64_t statements, uint64_t bytes_done);

  // Notes what is skipped. The rejects file is made with the first one.
  void Reject(RejectedLine rejected);

  // An input of `bytes` is done.
  void EndInput(uint64_t bytes);

  // To be called before the commit: closes the rejects file; an error when it could not be written.
  absl::Status CloseRejects();

  // What was counted and skipped, as bytes, and taken over from them when the load goes on without reading.
  std::string SaveReport() const;
  void RestoreReport(absl::string_view saved);

  LoadReport& report() { return report_; }
  absl::Duration Elapsed() const;

 private:
  absl::Status Count(uint64_t items, uint64_t bytes_done);
  void TellProgress(uint64_t bytes_done, absl::Time now);

  const LoadOptions& options_;
  const std::string rejects_path_;
  const uint64_t bytes_total_;
  const absl::Time begin_;
  std::mutex mutex_;  // Guards all that follows.
  absl::Time last_told_;
  uint64_t bytes_before_ = 0;
  uint64_t items_ = 0;
  uint64_t next_check_ = 0;  // When items_ is that.
  std::ofstream rejects_;
  LoadReport report_;
};

}  // namespace dossier
