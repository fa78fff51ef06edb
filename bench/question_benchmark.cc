// How long questions take on a store that is warm, and where their time goes: asks every question of some files through
// one session, as the shell does.
//
//   question_benchmark --store build/sample-store tests/questions/further.tsv my-questions.txt
//
// A file is a table (tab-separated, with a header, one of its columns "question"), or has one question on each line;
// lines that begin with # are left out. Every question is asked once to warm up and then --runs times; its time is the
// median of these, from the text to the whole answer, all rows included (the first one is there no sooner). Printed:
// median, 95th percentile and maximum over the questions; the mean of each stage of them; the slowest ones.
#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/lock_checks.h"
#include "base/status_macros.h"
#include "database/database.h"
#include "database/session.h"
#include "query/stage_times.h"

namespace dossier::bench {
namespace {

struct Options {
  std::string store;
  std::vector<std::string> files;
  size_t runs = 11;
  size_t slowest = 10;
};

struct Timing {
  std::string question;
  double milliseconds = 0;
  StageTimes stages;  // Of all runs.
  bool error = false;
};

absl::StatusOr<std::vector<std::string>> ReadQuestions(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::NotFoundError(absl::StrCat(path, ": cannot be read"));
  std::vector<std::string> questions;
  std::string line;
  size_t column = 0;
  bool table = false;
  for (bool first = true; std::getline(file, line); first = false) {
    if (absl::StripAsciiWhitespace(line).empty() || absl::StartsWith(line, "#")) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    if (first && cells.size() > 1) {
      column = static_cast<size_t>(std::find(cells.begin(), cells.end(), "question") - cells.begin());
      if (column == cells.size()) return absl::InvalidArgumentError(absl::StrCat(path, ": no column \"question\""));
      table = true;
      continue;
    }
    if (!table) questions.push_back(line);
    if (table && column < cells.size()) questions.push_back(cells[column]);
  }
  return questions;
}

Timing TimeQuestion(const std::string& question, size_t runs, Session* session) {
  Timing timing{question, 0, {}, false};
  session->settings().stages = nullptr;
  timing.error = !session->Ask(question).ok();
  session->settings().stages = &timing.stages;
  std::vector<double> times;
  for (size_t run = 0; run < runs; ++run) {
    const absl::Time begin = absl::Now();
    const absl::StatusOr<Answer> answer = session->Ask(question);
    times.push_back(absl::ToDoubleMilliseconds(absl::Now() - begin));
  }
  std::sort(times.begin(), times.end());
  timing.milliseconds = times[times.size() / 2];
  return timing;
}

std::string ShowStages(const std::vector<const Timing*>& timings, size_t runs) {
  using Stage = absl::Duration StageTimes::*;
  const std::pair<const char*, Stage> stages[] = {
      {"parse", &StageTimes::parse}, {"read", &StageTimes::read},       {"bind", &StageTimes::bind},
      {"plan", &StageTimes::plan},   {"execute", &StageTimes::execute}, {"claims", &StageTimes::claims},
      {"notes", &StageTimes::notes},
  };
  std::string text;
  for (const auto& [name, stage] : stages) {
    absl::Duration sum;
    for (const Timing* timing : timings) sum += timing->stages.*stage;
    absl::StrAppendFormat(&text, "  %s %.3f", name,
                          absl::ToDoubleMilliseconds(sum) / static_cast<double>(runs * timings.size()));
  }
  return text;
}

void Print(const std::string& title, const std::vector<Timing>& timings, const Options& options) {
  std::vector<const Timing*> sorted;
  size_t errors = 0;
  for (const Timing& timing : timings) {
    sorted.push_back(&timing);
    errors += timing.error ? 1 : 0;
  }
  if (sorted.empty()) return;
  std::sort(sorted.begin(), sorted.end(),
            [](const Timing* a, const Timing* b) { return a->milliseconds > b->milliseconds; });
  const auto at = [&](double part) {
    return sorted[static_cast<size_t>((1 - part) * static_cast<double>(sorted.size() - 1))]->milliseconds;
  };
  absl::PrintF("%s: %d questions, %d of them errors; median %.3f ms  p95 %.3f ms  max %.3f ms\n", title, sorted.size(),
               errors, at(0.5), at(0.95), at(1));
  absl::PrintF("  mean of each stage in ms:%s\n", ShowStages(sorted, options.runs));
  for (size_t i = 0; i < std::min(options.slowest, sorted.size()); ++i) {
    absl::PrintF("  %9.3f ms  %s\n             %s\n", sorted[i]->milliseconds, sorted[i]->question,
                 ShowStages({sorted[i]}, options.runs));
  }
}

absl::Status Run(const Options& options) {
  DatabaseOptions open;
  open.create_if_missing = false;
  open.read_only = true;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options.store, open));
  Session session(database.get());
  std::vector<Timing> all;
  for (const std::string& path : options.files) {
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<std::string> questions, ReadQuestions(path));
    std::vector<Timing> timings;
    for (const std::string& question : questions) timings.push_back(TimeQuestion(question, options.runs, &session));
    Print(path, timings, options);
    all.insert(all.end(), timings.begin(), timings.end());
  }
  if (options.files.size() > 1) Print("all", all, options);
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::LeaveOutLockChecks();
  dossier::bench::Options options;
  CLI::App app("How long questions take on a warm store, and where their time goes");
  app.add_option("--store", options.store, "the store")->required();
  app.add_option("--runs", options.runs, "how often each question is timed")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--slowest", options.slowest, "how many questions are shown")->capture_default_str();
  app.add_option("files", options.files, "tables or lists of questions")->required();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Run(options);
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
