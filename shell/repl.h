// The shell at a terminal: prompt, statement, answer, until the user leaves.
#pragma once

#include "shell/exit_code.h"
#include "shell/printer.h"
#include "shell/store_access.h"

namespace dossier {

// Ctrl-C drops the line that is being typed, or ends the statement that is running; `quit` and Ctrl-D leave.
// Statements that fail do not end it, and it is kDone then too.
ExitCode RunRepl(StoreAccess* store, Printer* printer);

}  // namespace dossier
