// A line of input edited at the prompt (libedit), with completion by Tab and history over sessions.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "query/result/completion.h"

namespace dossier {

class LineEditor {
 public:
  enum class Outcome { kLine, kInterrupted, kEnd };

  // What could stand at `offset` of a line; called when Tab is pressed.
  using CompleteFunction = std::function<std::vector<Completion>(absl::string_view line, size_t offset)>;

  // `history_path` is read and written (shell/history_file.h); empty for none.
  LineEditor(const std::string& history_path, CompleteFunction complete);
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;
  ~LineEditor();

  // Reads a line (without its end). kInterrupted after Ctrl-C, kEnd after Ctrl-D in an empty line.
  Outcome Read(const std::string& prompt, std::string* line);

  // Remembers a statement, as one line; one that was there before moves to the end.
  void AddToHistory(absl::string_view statement);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dossier
