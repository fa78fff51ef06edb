#include "database/input_files.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/status_macros.h"
#include "rdf/input.h"
#include "rdf/iri.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// RDF and news text become about this much smaller.
constexpr uint64_t kCompressionRatio = 8;

absl::Status PathError(const std::string& path, const std::error_code& error) {
  const std::string message = absl::StrCat("cannot read ", path, ": ", error.message());
  if (error == std::errc::no_such_file_or_directory) return absl::NotFoundError(message);
  if (error == std::errc::permission_denied) return absl::PermissionDeniedError(message);
  return absl::UnavailableError(message);
}

absl::Status ExpandFolder(const std::string& folder, absl::FunctionRef<bool(absl::string_view)> wanted,
                          std::vector<std::string>* files) {
  std::error_code error;
  std::vector<std::string> found;
  fs::recursive_directory_iterator it(folder, error);
  if (error) return PathError(folder, error);
  while (it != fs::recursive_directory_iterator()) {
    const fs::directory_entry& entry = *it;
    const std::string name = entry.path().filename().string();
    if (name.front() == '.') {
      it.disable_recursion_pending();
    } else if (entry.is_regular_file(error) && wanted(name)) {
      found.push_back(entry.path().string());
    }
    it.increment(error);
    if (error) return PathError(folder, error);
  }
  std::sort(found.begin(), found.end());
  files->insert(files->end(), found.begin(), found.end());
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ExpandPaths(const std::vector<std::string>& paths,
                                                     absl::FunctionRef<bool(absl::string_view)> wanted) {
  DOSSIER_RETURN_IF_ERROR(CheckPathsExist(paths));
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error) return PathError(path, error);
    if (fs::is_directory(status)) {
      DOSSIER_RETURN_IF_ERROR(ExpandFolder(path, wanted, &files));
    } else if (fs::is_regular_file(status)) {
      files.push_back(path);
    } else {
      // A load reads its files more than once (to name blank nodes after the content): a pipe would never end.
      return absl::InvalidArgumentError(absl::StrCat(path, " is neither a file nor a folder; save its content first"));
    }
  }
  return files;
}

absl::Status CheckPathsExist(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::status(path, error).type() == fs::file_type::not_found) {
      return absl::NotFoundError(absl::StrCat("there is no file or folder ", path));
    }
  }
  return absl::OkStatus();
}

uint64_t TotalSize(const std::vector<std::string>& files) {
  uint64_t total = 0;
  for (const std::string& file : files) {
    std::error_code error;
    const uint64_t size = fs::file_size(file, error);
    if (!error) total += size;
  }
  return total;
}

uint64_t UnpackedSizeEstimate(const std::vector<std::string>& files) {
  uint64_t total = 0;
  for (const std::string& file : files) {
    const bool compressed = WithoutCompression(file).size() != file.size();
    total += TotalSize({file}) * (compressed ? kCompressionRatio : 1);
  }
  return total;
}

absl::StatusOr<std::string> ContentDigest(const std::string& path, const Cancellation* cancellation) {
  DOSSIER_ASSIGN_OR_RETURN(std::unique_ptr<Input> input, OpenInput(path));
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::vector<char> buffer(size_t{1} << 18);
  bool good = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1;
  while (good) {
    if (cancellation != nullptr) DOSSIER_RETURN_IF_ERROR(cancellation->Check());
    DOSSIER_ASSIGN_OR_RETURN(const size_t size, input->Read(absl::MakeSpan(buffer)));
    if (size == 0) break;
    good = EVP_DigestUpdate(context.get(), buffer.data(), size) == 1;
  }
  if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1) {
    return absl::InternalError("the cryptography library cannot compute SHA-256");
  }
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(digest.data()), 8));
}

absl::StatusOr<std::string> FileState(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return PathError(path, error);
  const uint64_t size = fs::file_size(path, error);
  if (error) return PathError(path, error);
  const auto changed = fs::last_write_time(path, error).time_since_epoch().count();
  if (error) return PathError(path, error);
  return absl::StrCat(absolute.lexically_normal().string(), " ", size, " ", changed);
}

absl::StatusOr<std::string> AbsoluteFileIri(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return PathError(path, error);
  return FileIri(absolute.lexically_normal().string());
}

absl::string_view WithoutCompression(absl::string_view path) {
  if (!absl::ConsumeSuffix(&path, ".gz")) absl::ConsumeSuffix(&path, ".zst");
  return path;
}

}  // namespace dossier
