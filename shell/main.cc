// The program `dossier`.
#include <iostream>
#include <variant>

#include "shell/command_line.h"
#include "shell/commands.h"
#include "shell/interrupt.h"
#include "shell/terminal.h"

int main(int argc, char** argv) {
  dossier::ReserveStandardDescriptors();
  dossier::InstallSignalHandlers();
  // Nothing here reads standard input by stdio as well: only the line editor does, and then nobody else.
  std::ios::sync_with_stdio(false);
  const std::variant<dossier::CommandLine, int> line = dossier::ParseCommandLine(argc, argv);
  if (const int* code = std::get_if<int>(&line)) return *code;
  return static_cast<int>(dossier::RunCommand(std::get<dossier::CommandLine>(line)));
}
