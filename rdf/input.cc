#include "rdf/input.h"

#include <sys/stat.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier {
namespace {

constexpr size_t kCompressedReadBytes = 64 * 1024;

absl::Status FileError(absl::string_view action, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("cannot ", action, " ", path));
}

class FileInput : public Input {
 public:
  static absl::StatusOr<std::unique_ptr<Input>> Open(const std::string& path) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (file == nullptr) return FileError("open", path);
    struct stat status {};
    if (fstat(fileno(file.get()), &status) != 0) return FileError("open", path);
    if (S_ISDIR(status.st_mode)) return absl::InvalidArgumentError(absl::StrCat(path, " is a folder"));
    // The readers have buffers of their own.
    std::setvbuf(file.get(), nullptr, _IONBF, 0);
    return std::unique_ptr<Input>(new FileInput(path, std::move(file), static_cast<uint64_t>(status.st_size)));
  }

  absl::StatusOr<size_t> Read(absl::Span<char> buffer) override {
    const size_t count = std::fread(buffer.data(), 1, buffer.size(), file_.get());
    if (count < buffer.size() && std::ferror(file_.get()) != 0) return FileError("read", path_);
    bytes_read_ += count;
    return count;
  }

  uint64_t bytes_read() const override { return bytes_read_; }
  uint64_t bytes_total() const override { return bytes_total_; }

 private:
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  FileInput(std::string path, File file, uint64_t bytes_total)
      : path_(std::move(path)), file_(std::move(file)), bytes_total_(bytes_total) {}

  const std::string path_;
  const File file_;
  const uint64_t bytes_total_;
  uint64_t bytes_read_ = 0;
};

// What the two decompressors share: the compressed bytes that were read but not used yet.
class CompressedInput : public Input {
 public:
  CompressedInput(std::string path, std::unique_ptr<Input> file)
      : path_(std::move(path)), file_(std::move(file)), chunk_(kCompressedReadBytes) {}

  uint64_t bytes_read() const override { return file_->bytes_read(); }
  uint64_t bytes_total() const override { return file_->bytes_total(); }

 protected:
  // Reads more when all was used. False at the end of the file.
  absl::StatusOr<bool> Fill() {
    if (used_ < filled_) return true;
    used_ = 0;
    DOSSIER_ASSIGN_OR_RETURN(filled_, file_->Read(absl::MakeSpan(chunk_)));
    return filled_ > 0;
  }
  absl::Span<const char> available() const { return absl::MakeConstSpan(chunk_).subspan(used_, filled_ - used_); }
  void Use(size_t count) { used_ += count; }

  absl::Status Broken(absl::string_view reason) const {
    return absl::InvalidArgumentError(absl::StrCat(path_, " cannot be decompressed: ", reason));
  }

 private:
  const std::string path_;
  const std::unique_ptr<Input> file_;
  std::vector<char> chunk_;
  size_t used_ = 0;
  size_t filled_ = 0;
};

class GzipInput : public CompressedInput {
 public:
  using CompressedInput::CompressedInput;
  ~GzipInput() override {
    if (open_) inflateEnd(&stream_);
  }

  absl::StatusOr<size_t> Read(absl::Span<char> buffer) override {
    while (!buffer.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, Fill());
      if (!more) {
        if (in_member_) return Broken("it ends too early");
        return size_t{0};
      }
      DOSSIER_RETURN_IF_ERROR(BeginMember());
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(available().data()));
      stream_.avail_in = static_cast<uInt>(available().size());
      stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
      stream_.avail_out = static_cast<uInt>(std::min<size_t>(buffer.size(), 1U << 30U));
      const uInt room = stream_.avail_out;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      Use(available().size() - stream_.avail_in);
      if (result == Z_STREAM_END) {
        in_member_ = false;  // Another member may follow.
      } else if (result != Z_OK && result != Z_BUF_ERROR) {
        return Broken(stream_.msg == nullptr ? "it is damaged" : stream_.msg);
      }
      if (const size_t count = room - stream_.avail_out; count > 0) return count;
    }
    return size_t{0};
  }

 private:
  absl::Status BeginMember() {
    if (in_member_) return absl::OkStatus();
    constexpr int kGzipOnly = 15 + 16;
    const int result = open_ ? inflateReset(&stream_) : inflateInit2(&stream_, kGzipOnly);
    if (result != Z_OK) return Broken("zlib does not start");
    open_ = true;
    in_member_ = true;
    return absl::OkStatus();
  }

  z_stream stream_{};
  bool open_ = false;
  bool in_member_ = false;
};

class ZstdInput : public CompressedInput {
 public:
  using CompressedInput::CompressedInput;

  absl::StatusOr<size_t> Read(absl::Span<char> buffer) override {
    if (context_ == nullptr) return Broken("zstd does not start");
    while (!buffer.empty()) {
      DOSSIER_ASSIGN_OR_RETURN(const bool more, Fill());
      if (!more && !flushing_) {
        if (in_frame_) return Broken("it ends too early");
        return size_t{0};
      }
      ZSTD_inBuffer in = {available().data(), available().size(), 0};
      ZSTD_outBuffer out = {buffer.data(), buffer.size(), 0};
      const size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(result) != 0) return Broken(ZSTD_getErrorName(result));
      Use(in.pos);
      in_frame_ = result != 0;
      flushing_ = out.pos == out.size;  // The decompressor may hold more.
      if (out.pos > 0) return out.pos;
    }
    return size_t{0};
  }

 private:
  std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context_{ZSTD_createDCtx(), &ZSTD_freeDCtx};
  bool in_frame_ = false;
  bool flushing_ = false;
};

class MemoryInput : public Input {
 public:
  explicit MemoryInput(absl::string_view text) : rest_(text), bytes_total_(text.size()) {}

  absl::StatusOr<size_t> Read(absl::Span<char> buffer) override {
    const size_t count = std::min(buffer.size(), rest_.size());
    if (count > 0) std::memcpy(buffer.data(), rest_.data(), count);
    rest_.remove_prefix(count);
    return count;
  }
  uint64_t bytes_read() const override { return bytes_total_ - rest_.size(); }
  uint64_t bytes_total() const override { return bytes_total_; }

 private:
  absl::string_view rest_;
  const uint64_t bytes_total_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Input>> OpenInput(const std::string& path) {
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Input> file, FileInput::Open(path));
  if (absl::EndsWithIgnoreCase(path, ".gz")) return std::unique_ptr<Input>(new GzipInput(path, std::move(file)));
  if (absl::EndsWithIgnoreCase(path, ".zst")) return std::unique_ptr<Input>(new ZstdInput(path, std::move(file)));
  return file;
}

std::unique_ptr<Input> TextInput(absl::string_view text) { return std::make_unique<MemoryInput>(text); }

}  // namespace dossier
