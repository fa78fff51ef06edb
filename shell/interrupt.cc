#include "shell/interrupt.h"

#include <unistd.h>

#include <array>
#include <atomic>
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

void OnSignal(int signal) {
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

bool TakeInterrupt() { return interrupted.exchange(false); }
bool TakeResize() { return resized.exchange(false); }
bool TakeContinue() { return continued.exchange(false); }

}  // namespace dossier
