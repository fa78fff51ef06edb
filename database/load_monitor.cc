#include "database/load_monitor.h"

#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

namespace dossier {
namespace {

// The clock is not asked for every item.
constexpr uint64_t kItemsBetweenChecks = 1024;
constexpr absl::Duration kBetweenTellings = absl::Milliseconds(100);
constexpr size_t kRejectsInReport = 10;
constexpr absl::string_view kReading = "reading";

std::string RejectsPath(const LoadOptions& options, absl::string_view first_path) {
  if (!options.rejects_path.empty()) return options.rejects_path;
  while (first_path.size() > 1 && absl::ConsumeSuffix(&first_path, "/")) {
  }
  return absl::StrCat(first_path, ".rejects.tsv");
}

std::string Field(absl::string_view text) {
  return absl::StrReplaceAll(text, {{"\\", "\\\\"}, {"\t", "\\t"}, {"\n", "\\n"}, {"\r", "\\r"}});
}

// What Field was given.
std::string Unescaped(absl::string_view field) {
  std::string text;
  for (size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      text.push_back(field[i]);
      continue;
    }
    const char kind = field[++i];
    text.push_back(kind == 't' ? '\t' : kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind);
  }
  return text;
}

}  // namespace

ProgressCallback ProgressAfterReading(const ProgressCallback& progress) {
  if (!progress) return progress;
  return [progress](const Progress& p) {
    if (p.stage != kReading) progress(p);
  };
}

LoadMonitor::LoadMonitor(const LoadOptions& options, const std::string& first_path, uint64_t bytes_total)
    : options_(options),
      rejects_path_(RejectsPath(options, first_path)),
      bytes_total_(bytes_total),
      begin_(absl::Now()),
      last_told_(begin_) {}

absl::Status LoadMonitor::CountItem(uint64_t bytes_done) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Count(1, bytes_done);
}

absl::Status LoadMonitor::CountStatements(uint64_t statements, uint64_t bytes_done) {
  const std::lock_guard<std::mutex> lock(mutex_);
  report_.statements += statements;
  return Count(statements, bytes_done);
}

absl::Status LoadMonitor::Count(uint64_t items, uint64_t bytes_done) {
  items_ += items;
  if (items_ < next_check_) return absl::OkStatus();
  next_check_ = items_ + kItemsBetweenChecks;
  if (options_.cancellation != nullptr) {
    if (absl::Status status = options_.cancellation->Check(); !status.ok()) return status;
  }
  if (const absl::Time now = absl::Now(); now - last_told_ >= kBetweenTellings) TellProgress(bytes_done, now);
  return absl::OkStatus();
}

void LoadMonitor::EndInput(uint64_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  bytes_before_ += bytes;
}

void LoadMonitor::TellProgress(uint64_t bytes_done, absl::Time now) {
  last_told_ = now;
  if (!options_.progress) return;
  Progress progress;
  progress.stage = std::string(kReading);
  progress.bytes_done = bytes_before_ + bytes_done;
  progress.bytes_total = bytes_total_;
  progress.items = items_;
  progress.errors = report_.rejected;
  options_.progress(progress);
}

void LoadMonitor::Reject(RejectedLine rejected) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (report_.rejected++ == 0) {
    rejects_.open(rejects_path_, std::ios::trunc);
    rejects_ << "file\tline\tcolumn\treason\ttext\n";
    report_.rejects_path = rejects_path_;
  }
  rejects_ << Field(rejected.file) << '\t' << rejected.line << '\t' << rejected.column << '\t' << Field(rejected.reason)
           << '\t' << Field(rejected.text) << '\n';
  if (report_.first_rejects.size() < kRejectsInReport) report_.first_rejects.push_back(std::move(rejected));
}

// Fields in lines; texts with their line ends escaped.
std::string LoadMonitor::SaveReport() const {
  std::string saved = absl::StrCat(report_.statements, "\t", report_.articles, "\t", report_.rejected, "\t",
                                   Field(report_.rejects_path));
  for (const RejectedLine& reject : report_.first_rejects) {
    absl::StrAppend(&saved, "\n", Field(reject.file), "\t", reject.line, "\t", reject.column, "\t",
                    Field(reject.reason), "\t", Field(reject.text));
  }
  return saved;
}

void LoadMonitor::RestoreReport(absl::string_view saved) {
  const std::vector<absl::string_view> lines = absl::StrSplit(saved, '\n');
  const std::vector<absl::string_view> counts = absl::StrSplit(lines.front(), '\t');
  if (counts.size() != 4 || !absl::SimpleAtoi(counts[0], &report_.statements) ||
      !absl::SimpleAtoi(counts[1], &report_.articles) || !absl::SimpleAtoi(counts[2], &report_.rejected)) {
    return;
  }
  report_.rejects_path = Unescaped(counts[3]);
  report_.first_rejects.clear();
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::vector<absl::string_view> fields = absl::StrSplit(lines[i], '\t');
    if (fields.size() != 5) continue;
    RejectedLine reject;
    reject.file = Unescaped(fields[0]);
    reject.reason = Unescaped(fields[3]);
    reject.text = Unescaped(fields[4]);
    if (!absl::SimpleAtoi(fields[1], &reject.line) || !absl::SimpleAtoi(fields[2], &reject.column)) continue;
    report_.first_rejects.push_back(std::move(reject));
  }
}

absl::Duration LoadMonitor::Elapsed() const { return absl::Now() - begin_; }

absl::Status LoadMonitor::CloseRejects() {
  if (report_.rejected == 0) return absl::OkStatus();
  rejects_.close();
  if (rejects_.fail()) {
    return absl::UnavailableError(
        absl::StrCat("cannot write the ", report_.rejected, " skipped lines to ", rejects_path_,
                     "; name another file with --rejects, or refuse bad lines with --strict"));
  }
  return absl::OkStatus();
}

}  // namespace dossier
