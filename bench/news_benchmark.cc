// How long questions take on a large store of claims: loads generated news (or opens the store that it left before),
// and asks questions of several kinds, each with other names and times, through a session as the shell does.
//
//   news_benchmark --claims 10000000 --directory news.dossier
//
// Printed per kind: the rows of the answers, how many answers are empty, and the median, 95th percentile and maximum of
// the milliseconds from the text of the question to its whole answer. Selective kinds with a time (a name, and a year
// or less) are held against a limit of 5 ms at the 95th percentile, each kind and, in the last line, all of them
// together. `what happened` has no such limit, as its answers have any size: there the milliseconds for each thousand
// rows should not grow with the store or the answer. Each kind is asked once through before it is measured; the first
// question of all, which reads the catalogue, is apart.
#include <algorithm>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "base/lock_checks.h"
#include "base/status_macros.h"
#include "bench/news_generator.h"
#include "database/database.h"
#include "database/session.h"
#include "rdf/reader.h"
#include "storage/store.h"

namespace dossier::bench {
namespace {

struct Options {
  NewsOptions news;
  std::string directory = "news.dossier";
  std::string vocabulary = "datasets/vocabulary.ttl";
  size_t memory_mib = 2048;
  size_t questions = 200;  // Of each kind.
  std::string only;        // One kind.
  bool windows = true;     // Ask what happened in times of several lengths.
};

// Of this process, all threads: what a question costs where other programs share the machine.
double ProcessorMilliseconds() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double MillisecondsSince(absl::Time start) { return absl::ToDoubleMilliseconds(absl::Now() - start); }

absl::Status LoadNews(const Options& options) {
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store, OpenStore(options.directory, {}));
  BulkLoadOptions load;
  load.memory_bytes = options.memory_mib << 20;
  uint64_t quads = 0;
  const absl::Time start = absl::Now();
  const auto source = [&](QuadSink sink) -> absl::Status {
    const auto count = [&](Quad&& quad) {
      ++quads;
      return sink(std::move(quad));
    };
    DOSSIER_RETURN_IF_ERROR(ReadRdfFile(options.vocabulary, {}, count));
    return GenerateNews(options.news, count);
  };
  DOSSIER_ASSIGN_OR_RETURN(const CommitSummary summary, store->BulkLoad(source, load));
  const double seconds = MillisecondsSince(start) / 1000;
  uint64_t bytes = 0;
  for (const auto& [part, size] : store->SizeByPart()) bytes += size;
  absl::PrintF("load: %d claims, %d quads, %d rows in %.1f s: %.0f quads/s; %.1f bytes/row\n", options.news.claims,
               quads, summary.added, seconds, static_cast<double>(quads) / seconds,
               static_cast<double>(bytes) / static_cast<double>(summary.added));
  return absl::OkStatus();
}

// Names and times for questions. People of small numbers are in the news most often.
class Chooser {
 public:
  explicit Chooser(uint64_t claims) : size_(SizeOfNews(claims)), random_(17) {}

  std::string Person() { return PersonName(Skewed(size_.people)); }
  std::string KnownPerson() { return PersonName(random_() % std::min<uint64_t>(size_.people, 100)); }
  std::string Country() { return CountryName(random_() % size_.countries); }
  std::string Organisation() { return OrganisationName(random_() % std::min<uint64_t>(size_.organisations, 100)); }
  std::string Year() { return absl::StrCat(2005 + random_() % 19); }
  std::string Month() {
    constexpr const char* kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
    return absl::StrCat(kMonths[random_() % 12], " ", Year());
  }

 private:
  uint64_t Skewed(uint64_t limit) { return random_() % (random_() % limit + 1); }

