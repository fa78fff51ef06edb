// Where the store is when the user does not say.
#pragma once

#include <string>

namespace dossier {

// `option` (of --store) when it is not empty; else the environment's DOSSIER_STORE; else, for a program inside its
// build tree, the sample store beside that tree (build/sample-store, made by scripts/start); else
// ~/.local/share/dossier/store (or XDG_DATA_HOME's).
std::string LocateStore(const std::string& option);

// The file that keeps the shell's history: dossier/history in XDG_STATE_HOME or ~/.local/state. Empty when there is no
// home directory.
std::string HistoryPath();

// The statements with which the shell begins (need not exist); empty where there is no home for it.
std::string RcPath();

}  // namespace dossier
