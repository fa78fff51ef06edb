// How long questions take on a large store of claims: loads generated news (or opens the store that it left before),
// and asks questions of several kinds, each with other names and times, through a session as the shell does.
//
//   news_benchmark --claims 10000000 --directory news.dossier
//
// Printed per kind: the rows of the answers, and the median, 95th percentile and maximum of the milliseconds from the
// text of the question to its whole answer. The first question of all, which reads the catalogue, is apart.
#include <algorithm>
#include <cstdint>
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
#include "absl/time/clock.h"
#include "absl/time/time.h"
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
};

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

struct Kind {
  std::string name;
  std::function<std::string(Chooser&)> question;
};

std::vector<Kind> Kinds() {
  return {
      {"who-in-year", [](Chooser& c) { return absl::StrCat("who accompanied ", c.Person(), " in ", c.Year()); }},
      {"who-in-month", [](Chooser& c) { return absl::StrCat("who met ", c.Person(), " in ", c.Month()); }},
      {"known-in-month", [](Chooser& c) { return absl::StrCat("who met ", c.KnownPerson(), " in ", c.Month()); }},
      {"where-in-month", [](Chooser& c) { return absl::StrCat("where was ", c.KnownPerson(), " in ", c.Month()); }},
      {"visited-country",
       [](Chooser& c) { return absl::StrCat("did ", c.KnownPerson(), " visit ", c.Country(), " in ", c.Year()); }},
      {"met-and-visited",
       [](Chooser& c) {
         return absl::StrCat("who met ", c.KnownPerson(), " in ", c.Month(), " and visited ", c.Country());
       }},
      {"as-of", [](Chooser& c) { return absl::StrCat("who met ", c.Person(), " in ", c.Year(), " as of 2015-06-30"); }},
      {"how-many-times",
       [](Chooser& c) { return absl::StrCat("how many times did ", c.Person(), " meet ", c.KnownPerson()); }},
      {"describe", [](Chooser& c) { return absl::StrCat("describe ", c.Person()); }},
      {"happened-on-day", [](Chooser&) { return std::string("what happened on 12 September 2023"); }},
      {"happened-in-month", [](Chooser&) { return std::string("what happened in September 2023"); }},
  };
}

void Ask(const Options& options, const Kind& kind, Session* session) {
  Chooser chooser(options.news.claims);
  std::vector<double> times;
  size_t rows = 0;
  size_t errors = 0;
  std::string error;
  for (size_t i = 0; i < options.questions; ++i) {
    const std::string question = kind.question(chooser);
    const absl::Time start = absl::Now();
    const absl::StatusOr<Answer> answer = session->Ask(question);
    times.push_back(MillisecondsSince(start));
    if (answer.ok()) {
      rows += answer->rows.size();
    } else {
      ++errors;
      error = absl::StrCat(question, ": ", answer.status().message());
    }
    // The slow kinds are asked less often.
    if (i >= 4 && times.back() > 500) break;
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double part) { return times[static_cast<size_t>(part * static_cast<double>(times.size() - 1))]; };
  absl::PrintF("%-18s %5d asked %10.1f rows each  median %9.3f ms  p95 %9.3f ms  max %9.3f ms\n", kind.name,
               times.size(), static_cast<double>(rows) / static_cast<double>(times.size()), at(0.5), at(0.95),
               times.back());
  if (errors > 0) absl::PrintF("  %d errors, the last: %s\n", errors, error);
}

absl::Status Run(const Options& options) {
  if (!std::filesystem::exists(options.directory)) DOSSIER_RETURN_IF_ERROR(LoadNews(options));
  absl::Time start = absl::Now();
  DatabaseOptions open;
  open.create_if_missing = false;
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options.directory, open));
  absl::PrintF("open: %.0f ms\n", MillisecondsSince(start));
  start = absl::Now();
  DOSSIER_RETURN_IF_ERROR(database->GetCatalogue(*database->GetSnapshot()).status());
  absl::PrintF("catalogue: %.0f ms\n", MillisecondsSince(start));
  Session session(database.get());
  for (const Kind& kind : Kinds()) {
    if (options.only.empty() || options.only == kind.name) Ask(options, kind, &session);
  }
  return absl::OkStatus();
}

}  // namespace
}  // namespace dossier::bench

int main(int argc, char** argv) {
  dossier::bench::Options options;
  CLI::App app("How long questions take on a large store of claims");
  app.add_option("--claims", options.news.claims, "how many the generated news have")->capture_default_str();
  app.add_option("--seed", options.news.seed, "which news")->capture_default_str();
  app.add_option("--directory", options.directory, "the store; made when it is not there")->capture_default_str();
  app.add_option("--vocabulary", options.vocabulary, "Dossier's vocabulary")->capture_default_str();
  app.add_option("--memory", options.memory_mib, "MiB for the load")->capture_default_str();
  app.add_option("--questions", options.questions, "how many of each kind")->capture_default_str();
  app.add_option("--only", options.only, "one kind of question");
  CLI11_PARSE(app, argc, argv);
  const absl::Status status = dossier::bench::Run(options);
  if (!status.ok()) std::cerr << status.message() << "\n";
  return status.ok() ? 0 : 4;
}
