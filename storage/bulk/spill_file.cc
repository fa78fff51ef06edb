#include "storage/bulk/spill_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier::storage {
namespace {

constexpr size_t kWriteBufferBytes = 256 << 10;

absl::Status SpillError(absl::string_view what) {
  const int error = errno;
  const std::string message = absl::StrCat("cannot ", what, " a temporary file of the load: ", std::strerror(error));
  return error == ENOSPC || error == EDQUOT ? absl::ResourceExhaustedError(message) : absl::InternalError(message);
}

}  // namespace

absl::StatusOr<std::unique_ptr<SpillFile>> SpillFile::Create(const std::string& directory, absl::string_view name) {
  if (!name.empty()) {
    const std::string named = absl::StrCat(directory, "/", name);
    const int descriptor = open(named.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) return SpillError("create");
    return std::unique_ptr<SpillFile>(new SpillFile(descriptor));
  }
  std::string path = absl::StrCat(directory, "/spill_XXXXXX");
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return SpillError("create");
  unlink(path.c_str());
  return std::unique_ptr<SpillFile>(new SpillFile(descriptor));
}

absl::StatusOr<std::unique_ptr<SpillFile>> SpillFile::Open(const std::string& directory, absl::string_view name) {
  const int descriptor = open(absl::StrCat(directory, "/", name).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return SpillError("open");
  return std::unique_ptr<SpillFile>(new SpillFile(descriptor));
}

absl::Status SpillFile::Sync() {
  DOSSIER_RETURN_IF_ERROR(Flush());
  return fdatasync(descriptor_) == 0 ? absl::OkStatus() : SpillError("write");
}

SpillFile::~SpillFile() { close(descriptor_); }

absl::Status SpillFile::Append(absl::string_view record) {
  const auto length = static_cast<uint32_t>(record.size());
  buffer_.append(reinterpret_cast<const char*>(&length), sizeof(length));
  buffer_.append(record.data(), record.size());
  return buffer_.size() < kWriteBufferBytes ? absl::OkStatus() : Flush();
}

absl::Status SpillFile::Flush() {
  size_t done = 0;
  while (done < buffer_.size()) {
    const ssize_t count = write(descriptor_, buffer_.data() + done, buffer_.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SpillError("write");
    done += static_cast<size_t>(count);
  }
  written_ += done;
  buffer_.clear();
  return absl::OkStatus();
}

SpillReader::SpillReader(const SpillFile* file, SpillExtent extent, size_t buffer_bytes)
    : file_(file), rest_(extent), buffer_(std::max<size_t>(buffer_bytes, 4096)) {}

absl::StatusOr<bool> SpillReader::Next(absl::string_view* record) {
  if (begin_ == end_ && rest_.begin == rest_.end) return false;
  uint32_t length = 0;
  DOSSIER_RETURN_IF_ERROR(Fill(sizeof(length)));
  std::memcpy(&length, buffer_.data() + begin_, sizeof(length));
  begin_ += sizeof(length);
  DOSSIER_RETURN_IF_ERROR(Fill(length));
  *record = absl::string_view(buffer_.data() + begin_, length);
  begin_ += length;
  return true;
}

absl::Status SpillReader::Fill(size_t bytes) {
  if (end_ - begin_ >= bytes) return absl::OkStatus();
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (buffer_.size() < bytes) buffer_.resize(bytes);
  while (end_ < bytes) {
    const size_t wanted = std::min<uint64_t>(buffer_.size() - end_, rest_.end - rest_.begin);
    const ssize_t count = pread(file_->descriptor_, buffer_.data() + end_, wanted, static_cast<off_t>(rest_.begin));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return SpillError("read");
    if (count == 0) return absl::InternalError("a temporary file of the load has become shorter");
    end_ += static_cast<size_t>(count);
    rest_.begin += static_cast<uint64_t>(count);
  }
  return absl::OkStatus();
}

}  // namespace dossier::storage
