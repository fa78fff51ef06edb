// What long work tells whoever is watching.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace dossier {

struct Progress {
  std::string stage;         // "parsing", "sorting", "writing", ...
  uint64_t bytes_done = 0;   // Of the input, where that is known.
  uint64_t bytes_total = 0;  // 0 when unknown.
  uint64_t items = 0;        // Statements, articles.
  uint64_t errors = 0;       // Lines rejected so far.
};

// Called from the working thread, at most a few times a second; must return quickly. May be empty.
using ProgressCallback = std::function<void(const Progress&)>;

}  // namespace dossier
