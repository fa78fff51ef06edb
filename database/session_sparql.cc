// What Session does with SPARQL.
#include <algorithm>
#include <thread>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "base/diagnostic.h"
#include "base/memory_budget.h"
#include "base/status_macros.h"
#include "database/input_files.h"
#include "database/session.h"
#include "query/query_context.h"
#include "query/result/graph_writer.h"
#include "query/sparql/complete.h"
#include "query/sparql/parser.h"
#include "query/sparql/sparql.h"
#include "rdf/characters.h"
#include "rdf/writer.h"

namespace dossier {
namespace {

using Form = sparql::ast::Query::Form;
using Prefixes = std::vector<std::pair<std::string, std::string>>;

// Whether `name:` stands in `text` as the begin of a name.
bool MentionsPrefix(absl::string_view text, absl::string_view name) {
  const std::string written = absl::StrCat(name, ":");
  for (size_t at = text.find(written); at != absl::string_view::npos; at = text.find(written, at + 1)) {
    if (at == 0 || !(IsNameCharacter(static_cast<unsigned char>(text[at - 1])) || text[at - 1] == ':')) return true;
  }
  return false;
}

// The prefixes that `text` may mean though nobody declared them.
Prefixes AssumedPrefixes(absl::string_view text, const sparql::Prologue& prologue) {
  Prefixes assumed;
  for (auto& [name, iri] : CommonPrefixes()) {
    if (!prologue.Has(name) && MentionsPrefix(text, name)) assumed.emplace_back(name, iri);
  }
  return assumed;
}

std::string AssumptionNote(const Prefixes& assumed) {
  return absl::StrCat("took as declared: ", absl::StrJoin(assumed, ", ", [](std::string* text, const auto& prefix) {
                        absl::StrAppend(text, "PREFIX ", prefix.first, ": <", prefix.second, ">");
                      }));
}

// The first ones of a name win.
void AddPrefixes(const Prefixes& more, Prefixes* prefixes) {
  sparql::Prologue all{"", std::move(*prefixes)};
  for (const auto& [name, iri] : more) {
    if (!all.Has(name)) all.Declare(name, iri);
  }
  *prefixes = std::move(all.prefixes);
}

// With the current folder as base where there is none.
absl::StatusOr<sparql::Prologue> InForce(sparql::Prologue prologue) {
  if (!prologue.base.empty()) return prologue;
  DOSSIER_ASSIGN_OR_RETURN(const std::string folder, AbsoluteFileIri("."));
  prologue.base = absl::StrCat(folder, absl::EndsWith(folder, "/") ? "" : "/");
  return prologue;
}

absl::Status WrongFormat(Form form) {
  const bool rows = form == Form::kSelect || form == Form::kAsk;
  return absl::InvalidArgumentError(
      rows ? "SELECT and ASK give rows, which a format of RDF does not hold: use table, json, xml, csv or tsv"
           : "CONSTRUCT and DESCRIBE give triples, which a format of rows does not hold: use turtle, trig or ntriples");
}

}  // namespace

size_t DefaultThreads() {
  constexpr size_t kOfUse = 2;
  return std::clamp<size_t>(std::thread::hardware_concurrency(), 1, kOfUse);
}

sparql::StatementForm Recognize(absl::string_view statement, const SessionSettings& settings) {
  const sparql::Prologue common{"", CommonPrefixes()};
  return sparql::RecognizeStatement(
      statement, [&](absl::string_view name) { return settings.prologue.Has(name) || common.Has(name); });
}

absl::Status Declare(absl::string_view declarations, SessionSettings* settings) {
  DOSSIER_ASSIGN_OR_RETURN(sparql::Prologue prologue, InForce(settings->prologue));
  DOSSIER_RETURN_IF_ERROR(sparql::ParseUpdate(declarations, prologue.base).status());
  const std::string base = prologue.base;
  sparql::TakeDeclarations(declarations, &prologue);
  // The current folder is the base only as long as there is no other.
  if (prologue.base == base) prologue.base = settings->prologue.base;
  settings->prologue = std::move(prologue);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Completion>> Session::CompleteSparql(absl::string_view text, size_t offset,
                                                                const Snapshot& snapshot) const {
  Prefixes prefixes = settings_.prologue.prefixes;
  if (settings_.assume_common_prefixes) AddPrefixes(CommonPrefixes(), &prefixes);
  return sparql::CompleteSparql(text, offset, snapshot, prefixes);
}

absl::StatusOr<SparqlReport> Session::Query(absl::string_view text, const SparqlOutput& output, TextSink sink) {
  const absl::Time begin = absl::Now();
  cancellation_.SetTimeout(settings_.timeout);
  SparqlReport report;
  DOSSIER_ASSIGN_OR_RETURN(sparql::Prologue prologue, InForce(settings_.prologue));
  absl::StatusOr<sparql::BoundQuery> query = sparql::PrepareQuery(text, prologue);
  if (!query.ok() && settings_.assume_common_prefixes) {
    if (const Prefixes assumed = AssumedPrefixes(text, prologue); !assumed.empty()) {
      AddPrefixes(assumed, &prologue.prefixes);
      query = sparql::PrepareQuery(text, prologue);
      report.notes.push_back(AssumptionNote(assumed));
    }
  }
  DOSSIER_RETURN_IF_ERROR(query.status());
  DOSSIER_RETURN_IF_ERROR(RunQuery(*std::move(query), output, sink, &report));
  report.elapsed = absl::Now() - begin;
  return report;
}

absl::Status Session::RunQuery(sparql::BoundQuery query, const SparqlOutput& output, TextSink sink,
                               SparqlReport* report) {
  MemoryBudget memory(settings_.memory_bytes);
  QueryContext context{&cancellation_, &memory, settings_.optimize};
  context.threads = settings_.threads;
  const std::shared_ptr<const Snapshot> snapshot = database_->GetSnapshot();
  Prefixes prefixes = query.prefixes;
  AddPrefixes(output.table.prefixes, &prefixes);
  AddPrefixes(CommonPrefixes(), &prefixes);
  if (query.explain != sparql::ast::Query::Explain::kNo) {
    report->kind = SparqlReport::Kind::kPlan;
    const bool analyze = query.explain == sparql::ast::Query::Explain::kAnalyze;
    const ReadCounters before = database_->read_counters();
    DOSSIER_ASSIGN_OR_RETURN(std::string plan, sparql::Explain(std::move(query), snapshot, context));
    if (analyze) absl::StrAppend(&plan, DescribeReads(database_->read_counters().Since(before)), "\n");
    return sink(plan);
  }
  const Form form = query.form;
  if (form == Form::kSelect || form == Form::kAsk) {
    report->kind = form == Form::kAsk ? SparqlReport::Kind::kBoolean : SparqlReport::Kind::kSolutions;
    if (!output.solutions.has_value()) return WrongFormat(form);
    SolutionWriterOptions options = output.table;
    options.prefixes = std::move(prefixes);
    const std::unique_ptr<SolutionWriter> writer = MakeSolutionWriter(*output.solutions, std::move(options), sink);
    DOSSIER_ASSIGN_OR_RETURN(report->count, sparql::RunSolutions(std::move(query), snapshot, context, writer.get()));
    return absl::OkStatus();
  }
  report->kind = SparqlReport::Kind::kTriples;
  if (!output.graph.has_value()) return WrongFormat(form);
  const std::unique_ptr<GraphWriter> writer = MakeGraphWriter(*output.graph, std::move(prefixes), &memory, sink);
  DOSSIER_ASSIGN_OR_RETURN(report->count, sparql::RunGraph(std::move(query), snapshot, context,
                                                           [&](Quad&& quad) { return writer->Add(std::move(quad)); }));
  return writer->End();
}

absl::StatusOr<CommitSummary> Session::Update(absl::string_view text) {
  cancellation_.SetTimeout(settings_.timeout);
  DOSSIER_ASSIGN_OR_RETURN(const sparql::Prologue prologue, InForce(settings_.prologue));
  // Nothing is assumed here: what changes data is to say what it means.
  const std::string request = sparql::WithPrologue(text, prologue);
  if (database_->read_only()) {
    // What is wrong with the text comes first: nobody is to open the store for writing to learn that.
    const absl::Status status = sparql::ParseUpdate(request, prologue.base).status();
    if (!status.ok()) return sparql::AsInStatement(status, text);
  }
  MemoryBudget memory(settings_.memory_bytes);
  absl::StatusOr<CommitSummary> summary =
      database_->Update(request, prologue.base, {&cancellation_, &memory, settings_.optimize});
  if (!summary.ok()) return sparql::AsInStatement(summary.status(), text);
  return summary;
}

absl::StatusOr<StatementResult> Session::RunSparql(absl::string_view statement, sparql::StatementForm form) {
  StatementResult result;
  if (form == sparql::StatementForm::kUpdate) {
    result.kind = StatementResult::Kind::kChange;
    DOSSIER_ASSIGN_OR_RETURN(result.change, Update(statement));
    return result;
  }
  result.kind = StatementResult::Kind::kText;
  if (form == sparql::StatementForm::kPrologue) {
    DOSSIER_RETURN_IF_ERROR(Declare(statement, &settings_));
    return result;
  }
  MemoryBudget memory(settings_.memory_bytes);
  MemoryReservation held(&memory);
  const auto keep = [&](absl::string_view piece) {
    absl::StrAppend(&result.text, piece);
    return held.Resize(result.text.capacity());
  };
  DOSSIER_RETURN_IF_ERROR(Query(statement, SparqlOutput(), keep).status());
  return result;
}

}  // namespace dossier
