// `dossier export`.
#pragma once

#include "shell/command_line.h"
#include "shell/exit_code.h"
#include "shell/output.h"
#include "shell/store_access.h"

namespace dossier {

// Writes the store to `line.file`, which appears only when it is whole, or to `output`.
ExitCode ExportStore(const CommandLine& line, StoreAccess* store, Output* output);

}  // namespace dossier
