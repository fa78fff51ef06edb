// A temporary file of records for data that does not fit the memory budget of a load. Most have no name: the system
// takes them back when the holder goes or the process dies, so that nothing is ever left behind. Those that end a stage
// of a load have one, so that the load can go on with them (storage/bulk/load_journal.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace dossier::storage {

// Part of a spill file, in bytes.
struct SpillExtent {
  uint64_t begin = 0;
  uint64_t end = 0;
};

// One thread appends; after Flush() any number of threads read.
class SpillFile {
 public:
  // Errors (also of Append and Flush) are Internal or, when the disk is full, ResourceExhausted.
  static absl::StatusOr<std::unique_ptr<SpillFile>> Create(const std::string& directory, absl::string_view name = "");
  // A file that was created with a name and synced, to be read.
  static absl::StatusOr<std::unique_ptr<SpillFile>> Open(const std::string& directory, absl::string_view name);
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;
  ~SpillFile();

  // A record is its length and then its bytes.
  absl::Status Append(absl::string_view record);
  absl::Status Flush();
  // Flushes, and makes what was written durable.
  absl::Status Sync();

  // Bytes appended so far: where the next record begins.
  uint64_t size() const { return written_ + buffer_.size(); }

 private:
  friend class SpillReader;
  explicit SpillFile(int descriptor) : descriptor_(descriptor) {}

  const int descriptor_;
  uint64_t written_ = 0;
  std::string buffer_;
};

// Reads the records of an extent one after the other. The file must outlive the reader and be flushed.
class SpillReader {
 public:
  SpillReader(const SpillFile* file, SpillExtent extent, size_t buffer_bytes);

  // False at the end. The record lives until the next call.
  absl::StatusOr<bool> Next(absl::string_view* record);

 private:
  // Makes the next `bytes` of the extent lie in the buffer.
  absl::Status Fill(size_t bytes);

  const SpillFile* file_;
  SpillExtent rest_;  // What has not been read into the buffer yet.
  std::vector<char> buffer_;
  size_t begin_ = 0;  // Of what is left in the buffer.
  size_t end_ = 0;
};

}  // namespace dossier::storage
