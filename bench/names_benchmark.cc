// What a user waits for before the first answer, and while typing, on a store of many names: opens the generated news
// that news_benchmark has left in a directory, asks, commits one claim, asks again, and completes at several cursors.
// Writes to the store: each run leaves one claim more.
//
//   names_benchmark --claims 10000000 --directory news.dossier
//
// Printed: milliseconds of opening, of the first question and of the same asked again, of the first question after a
// commit, of an unknown name with what is near it, and per cursor the median, 95th percentile and maximum. What the
// page cache holds is not touched: for figures of a cold disk drop it before.
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/status_macros.h"
#include "bench/news_generator.h"
#include "database/database.h"
#include "database/session.h"

namespace dossier::bench {
namespace {

struct Options {
  std::string directory = "news.dossier";
  uint64_t claims = 10'000'000;
  size_t tabs = 40;  // For each kind of cursor.
};

double MillisecondsSince(absl::Time start) { return absl::ToDoubleMilliseconds(absl::Now() - start); }

absl::Status AskAndPrint(absl::string_view what, const std::string& question, Session* session) {
  const absl::Time start = absl::Now();
  const absl::StatusOr<Answer> answer = session->Ask(question);
  absl::PrintF("%-34s %9.3f ms  (%s: %s)\n", what, MillisecondsSince(start), question,
               answer.ok() ? absl::StrCat(answer->rows.size(), " rows") : std::string(answer.status().message()));
  // An unknown name is what one of the questions is about.
  return answer.ok() || absl::IsNotFound(answer.status()) ? absl::OkStatus() : answer.status();
}

// Texts up to a cursor; `{person}` stands for the beginning of a person's name, another one each time.
constexpr absl::string_view kCursors[] = {
    "",
    "w",
    "who met ",
    "who met {person}",
    "who accompanied {person}",
    "which countries did {person}",
    "describe {person}",
    "who met Cefoba ",
    "who met Cefoba M",
    "who met someone in article ",
    "who met someone in article 12",
    "who visited x",
    "who met \"{person}",
};

absl::Status CompleteAndPrint(absl::string_view cursor, const Options& options, Session* session) {
  std::vector<double> times;
  size_t offered = 0;
  for (size_t i = 0; i < options.tabs; ++i) {
    // One letter of the name, then two, and so on.
    const std::string name = PersonName(i * 37 % SizeOfNews(options.claims).people);
    std::string text(cursor);
    const size_t place = text.find("{person}");
    if (place != std::string::npos) text = text.substr(0, place) + name.substr(0, 1 + i % 6);
    const absl::Time start = absl::Now();
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<Completion> found, session->Complete(text, text.size()));
    times.push_back(MillisecondsSince(start));
    offered += found.size();
  }
  const double first = times.front();
  std::sort(times.begin(), times.end());
  absl::PrintF("complete \"%s\": %.0f offered each, first %.3f ms  median %.3f ms  p95 %.3f ms  max %.3f ms\n", cursor,
               static_cast<double>(offered) / static_cast<double>(times.size()), first, times[times.size() / 2],
               times[times.size() * 95 / 100], times.back());
  return absl::OkStatus();
}

absl::Status Run(const Options& options) {
  absl::Time start = absl::Now();
  DatabaseOptions open;
  open.create_if_missing = false;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options.directory, open));
  absl::PrintF("%-34s %9.3f ms\n", "open", MillisecondsSince(start));
  Session session(database.get());
  const std::string person = PersonName(7);
  const std::string question = absl::StrCat("who met ", person, " in July 2017");
  DOSSIER_RETURN_IF_ERROR(AskAndPrint("first question", question, &session));
  DOSSIER_RETURN_IF_ERROR(AskAndPrint("the same again", question, &session));
  start = absl::Now();
  DOSSIER_RETURN_IF_ERROR(session
                              .Run(absl::StrCat("assert ", person, " met ", PersonName(8), " on 2017-07-0",
                                                1 + absl::ToUnixNanos(start) % 9))
                              .status());
  absl::PrintF("%-34s %9.3f ms\n", "commit of a claim", MillisecondsSince(start));
  DOSSIER_RETURN_IF_ERROR(AskAndPrint("first question after the commit", question, &session));
  const std::string unknown = absl::StrCat("who met ", person.substr(0, person.size() - 1), "q in 2017");
  DOSSIER_RETURN_IF_ERROR(AskAndPrint("an unknown name", unknown, &session));
  for (const absl::string_view cursor : kCursors) {
    DOSSIER_RETURN_IF_ERROR(CompleteAndPrint(cursor, options, &session));
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::bench::Options options;
  CLI::App app("How long the first answer and completion take on a store of many names");
  app.add_option("--claims", options.claims, "how many the generated news have")->capture_default_str();
  app.add_option("--directory", options.directory, "the store that news_benchmark made")->capture_default_str();
  app.add_option("--tabs", options.tabs, "how often each cursor is completed")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Run(options);
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
