#include "rdf/output.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "base/status_macros.h"

namespace dossier {
namespace {

constexpr size_t kCompressedWriteBytes = 64 * 1024;

absl::Status WriteError(const std::string& path, absl::string_view reason) {
  return absl::UnavailableError(absl::StrCat("cannot write ", path, ": ", reason));
}

class PlainOutput : public OutputFile {
 public:
  explicit PlainOutput(const std::string& path)
      : path_(path),
        partial_path_(absl::StrCat(path, ".partial")),
        descriptor_(open(partial_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {}
  PlainOutput(const PlainOutput&) = delete;
  PlainOutput& operator=(const PlainOutput&) = delete;
  ~PlainOutput() override {
    if (descriptor_ == -1) return;
    close(descriptor_);
    if (!finished_) unlink(partial_path_.c_str());
  }

  bool is_open() const { return descriptor_ != -1; }

  absl::Status Write(absl::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t written = write(descriptor_, bytes.data(), bytes.size());
      if (written >= 0) {
        bytes.remove_prefix(static_cast<size_t>(written));
      } else if (errno != EINTR) {
        return WriteError(path_, std::strerror(errno));
      }
    }
    return absl::OkStatus();
  }

  absl::Status Finish() override {
    if (fsync(descriptor_) != 0 || std::rename(partial_path_.c_str(), path_.c_str()) != 0) {
      return WriteError(path_, std::strerror(errno));
    }
    finished_ = true;
    return absl::OkStatus();
  }

 private:
  const std::string path_;
  const std::string partial_path_;
  const int descriptor_;
  bool finished_ = false;
};

// What the two compressors share.
class CompressedOutput : public OutputFile {
 public:
  CompressedOutput(std::string path, std::unique_ptr<OutputFile> file)
      : path_(std::move(path)), file_(std::move(file)), chunk_(kCompressedWriteBytes) {}

  absl::Status Write(absl::string_view bytes) override { return Compress(bytes, /*last=*/false); }

  absl::Status Finish() override {
    DOSSIER_RETURN_IF_ERROR(Compress("", /*last=*/true));
    return file_->Finish();
  }

 protected:
  // Takes all of `bytes`; `last` writes the end of the compressed data too.
  virtual absl::Status Compress(absl::string_view bytes, bool last) = 0;

  std::vector<char>& chunk() { return chunk_; }
  absl::Status WriteChunk(size_t size) { return file_->Write(absl::string_view(chunk_.data(), size)); }
  absl::Status Failed(absl::string_view reason) const { return WriteError(path_, reason); }

 private:
  const std::string path_;
  const std::unique_ptr<OutputFile> file_;
  std::vector<char> chunk_;
};

class GzipOutput : public CompressedOutput {
 public:
  GzipOutput(std::string path, std::unique_ptr<OutputFile> file) : CompressedOutput(std::move(path), std::move(file)) {
    constexpr int kGzip = 15 + 16;
    constexpr int kMemoryLevel = 8;
    open_ = deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  GzipOutput(const GzipOutput&) = delete;
  GzipOutput& operator=(const GzipOutput&) = delete;
  ~GzipOutput() override {
    if (open_) deflateEnd(&stream_);
  }

 protected:
  absl::Status Compress(absl::string_view bytes, bool last) override {
    if (!open_) return Failed("zlib does not start");
    do {
      const absl::string_view part = bytes.substr(0, size_t{1} << 30U);  // zlib counts in 32 bits.
      bytes.remove_prefix(part.size());
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
      stream_.avail_in = static_cast<uInt>(part.size());
      do {
        stream_.next_out = reinterpret_cast<Bytef*>(chunk().data());
        stream_.avail_out = static_cast<uInt>(chunk().size());
        const int result = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
        if (result == Z_STREAM_ERROR) return Failed("zlib does not go on");
        DOSSIER_RETURN_IF_ERROR(WriteChunk(chunk().size() - stream_.avail_out));
      } while (stream_.avail_out == 0);  // A full chunk: there may be more.
    } while (!bytes.empty());
    return absl::OkStatus();
  }

 private:
  z_stream stream_{};
  bool open_ = false;
};

class ZstdOutput : public CompressedOutput {
 public:
  ZstdOutput(std::string path, std::unique_ptr<OutputFile> file) : CompressedOutput(std::move(path), std::move(file)) {
    if (context_ != nullptr) ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

 protected:
  absl::Status Compress(absl::string_view bytes, bool last) override {
    if (context_ == nullptr) return Failed("zstd does not start");
    ZSTD_inBuffer in = {bytes.data(), bytes.size(), 0};
    while (true) {
      ZSTD_outBuffer out = {chunk().data(), chunk().size(), 0};
      const size_t rest = ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      if (ZSTD_isError(rest) != 0) return Failed(ZSTD_getErrorName(rest));
      DOSSIER_RETURN_IF_ERROR(WriteChunk(out.pos));
      if (last ? rest == 0 : in.pos == in.size) return absl::OkStatus();
    }
  }

 private:
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context_{ZSTD_createCCtx(), &ZSTD_freeCCtx};
};

}  // namespace

absl::StatusOr<std::unique_ptr<OutputFile>> CreateOutputFile(const std::string& path) {
  auto file = std::make_unique<PlainOutput>(path);
  if (!file->is_open()) return WriteError(path, std::strerror(errno));
  if (absl::EndsWithIgnoreCase(path, ".gz")) {
    return std::unique_ptr<OutputFile>(new GzipOutput(path, std::move(file)));
  }
  if (absl::EndsWithIgnoreCase(path, ".zst")) {
    return std::unique_ptr<OutputFile>(new ZstdOutput(path, std::move(file)));
  }
  return std::unique_ptr<OutputFile>(std::move(file));
}

}  // namespace dossier
