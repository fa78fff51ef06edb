#include "shell/interrupt.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "shell/exit_code.h"

namespace dossier {
namespace {

// Signal handlers see nothing but static storage.
std::atomic<Cancellation*> current_target{nullptr};
std::atomic<bool> at_prompt{false};
std::atomic<bool> interrupted{false};
std::atomic<bool> resized{false};
std::atomic<bool> continued{false};

std::array<int, 2> wake_pipe = {-1, -1};

void OnSignal(int signal) {
  const int error = errno;
  (void)!write(wake_pipe[1], "", 1);  // When the pipe is full it is readable all the more.
  errno = error;
  if (signal == SIGWINCH) {
    resized = true;
    return;
  }
  if (signal == SIGCONT) {
    continued = true;
    return;
  }
  interrupted = true;
  if (Cancellation* target = current_target.load(); target != nullptr) {
    target->Cancel();
  } else if (!at_prompt.load() || signal == SIGTERM) {
    _exit(static_cast<int>(ExitCode::kCancelled));
  }
}

}  // namespace

void InstallSignalHandlers() {
  (void)!pipe2(wake_pipe.data(), O_NONBLOCK | O_CLOEXEC);
  for (const int signal : std::array{SIGINT, SIGTERM, SIGWINCH, SIGCONT}) {
    struct sigaction action {};
    action.sa_handler = &OnSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;  // No SA_RESTART: the prompt has to wake up.
    sigaction(signal, &action, nullptr);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

InterruptScope::InterruptScope(Cancellation* target) : before_(current_target.exchange(target)) {}
InterruptScope::~InterruptScope() { current_target = before_; }

PromptScope::PromptScope() { at_prompt = true; }
PromptScope::~PromptScope() { at_prompt = false; }

int WakeDescriptor() { return wake_pipe[0]; }

bool TakeInterrupt() { return interrupted.exchange(false); }
bool TakeResize() { return resized.exchange(false); }
bool TakeContinue() { return continued.exchange(false); }

}  // namespace dossier
