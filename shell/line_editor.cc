#include "shell/line_editor.h"

#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <utility>

#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"
#include "shell/completer.h"
#include "shell/history_file.h"
#include "shell/interrupt.h"
#include "shell/terminal.h"

namespace dossier {
namespace {

constexpr size_t kRowsKept = 4;  // Of the screen, for the prompt and what stands above it, when completions are shown.

// Waits for a byte of standard input or a signal, whichever thread that comes to. A signal between a look at the flags
// and a plain read() would be slept through. True when there is input (or its end).
bool WaitForInput() {
  std::array<pollfd, 2> inputs = {{{STDIN_FILENO, POLLIN, 0}, {WakeDescriptor(), POLLIN, 0}}};
  if (poll(inputs.data(), inputs.size(), -1) <= 0) return false;
  std::array<char, 64> bytes{};
  while (inputs[1].revents != 0 && read(WakeDescriptor(), bytes.data(), bytes.size()) > 0) {
  }
  return inputs[0].revents != 0;
}

// Reads one character for libedit: its own way would swallow the first interrupt.
int ReadCharacter(EditLine* editor, wchar_t* character) {
  std::mbstate_t state{};
  while (true) {
    const bool has_input = WaitForInput();
    if (TakeInterrupt()) {
      errno = EINTR;
      return -1;
    }
    if (TakeResize()) el_resize(editor);
    if (TakeContinue()) {
      el_set(editor, EL_PREP_TERM, 1);
      el_set(editor, EL_REFRESH);
    }
    if (!has_input) continue;
    char byte = 0;
    const ssize_t count = read(STDIN_FILENO, &byte, 1);
    if (count == 0) return 0;
    if (count < 0) {
      if (errno != EINTR) return -1;
      continue;
    }
    const size_t used = std::mbrtowc(character, &byte, 1, &state);
    if (used == static_cast<size_t>(-2)) continue;  // More bytes to come.
    if (used == static_cast<size_t>(-1)) {
      state = {};
      continue;
    }
    return 1;
  }
}

}  // namespace

struct LineEditor::State {
  EditLine* editor = nullptr;
  History* history = nullptr;
  std::string history_path;
  std::string prompt;
  CompleteFunction complete;

  static State* Of(EditLine* editor) {
    void* state = nullptr;
    el_get(editor, EL_CLIENTDATA, &state);
    return static_cast<State*>(state);
  }
  static char* Prompt(EditLine* editor) { return Of(editor)->prompt.data(); }

  // What Tab does: inserts what is sure, and shows the rest when there is a choice.
  static unsigned char OnTab(EditLine* editor, int) {
    const LineInfo* const info = el_line(editor);
    const absl::string_view line(info->buffer, static_cast<size_t>(info->lastchar - info->buffer));
    const auto cursor = static_cast<size_t>(info->cursor - info->buffer);
    const std::vector<Completion> completions = Of(editor)->complete(line, cursor);
    if (completions.empty()) return CC_ERROR;
    const std::string typed(line.substr(0, cursor));
    const Insertion insertion = CommonInsertion(typed, completions);
    if (!insertion.text.empty()) {
      const size_t replaced = CountCodePoints(absl::string_view(typed).substr(insertion.begin));
      if (replaced > 0) el_deletestr(editor, static_cast<int>(replaced));
      el_insertstr(editor, insertion.text.c_str());
      return CC_REFRESH;
    }
    const size_t rows = TerminalHeight(STDOUT_FILENO);
    std::fputs("\n", stdout);
    std::fputs(
        CompletionList(completions, TerminalWidth(STDOUT_FILENO), rows > kRowsKept ? rows - kRowsKept : 0).c_str(),
        stdout);
    std::fflush(stdout);
    return CC_REDISPLAY;
  }

  void Enter(const std::string& line) const {
    HistEvent event;
    // What is there already moves to the end.
    for (int more = ::history(history, &event, H_FIRST); more != -1; more = ::history(history, &event, H_NEXT)) {
      if (line != event.str) continue;
      ::history(history, &event, H_DEL, event.num);
      break;
    }
    ::history(history, &event, H_ENTER, line.c_str());
  }
};

LineEditor::LineEditor(const std::string& history_path, CompleteFunction complete) : state_(std::make_unique<State>()) {
  std::setlocale(LC_CTYPE, "");
  if (MB_CUR_MAX == 1) std::setlocale(LC_CTYPE, "C.UTF-8");
  state_->history_path = history_path;
  state_->complete = std::move(complete);
  state_->editor = el_init("dossier", stdin, stdout, stderr);
  state_->history = history_init();
  HistEvent event;
  history(state_->history, &event, H_SETSIZE, static_cast<int>(kMaximumHistory));
  for (const std::string& line : ReadHistory(history_path)) state_->Enter(line);
  el_set(state_->editor, EL_CLIENTDATA, state_.get());
  el_set(state_->editor, EL_PROMPT, &State::Prompt);
  el_set(state_->editor, EL_EDITOR, "emacs");
  el_set(state_->editor, EL_HIST, &history, state_->history);
  el_set(state_->editor, EL_GETCFN, &ReadCharacter);
  el_set(state_->editor, EL_ADDFN, "dossier-complete", "Offers what could stand here", &State::OnTab);
  el_set(state_->editor, EL_BIND, "^I", "dossier-complete", nullptr);
  el_set(state_->editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_source(state_->editor, nullptr);  // ~/.editrc
}

LineEditor::~LineEditor() {
  el_end(state_->editor);
  history_end(state_->history);
}

LineEditor::Outcome LineEditor::Read(const std::string& prompt, std::string* line) {
  state_->prompt = prompt;
  (void)TakeInterrupt();
  // By itself libedit would show the prompt first, and a Ctrl-D that comes at once would be the terminal's.
  el_set(state_->editor, EL_PREP_TERM, 1);
  int count = 0;
  errno = 0;
  const char* text = el_gets(state_->editor, &count);
  if (text == nullptr || count <= 0) {
    const bool was_interrupted = count < 0 && errno == EINTR;
    el_reset(state_->editor);
    std::fputs(was_interrupted ? "^C\n" : "\n", stdout);
    std::fflush(stdout);
    return was_interrupted ? Outcome::kInterrupted : Outcome::kEnd;
  }
  *line = std::string(absl::StripSuffix(absl::string_view(text, static_cast<size_t>(count)), "\n"));
  return Outcome::kLine;
}

void LineEditor::AddToHistory(absl::string_view statement) {
  const std::string line = absl::StrReplaceAll(statement, {{"\n", " "}});
  state_->Enter(line);
  AppendHistory(state_->history_path, line);
}

}  // namespace dossier
