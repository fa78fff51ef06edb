#include "query/sparql/update.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/diagnostic.h"
#include "base/status_macros.h"
#include "query/query_engine.h"
#include "query/sparql/bind.h"
#include "query/sparql/fresh_blank_nodes.h"
#include "query/sparql/graph_rows.h"
#include "query/sparql/row_collector.h"
#include "query/sparql/template_rows.h"
#include "storage/overlay_snapshot.h"

namespace dossier::sparql {
namespace {

// An error of `code` that is the request's own, in contrast to the engine's: what SILENT is for.
absl::Status Unless(bool silent, const absl::Status& status) { return silent ? absl::OkStatus() : status; }

bool EndsTheRequest(const absl::Status& status) {
  return absl::IsCancelled(status) || absl::IsDeadlineExceeded(status) || absl::IsResourceExhausted(status);
}

class Evaluator {
 public:
  Evaluator(absl::string_view text, std::shared_ptr<const Snapshot> snapshot, const QueryContext& context,
            const DocumentReader& read_document)
      : text_(text),
        context_(context),
        read_document_(read_document),
        overlay_(OverlaySnapshot::Create(std::move(snapshot), context.memory, context.cancellation)) {}

  absl::StatusOr<ChangeSet> Run(const ast::Update& update) {
    DOSSIER_RETURN_IF_ERROR(overlay_->CheckStatistics());
    for (const ast::Operation& operation : update.operations) {
      DOSSIER_RETURN_IF_ERROR(context_.cancellation->Check());
      const absl::Status status = std::visit([this](const auto& part) { return Run(part); }, operation.part);
      if (!status.ok()) return ErrorAt(status, operation.span);
    }
    absl::StatusOr<ChangeSet> changes = overlay_->Changes();
    if (!changes.ok()) return WithAdvice(changes.status());
    return changes;
  }

 private:
  // What went out of memory was no question.
  absl::Status WithAdvice(const absl::Status& status) const {
    if (!absl::IsResourceExhausted(status)) return status;
    constexpr size_t kKibibyte = 1024;
    const size_t limit = context_.memory->limit();
    const bool is_small = limit < MemoryBudget::kMebibyte;
    return absl::ResourceExhaustedError(absl::StrCat("the update needs more memory than the limit of ",
                                                     is_small ? limit / kKibibyte : limit / MemoryBudget::kMebibyte,
                                                     is_small ? " KiB" : " MiB",
                                                     " allows; raise it, or split the update into several"));
  }

  absl::Status ErrorAt(const absl::Status& status, SourceSpan span) const {
    if (GetDiagnostic(status).has_value() || absl::IsCancelled(status) || absl::IsDeadlineExceeded(status)) {
      return status;
    }
    const absl::Status advised = WithAdvice(status);
    return DiagnosticError(MakeDiagnostic(std::string(advised.message()), text_, span), advised.code());
  }

  // Looks for cancellation every so often.
  absl::Status CountStep() {
    constexpr uint64_t kStepsBetweenChecks = 1024;
    return ++steps_ % kStepsBetweenChecks == 0 ? context_.cancellation->Check() : absl::OkStatus();
  }

  absl::Status Run(const ast::InsertData& data) {
    BlankNodeScope blank_nodes(&fresh_);
    RowCollector added(context_.memory);
    for (const Quad& quad : data.quads) {
      DOSSIER_RETURN_IF_ERROR(CountStep());
      DOSSIER_RETURN_IF_ERROR(Keep(blank_nodes.Renamed(quad), &added));
    }
    return overlay_->Apply({}, added.Take());
  }

  absl::Status Run(const ast::DeleteData& data) {
    RowCollector removed(context_.memory);
    for (const Quad& quad : data.quads) {
      DOSSIER_RETURN_IF_ERROR(CountStep());
      DOSSIER_ASSIGN_OR_RETURN(const std::optional<StoredRow> row, overlay_->FindQuad(quad));
      if (row.has_value()) DOSSIER_RETURN_IF_ERROR(removed.Add(*row));
    }
    return overlay_->Apply(removed.Take(), {});
  }

