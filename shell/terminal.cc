#include "shell/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "shell/environment.h"

namespace dossier {

bool IsTerminal(int descriptor) { return isatty(descriptor) == 1; }

size_t TerminalWidth(int descriptor) {
  size_t columns = 0;
  if (absl::SimpleAtoi(Environment("COLUMNS"), &columns) && columns > 0) return columns;
  winsize size{};
  if (!IsTerminal(descriptor) || ioctl(descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

size_t TerminalHeight(int descriptor) {
  winsize size{};
  return IsTerminal(descriptor) && ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool MayUseColor(int descriptor) {
  return IsTerminal(descriptor) && Environment("NO_COLOR").empty() && Environment("TERM") != "dumb";
}

bool HasInput(int descriptor) {
  // The rest of what was pasted follows at once.
  constexpr int kMilliseconds = 20;
  pollfd input{descriptor, POLLIN, 0};
  return poll(&input, 1, kMilliseconds) > 0;
}

void ReserveStandardDescriptors() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    // The lowest free number is taken, which is this one. Standard input becomes writable only, the others readable
    // only: using them is an error, as it would be without us.
    (void)open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace dossier
