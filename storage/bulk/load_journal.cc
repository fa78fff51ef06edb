#include "storage/bulk/load_journal.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/status_macros.h"
#include "storage/bulk/fields.h"
#include "storage/hash.h"
#include "storage/key_layout.h"

namespace dossier::storage {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kFileName = "journal";

std::string PathOf(const std::string& directory) { return absl::StrCat(directory, "/", kFileName); }

// record = length:varint checksum:varint bytes
std::string Frame(absl::string_view record) {
  FieldWriter writer;
  writer.Add(Hash64(record)).Add(record);
  return writer.bytes();
}

std::string IdentityRecord(const LoadIdentity& identity) {
  FieldWriter writer;
  writer.Add(kFormatVersion).Add(identity.commit).Add(identity.input);
  return writer.bytes();
}

struct Found {
  std::vector<std::string> records;
  size_t whole_bytes = 0;  // What they take.
};

Found ReadRecords(const std::string& directory) {
  std::ifstream file(PathOf(directory), std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  Found found;
  FieldReader reader(bytes);
  while (true) {
    const uint64_t checksum = reader.Number();
    const absl::string_view record = reader.Text();
    if (!reader.good() || Hash64(record) != checksum) return found;
    found.records.emplace_back(record);
    found.whole_bytes += Frame(record).size();
  }
}

void RemoveFiles(const std::string& directory, const std::vector<std::string>& kept) {
  std::error_code ignored;
  for (fs::directory_iterator it(directory, ignored), end; !ignored && it != end; it.increment(ignored)) {
    const std::string name = it->path().filename().string();
    if (std::find(kept.begin(), kept.end(), name) != kept.end()) continue;
    std::error_code gone;
    fs::remove_all(it->path(), gone);
  }
}

absl::Status JournalError(absl::string_view doing) {
  return absl::UnavailableError(absl::StrCat("cannot ", doing, " the journal of the load: ", std::strerror(errno)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<LoadJournal>> LoadJournal::Open(const std::string& directory,
                                                               const LoadIdentity& identity) {
  Found found = ReadRecords(directory);
  const std::string first = IdentityRecord(identity);
  const bool same = !found.records.empty() && found.records.front() == first;
  if (!same) {
    RemoveFiles(directory, {});
    found = Found();
  }
  const int descriptor = open(PathOf(directory).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return JournalError("create");
  std::unique_ptr<LoadJournal> journal(new LoadJournal(directory, descriptor));
  // Behind the last whole record.
  if (ftruncate(descriptor, static_cast<off_t>(found.whole_bytes)) != 0 || lseek(descriptor, 0, SEEK_END) < 0) {
    return JournalError("write");
  }
  if (!same) {
    DOSSIER_RETURN_IF_ERROR(journal->Append(first));
    journal->stages_.clear();
    return journal;
  }
  journal->stages_.assign(std::make_move_iterator(found.records.begin() + 1),
                          std::make_move_iterator(found.records.end()));
  return journal;
}

LoadJournal::~LoadJournal() { close(descriptor_); }

absl::Status LoadJournal::Append(absl::string_view stage) {
  const std::string bytes = Frame(stage);
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t count = write(descriptor_, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return JournalError("write");
    done += static_cast<size_t>(count);
  }
  if (fdatasync(descriptor_) != 0) return JournalError("write");
  stages_.emplace_back(stage);
  return absl::OkStatus();
}

void LoadJournal::RemoveOthers(const std::vector<std::string>& kept) const {
  std::vector<std::string> all = kept;
  all.emplace_back(kFileName);
  RemoveFiles(directory_, all);
}

void LoadJournal::RemoveAll() const { RemoveFiles(directory_, {}); }

void RemoveStaleLoad(const std::string& directory, uint64_t commit) {
  const Found found = ReadRecords(directory);
  if (!found.records.empty()) {
    FieldReader reader(found.records.front());
    const uint64_t version = reader.Number();
    if (version == kFormatVersion && reader.Number() == commit) return;
  }
  std::error_code ignored;
  fs::remove_all(directory, ignored);
}

}  // namespace dossier::storage
