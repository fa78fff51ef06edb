// What the program needs to know of the terminal that it talks to.
#pragma once

#include <cstddef>

namespace dossier {

// Whether `descriptor` (0, 1, 2) is a terminal.
bool IsTerminal(int descriptor);

// Columns of the terminal at `descriptor`: COLUMNS when that is set to a number, else what the terminal says; 0 when
// there is no terminal.
size_t TerminalWidth(int descriptor);

// Lines of the terminal at `descriptor`; 0 when there is none, or it does not tell.
size_t TerminalHeight(int descriptor);

// Colour is used on terminals, unless NO_COLOR is set to something or TERM is "dumb" (https://no-color.org).
bool MayUseColor(int descriptor);

// Whether something was typed, or pasted, that nobody has read yet.
bool HasInput(int descriptor);

// Opens what is closed of standard input, output and error, so that no file of the store gets their numbers. Writing to
// a standard output that was closed fails all the same.
void ReserveStandardDescriptors();

}  // namespace dossier