  const NewsSize size_;
  std::mt19937_64 random_;
};

// The questions of one kind. The selective ones name somebody and a time.
struct Kind {
  std::string name;
  bool selective;
  std::function<std::string(Chooser&)> question;
};

constexpr double kSelectiveMilliseconds = 5;  // At the 95th percentile.

std::vector<Kind> Kinds() {
  using absl::StrCat;
  return {
      {"who-in-year", true, [](Chooser& c) { return StrCat("who accompanied ", c.Person(), " in ", c.Year()); }},
      {"who-in-month", true, [](Chooser& c) { return StrCat("who met ", c.Person(), " in ", c.Month()); }},
      {"known-in-month", true, [](Chooser& c) { return StrCat("who met ", c.KnownPerson(), " in ", c.Month()); }},
      {"where-visited", true, [](Chooser& c) { return StrCat("where did ", c.Person(), " visit in ", c.Year()); }},
      {"where-met", true,
       [](Chooser& c) { return StrCat("where did ", c.KnownPerson(), " meet ", c.KnownPerson(), " in ", c.Year()); }},
      {"did-meet", true,
       [](Chooser& c) { return StrCat("did ", c.KnownPerson(), " meet ", c.KnownPerson(), " in ", c.Month()); }},
      {"did-visit", true,
       [](Chooser& c) { return StrCat("did ", c.KnownPerson(), " visit ", c.Country(), " in ", c.Year()); }},
      {"met-and-visited", true,
       [](Chooser& c) { return StrCat("who met ", c.KnownPerson(), " in ", c.Month(), " and visited ", c.Country()); }},
      {"met-in-country", true,
       [](Chooser& c) { return StrCat("who met ", c.KnownPerson(), " in ", c.Country(), " in ", c.Year()); }},
      {"accompanied-to", true,
       [](Chooser& c) { return StrCat("who accompanied ", c.KnownPerson(), " to ", c.Country(), " in ", c.Year()); }},
      {"empty", true, [](Chooser& c) { return StrCat("who met ", c.KnownPerson(), " in 1984"); }},
      {"empty-pair", true,
       [](Chooser& c) { return StrCat("where did ", c.Person(), " meet ", c.Person(), " in ", c.Month()); }},
      {"as-of", true, [](Chooser& c) { return StrCat("who met ", c.Person(), " in ", c.Year(), " as of 2015-06-30"); }},
      {"according-to", true,
       [](Chooser& c) {
         return StrCat("who met ", c.KnownPerson(), " in ", c.Year(), " according to ", c.Organisation());
       }},
      {"known-in-year", false, [](Chooser& c) { return StrCat("who met ", c.KnownPerson(), " in ", c.Year()); }},
      {"how-many-times", false,
       [](Chooser& c) { return StrCat("how many times did ", c.Person(), " meet ", c.KnownPerson()); }},
      {"how-many-known", false,
       [](Chooser& c) { return StrCat("how many times did ", c.KnownPerson(), " meet ", c.KnownPerson()); }},
      {"describe", false, [](Chooser& c) { return StrCat("describe ", c.Person()); }},
  };
}

// What was measured of some questions.
struct Measured {
  std::vector<double> milliseconds;  // Ascending, once all are there.
  std::vector<double> processor;     // The same of processor time.
  size_t rows = 0;
  size_t empty = 0;
  size_t errors = 0;
  std::string error;
};

double At(const std::vector<double>& ascending, double part) {
  return ascending[static_cast<size_t>(part * static_cast<double>(ascending.size() - 1))];
}

void AskOne(const std::string& question, Session* session, Measured* measured) {
  const absl::Time start = absl::Now();
  const double processor = ProcessorMilliseconds();
  const absl::StatusOr<Answer> answer = session->Ask(question);
  measured->milliseconds.push_back(MillisecondsSince(start));
  measured->processor.push_back(ProcessorMilliseconds() - processor);
  if (answer.ok()) {
    measured->rows += answer->rows.size();
    measured->empty += answer->rows.empty() ? 1 : 0;
  } else {
    ++measured->errors;
    measured->error = absl::StrCat(question, ": ", answer.status().message());
  }
}

// Sorts what was measured, and prints it in one line; `selective` questions with whether they keep the limit.
void Print(absl::string_view name, bool selective, Measured* measured) {
  std::sort(measured->milliseconds.begin(), measured->milliseconds.end());
  std::sort(measured->processor.begin(), measured->processor.end());
  const auto asked = static_cast<double>(measured->milliseconds.size());
  const bool kept = At(measured->milliseconds, 0.95) < kSelectiveMilliseconds && measured->errors == 0;
  absl::PrintF(
      "%-16s %4.0f asked %8.1f rows each %4d empty  median %8.3f  p95 %8.3f  max %8.3f ms  processor median %d p95 "
      "%d us  %s\n",
      name, asked, static_cast<double>(measured->rows) / asked, measured->empty, At(measured->milliseconds, 0.5),
      At(measured->milliseconds, 0.95), measured->milliseconds.back(),
      static_cast<int64_t>(1000 * At(measured->processor, 0.5)),
      static_cast<int64_t>(1000 * At(measured->processor, 0.95)),
      !selective ? ""
      : kept     ? "pass"
                 : "FAIL");
  if (measured->errors > 0) absl::PrintF("  %d errors, the last: %s\n", measured->errors, measured->error);
}

void Add(const Measured& measured, Measured* all) {
  all->milliseconds.insert(all->milliseconds.end(), measured.milliseconds.begin(), measured.milliseconds.end());
  all->processor.insert(all->processor.end(), measured.processor.begin(), measured.processor.end());
  all->rows += measured.rows;
  all->empty += measured.empty;
  all->errors += measured.errors;
  if (measured.errors > 0) all->error = measured.error;
}

Measured Ask(const Options& options, const Kind& kind, Session* session) {
  Measured measured;
  for (const bool warm : {false, true}) {
    Chooser chooser(options.news.claims);
    measured = Measured();
    for (size_t i = 0; i < options.questions; ++i) {
      AskOne(kind.question(chooser), session, &measured);
      // The slow kinds are asked less often.
      if (i >= 4 && measured.milliseconds.back() > 500) break;
    }
    if (!warm && options.questions > 0 && measured.milliseconds.back() > 500) break;
  }
  Print(kind.name, kind.selective, &measured);
  return measured;
}

// What happened in times of several lengths: the cost of each thousand rows.
void AskWindows(Session* session) {
  for (const std::string time : {"on 12 September 2023", "between 4 September 2023 and 10 September 2023",
                                 "in September 2013", "in September 2023", "between July 2023 and September 2023"}) {
    Measured measured;
    const std::string question = absl::StrCat("what happened ", time);
    for (int i = 0; i < 3; ++i) AskOne(question, session, &measured);
    std::sort(measured.milliseconds.begin(), measured.milliseconds.end());
    std::sort(measured.processor.begin(), measured.processor.end());
    const double rows = static_cast<double>(measured.rows) / 3;
    absl::PrintF("%-60s %9.0f rows %10.1f ms; for each thousand rows %8.2f ms, %8.2f ms of processor time\n", question,
                 rows, At(measured.milliseconds, 0.5), At(measured.milliseconds, 0.5) / std::max(1.0, rows) * 1000,
                 At(measured.processor, 0.5) / std::max(1.0, rows) * 1000);
    if (measured.errors > 0) absl::PrintF("  %d errors, the last: %s\n", measured.errors, measured.error);
  }
}

absl::Status Run(const Options& options) {
  if (!std::filesystem::exists(options.directory)) DOSSIER_RETURN_IF_ERROR(LoadNews(options));
  absl::Time start = absl::Now();
  DatabaseOptions open;
  open.create_if_missing = false;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options.directory, open));
  absl::PrintF("open: %.0f ms\n", MillisecondsSince(start));
  start = absl::Now();
  DOSSIER_RETURN_IF_ERROR(database->GetCatalogue(database->GetSnapshot()).status());
  absl::PrintF("catalogue: %.0f ms\n", MillisecondsSince(start));
  if (options.questions == 0) return absl::OkStatus();
  Session session(database.get());
  Measured selective;
  for (const Kind& kind : Kinds()) {
    if (!options.only.empty() && options.only != kind.name) continue;
    const Measured measured = Ask(options, kind, &session);
    if (kind.selective) Add(measured, &selective);
  }
  if (options.windows && (options.only.empty() || options.only == "windows")) AskWindows(&session);
  if (!selective.milliseconds.empty()) Print("all selective", true, &selective);
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::LeaveOutLockChecks();
  dossier::bench::Options options;
  CLI::App app("How long questions take on a large store of claims");
  app.add_option("--claims", options.news.claims, "how many the generated news have")->capture_default_str();
  app.add_option("--seed", options.news.seed, "which news")->capture_default_str();
  app.add_option("--directory", options.directory, "the store; made when it is not there")->capture_default_str();
  app.add_option("--vocabulary", options.vocabulary, "Dossier's vocabulary")->capture_default_str();
  app.add_option("--memory", options.memory_mib, "MiB for the load")->capture_default_str();
  app.add_option("--questions", options.questions, "how many of each kind; 0: only the store is made")
      ->capture_default_str();
  app.add_option("--only", options.only, "one kind of question; windows: only what happened");
  app.add_flag("!--no-windows", options.windows, "do not ask what happened");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Run(options);
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
