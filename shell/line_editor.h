// A line of input edited at the prompt (libedit), with history over sessions.
#pragma once

#include <memory>
#include <string>

#include "absl/strings/string_view.h"

namespace dossier {

class LineEditor {
 public:
  enum class Outcome { kLine, kInterrupted, kEnd };

  // `history_path` is read and written; empty for none. What cannot be read or written is passed over: history is a
  // convenience.
  explicit LineEditor(const std::string& history_path);
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;
  ~LineEditor();

  // Reads a line (without its end). kInterrupted after Ctrl-C, kEnd after Ctrl-D in an empty line.
  Outcome Read(const std::string& prompt, std::string* line);

  // Remembers a statement, as one line.
  void AddToHistory(absl::string_view statement);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dossier
