// The statements of earlier sessions, one a line in a file that only its owner can read. What cannot be read or written
// is passed over: history is a convenience.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace dossier {

inline constexpr size_t kMaximumHistory = 2000;  // Statements.

// The newest statements, each once, the oldest first. A file that has grown far beyond them is written anew.
std::vector<std::string> ReadHistory(const std::string& path);

// Adds a statement (one line) at the end, so that shells at the same time do not lose each other's.
void AppendHistory(const std::string& path, absl::string_view line);

}  // namespace dossier
