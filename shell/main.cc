// The program `dossier`.
#ifdef DOSSIER_TCMALLOC
#include <gperftools/malloc_extension.h>
#endif

#include <algorithm>
#include <iostream>
#include <string_view>
#include <variant>

#include "base/lock_checks.h"
#include "shell/command_line.h"
#include "shell/commands.h"
#include "shell/interrupt.h"
#include "shell/terminal.h"

namespace {

// A load keeps to its budget of memory by freeing what one stage needed before the next begins; the allocator would
// keep that for later.
void GiveBackWhatALoadFrees([[maybe_unused]] int argc, [[maybe_unused]] char** argv) {
#ifdef DOSSIER_TCMALLOC
  const bool loads = std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "load"; });
  if (loads) MallocExtension::instance()->SetNumericProperty("tcmalloc.aggressive_memory_decommit", 1);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  GiveBackWhatALoadFrees(argc, argv);
  dossier::LeaveOutLockChecks();
  dossier::ReserveStandardDescriptors();
  dossier::InstallSignalHandlers();
  // Nothing here reads standard input by stdio as well: only the line editor does, and then nobody else.
  std::ios::sync_with_stdio(false);
  const std::variant<dossier::CommandLine, int> line = dossier::ParseCommandLine(argc, argv);
  if (const int* code = std::get_if<int>(&line)) return *code;
  return static_cast<int>(dossier::RunCommand(std::get<dossier::CommandLine>(line)));
}
