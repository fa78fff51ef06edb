// Ctrl-C (SIGINT), and SIGTERM likewise: cancels what is running. Where nothing can be cancelled the program ends with
// exit code 130; the shell's prompt only drops the line.
#pragma once

#include "base/cancellation.h"

namespace dossier {

// Installs the handlers, and ignores SIGPIPE. Once, at the start of the program.
void InstallSignalHandlers();

// While it lives an interrupt cancels `target`.
class InterruptScope {
 public:
  explicit InterruptScope(Cancellation* target);
  InterruptScope(const InterruptScope&) = delete;
  InterruptScope& operator=(const InterruptScope&) = delete;
  ~InterruptScope();

 private:
  Cancellation* const before_;
};

// While it lives an interrupt is only noted, for TakeInterrupt() to see: for the prompt.
class PromptScope {
 public:
  PromptScope();
  PromptScope(const PromptScope&) = delete;
  PromptScope& operator=(const PromptScope&) = delete;
  ~PromptScope();
};

// Becomes readable with every signal above, whichever thread it came to: to be polled along with what is waited for.
int WakeDescriptor();

// Whether there was an interrupt, the window changed its size, or the program was continued after a stop, since the
// last call.
bool TakeInterrupt();
bool TakeResize();
bool TakeContinue();

}  // namespace dossier