  absl::Status Run(const ast::Modify& modify) {
    RowCollector removed(context_.memory);
    RowCollector added(context_.memory);
    DOSSIER_RETURN_IF_ERROR(Collect(modify, &removed, &added));
    return overlay_->Apply(removed.Take(), added.Take());
  }

  // The rows of all solutions; when it returns, nothing is read from the overlay any more.
  absl::Status Collect(const ast::Modify& modify, RowCollector* removed, RowCollector* added) {
    DOSSIER_ASSIGN_OR_RETURN(BoundModify bound, BindModify(modify, text_));
    DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ResultCursor> cursor,
                             Execute(std::move(bound.where), overlay_, context_));
    TemplateRows deletions(TemplateRows::Use::kDeletions, overlay_.get(), cursor.get(), &fresh_);
    TemplateRows insertions(TemplateRows::Use::kInsertions, overlay_.get(), cursor.get(), &fresh_);
    DOSSIER_RETURN_IF_ERROR(deletions.Prepare(bound.deletions));
    DOSSIER_RETURN_IF_ERROR(insertions.Prepare(bound.insertions));
    RowBatch batch;
    while (true) {
      DOSSIER_RETURN_IF_ERROR(context_.cancellation->Check());
      DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&batch));
      if (!more) return absl::OkStatus();
      for (size_t row = 0; row < batch.rows; ++row) {
        DOSSIER_RETURN_IF_ERROR(CountStep());
        DOSSIER_RETURN_IF_ERROR(deletions.Fill(batch, row, removed));
        DOSSIER_RETURN_IF_ERROR(insertions.Fill(batch, row, added));
      }
    }
  }

  absl::Status Run(const ast::Load& load) {
    std::optional<Term> into;
    if (load.into.has_value()) into = Term::Iri(load.into->iri);
    RowCollector added(context_.memory);
    absl::Status failed;  // Of what was read nothing is wrong, but it cannot be kept.
    const absl::Status status = read_document_(load.source.iri, into, [&](Quad&& quad) {
      failed = CountStep();
      if (failed.ok()) failed = Keep(quad, &added);
      return failed;
    });
    DOSSIER_RETURN_IF_ERROR(failed);
    if (!status.ok()) return EndsTheRequest(status) ? status : Unless(load.silent, status);
    return overlay_->Apply({}, added.Take());
  }

  absl::Status Keep(const Quad& quad, RowCollector* rows) {
    DOSSIER_ASSIGN_OR_RETURN(const StoredRow row, overlay_->InternQuad(quad));
    return rows->Add(row);
  }

  // Nullopt when the store has no such graph.
  absl::StatusOr<std::optional<GraphSet>> Graphs(const ast::GraphReference& reference) {
    switch (reference.kind) {
      case ast::GraphReference::Kind::kDefault: return std::make_optional(GraphSet());
      case ast::GraphReference::Kind::kAllNamed: return std::make_optional(GraphSet{GraphSet::Kind::kAllNamed, {}});
      case ast::GraphReference::Kind::kAll: return std::make_optional(GraphSet{GraphSet::Kind::kAll, {}});
      case ast::GraphReference::Kind::kGraph: break;
    }
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, overlay_->FindTerm(Term::Iri(reference.graph.iri)));
    if (!id.has_value()) return std::optional<GraphSet>();
    DOSSIER_ASSIGN_OR_RETURN(const bool exists, HasRows(*overlay_, *id, *context_.cancellation));
    return exists ? std::make_optional(GraphSet{GraphSet::Kind::kOne, *id}) : std::nullopt;
  }

  absl::Status CollectGraphs(const GraphSet& graphs, RowCollector* rows) {
    return ForEachRow(*overlay_, graphs, *context_.cancellation,
                      [rows](const StoredRow& row) { return rows->Add(row); });
  }

  absl::Status ClearGraphs(const ast::GraphReference& target) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<GraphSet> graphs, Graphs(target));
    if (!graphs.has_value()) return absl::OkStatus();
    RowCollector removed(context_.memory);
    DOSSIER_RETURN_IF_ERROR(CollectGraphs(*graphs, &removed));
    return overlay_->Apply(removed.Take(), {});
  }

  absl::Status Run(const ast::Clear& clear) { return ClearGraphs(clear.target); }
  absl::Status Run(const ast::Drop& drop) { return ClearGraphs(drop.target); }

  absl::Status Run(const ast::Create& create) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<GraphSet> graph,
                             Graphs({ast::GraphReference::Kind::kGraph, create.graph}));
    if (!graph.has_value()) return absl::OkStatus();  // It will exist as soon as something is in it.
    return Unless(create.silent, absl::AlreadyExistsError(absl::StrCat("there is a graph <", create.graph.iri,
                                                                       "> already; CREATE SILENT is content")));
  }

  absl::Status Run(const ast::Add& add) { return Transfer(add.from, add.to, add.silent, false, false); }
  absl::Status Run(const ast::Copy& copy) { return Transfer(copy.from, copy.to, copy.silent, true, false); }
  absl::Status Run(const ast::Move& move) { return Transfer(move.from, move.to, move.silent, true, true); }

  // Puts the rows of one graph into another one, which is emptied before, or not, as is the first one after.
  absl::Status Transfer(const ast::GraphReference& from, const ast::GraphReference& to, bool silent, bool empties_to,
                        bool empties_from) {
    DOSSIER_ASSIGN_OR_RETURN(const std::optional<GraphSet> source, Graphs(from));
    if (!source.has_value()) {
      return Unless(silent, absl::NotFoundError(absl::StrCat("there is no graph <", from.graph.iri, ">")));
    }
    TermId target;
    if (to.kind == ast::GraphReference::Kind::kGraph) {
      DOSSIER_ASSIGN_OR_RETURN(target, overlay_->Intern(Term::Iri(to.graph.iri)));
    }
    if (target == source->graph) return absl::OkStatus();
    RowCollector removed(context_.memory);
    RowCollector added(context_.memory);
    if (empties_to) DOSSIER_RETURN_IF_ERROR(CollectGraphs({GraphSet::Kind::kOne, target}, &removed));
    if (empties_from) DOSSIER_RETURN_IF_ERROR(CollectGraphs(*source, &removed));
    DOSSIER_RETURN_IF_ERROR(
        ForEachRow(*overlay_, *source, *context_.cancellation, [&added, target](const StoredRow& row) {
          StoredRow copy = row;
          copy.ids[row.relation == Relation::kReifications ? 4 : 3] = target;
          return added.Add(copy);
        }));
    return overlay_->Apply(removed.Take(), added.Take());
  }

  const absl::string_view text_;
  const QueryContext& context_;
  const DocumentReader& read_document_;
  const std::shared_ptr<OverlaySnapshot> overlay_;
  FreshBlankNodes fresh_;
  uint64_t steps_ = 0;
};

}  // namespace

