#include "shell/progress_line.h"

#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/utf8.h"
#include "shell/output.h"
#include "shell/reports.h"
#include "shell/terminal.h"

namespace dossier {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(1);
constexpr absl::Duration kTelling = absl::Milliseconds(100);  // What has just begun does not tell how long it takes.
constexpr size_t kUsualColumns = 80;
constexpr absl::string_view kEraseLine = "\r\x1b[K";

}  // namespace

ProgressLine::ProgressLine() : visible_(IsTerminal(STDERR_FILENO)), begin_(absl::Now()), stage_begin_(begin_) {}

ProgressLine::~ProgressLine() {
  if (shown_) (void)Output(STDERR_FILENO).Write(kEraseLine);
}

void ProgressLine::Show(const Progress& progress) {
  const absl::Time now = absl::Now();
  if (progress.stage != stage_) {
    // The first one began with the work: it may be told of only when much of it is done.
    if (!stage_.empty()) stage_begin_ = now;
    stage_ = progress.stage;
  }
  if (!visible_ || now - begin_ < kPatience) return;
  const std::string text = Text(progress, now - begin_, now - stage_begin_);
  // A line that wraps could not be erased. A terminal that does not tell its width is taken to have the usual one.
  const size_t columns = TerminalWidth(STDERR_FILENO);
  const size_t width = columns == 0 ? kUsualColumns - 1 : columns - 1;
  (void)Output(STDERR_FILENO).Write(absl::StrCat(kEraseLine, CodePointPrefix(text, width)));
  shown_ = true;
}

std::string ProgressLine::Text(const Progress& progress, absl::Duration elapsed, absl::Duration in_stage) {
  std::string text = progress.stage;
  const double share =
      progress.bytes_total == 0
          ? 0
          : std::min(1.0, static_cast<double>(progress.bytes_done) / static_cast<double>(progress.bytes_total));
  if (progress.bytes_total > 0) absl::StrAppend(&text, " ", static_cast<int>(share * 100), " %");
  const double seconds = std::max(absl::ToDoubleSeconds(elapsed), 1e-3);
  absl::StrAppend(&text, ", ", WithSeparators(progress.items), " statements, ",
                  WithSeparators(static_cast<uint64_t>(static_cast<double>(progress.items) / seconds)), " a second");
  if (progress.errors > 0) absl::StrAppend(&text, ", ", WithSeparators(progress.errors), " rejected");
  if (share > 0.01 && share < 1 && in_stage >= kTelling) {
    absl::StrAppend(&text, ", ", ShortDuration(in_stage * ((1 - share) / share)), " left");
  }
  return text;
}

}  // namespace dossier
