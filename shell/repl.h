// The shell at a terminal: prompt, statement, answer, until the user leaves.
#pragma once

#include <string>

#include "shell/exit_code.h"
#include "shell/printer.h"
#include "shell/store_access.h"

namespace dossier {

// Ctrl-C drops the line that is being typed, or ends the statement that is running; `quit` and Ctrl-D leave.
// Statements that fail do not end it, and it is kDone then too. Begins with the statements of the file `rc_path`, if it
// is there; none with an empty path.
ExitCode RunRepl(StoreAccess* store, Printer* printer, const std::string& rc_path);

}  // namespace dossier
