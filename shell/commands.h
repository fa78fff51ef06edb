// The commands of the command line.
#pragma once

#include "shell/command_line.h"
#include "shell/exit_code.h"

namespace dossier {

// Carries out what the command line asks for.
ExitCode RunCommand(const CommandLine& line);

}  // namespace dossier
