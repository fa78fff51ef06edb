// "trips per means of transport": the things that are grouped by are counted under their kinds, all trains together.
#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

// The narrowest kind of `thing` that is one of `kinds` and not all of them; nothing where there is none.
absl::StatusOr<std::optional<AnswerCell>> KindOf(const Term& thing, const std::vector<uint32_t>& kinds,
                                                 const Catalogue& catalogue, const Snapshot& snapshot) {
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> id, snapshot.FindTerm(thing));
  if (!id.has_value()) return std::nullopt;
  GraphReader graph(snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, graph.Objects(*id, rdf::kType));
  std::optional<uint32_t> narrowest;
  for (const TermId type : types) {
    const std::optional<uint32_t> kind = catalogue.FindClass(type);
    if (!kind.has_value() || !catalogue.IsKindOf(type, kinds)) continue;
    if (std::find(kinds.begin(), kinds.end(), *kind) != kinds.end()) continue;
    const auto breadth = [&](uint32_t k) { return catalogue.classes()[k].narrower.size(); };
    if (!narrowest.has_value() || breadth(*kind) < breadth(*narrowest)) narrowest = kind;
  }
  if (!narrowest.has_value()) return std::nullopt;
  AnswerCell cell = TextCell(catalogue.classes()[*narrowest].label);
  cell.value = catalogue.classes()[*narrowest].iri;
  return cell;
}

}  // namespace

absl::Status GroupByKinds(const Meaning& meaning, const Catalogue& catalogue, const Snapshot& snapshot,
                          std::vector<Solution>* solutions) {
  for (const Grouping& grouping : meaning.groups) {
    if (grouping.kinds.empty() || grouping.target == kNobody) continue;
    for (Solution& solution : *solutions) {
      std::optional<AnswerCell>& cell = solution.targets[grouping.target];
      if (cell.has_value()) {
        DOSSIER_ASSIGN_OR_RETURN(std::optional<AnswerCell> kind,
                                 KindOf(cell->value, grouping.kinds, catalogue, snapshot));
        if (!kind.has_value()) continue;
        cell = std::move(kind);
      } else {
        cell = TextCell("not stated");
      }
      solution.target_keys[grouping.target] = cell->label;
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier::ask