std::optional<ChangeSet> DataChanges(const ast::Update& update, size_t most_quads) {
  ChangeSet changes;
  FreshBlankNodes fresh;
  for (const ast::Operation& operation : update.operations) {
    if (const auto* const deletion = std::get_if<ast::DeleteData>(&operation.part)) {
      if (!changes.assertions.empty()) return std::nullopt;  // Of what has been inserted, perhaps.
      changes.retractions.insert(changes.retractions.end(), deletion->quads.begin(), deletion->quads.end());
    } else if (const auto* const insertion = std::get_if<ast::InsertData>(&operation.part)) {
      BlankNodeScope blank_nodes(&fresh);
      for (const Quad& quad : insertion->quads) changes.assertions.push_back(blank_nodes.Renamed(quad));
    } else {
      return std::nullopt;
    }
    if (changes.assertions.size() + changes.retractions.size() > most_quads) return std::nullopt;
  }
  return changes;
}

absl::StatusOr<ChangeSet> EvaluateUpdate(const ast::Update& update, absl::string_view text,
                                         std::shared_ptr<const Snapshot> snapshot, const QueryContext& context,
                                         const DocumentReader& read_document) {
  return Evaluator(text, std::move(snapshot), context, read_document).Run(update);
}

}  // namespace dossier::sparql
