// path from A to B: the shortest paths, a row for each step, with the claims that it stands on.
#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/status_macros.h"
#include "query/ask/views/path_search.h"
#include "query/ask/views/view.h"

namespace dossier::ask {
namespace {

constexpr size_t kMostRelationsNamed = 3;  // Relations of one step.

// How a claim leads from one end of a step to the other: "meet →", "← accompany"; where one end is no subject or
// object, the whole of what is claimed.
std::string DirectionOf(const ClaimRecord& record, const PathStep& step) {
  const AnswerClaim& claim = record.claim;
  if (record.subject == step.from && record.object == step.to) return absl::StrCat(claim.relation.label, " →");
  if (record.subject == step.to && record.object == step.from) return absl::StrCat("← ", claim.relation.label);
  return absl::StrCat(claim.subject.label, " – ", claim.relation.label, " – ", claim.object.label);
}

struct FoundPaths {
  std::vector<EntityPath> paths;
  bool has_more = false;
};

// Two things that one claim only happens to speak of (a place, a means) are loosely connected: they count only where
// that makes a path shorter, or possible at all.
absl::StatusOr<FoundPaths> FindPaths(ClaimFinder* finder, ClaimJudge* judge, PathLimits limits, TermId from,
                                     TermId to) {
  FoundPaths found;
  limits.qualifiers = false;
  PathSearch direct(finder, judge, limits);
  DOSSIER_ASSIGN_OR_RETURN(found.paths, direct.Find(from, to));
  found.has_more = direct.has_more();
  limits.qualifiers = true;
  if (!found.paths.empty()) limits.maximum_steps = found.paths.front().size() - 1;
  PathSearch loose(finder, judge, limits);
  DOSSIER_ASSIGN_OR_RETURN(std::vector<EntityPath> shorter, loose.Find(from, to));
  if (!shorter.empty()) found = {std::move(shorter), loose.has_more()};
  if (!found.paths.empty()) return found;
  limits.articles = true;
  PathSearch through_articles(finder, judge, limits);
  DOSSIER_ASSIGN_OR_RETURN(found.paths, through_articles.Find(from, to));
  found.has_more = through_articles.has_more();
  return found;
}

// Whether the claim leads from subject to object or back.
bool IsDirect(const ClaimRecord& record, const PathStep& step) {
  return (record.subject == step.from && record.object == step.to) ||
         (record.subject == step.to && record.object == step.from);
}

absl::StatusOr<AnswerRow> RowOf(const PathStep& step, size_t path, size_t number, ClaimReader* reader) {
  RowGatherer gatherer;
  std::vector<const ClaimRecord*> records;
  for (const PathLink& link : step.links) {
    DOSSIER_ASSIGN_OR_RETURN(const ClaimRecord* record,
                             link.claim.is_undefined() ? reader->ReadPlain(link.subject, link.relation, link.object)
                                                       : reader->Read(link.claim));
    gatherer.Add(record, true);
    records.push_back(record);
  }
  std::stable_partition(records.begin(), records.end(),
                        [&](const ClaimRecord* record) { return IsDirect(*record, step); });
  std::vector<std::string> directions;
  for (const ClaimRecord* record : records) {
    std::string direction = DirectionOf(*record, step);
    if (std::find(directions.begin(), directions.end(), direction) == directions.end()) {
      directions.push_back(std::move(direction));
    }
  }
  if (directions.size() > kMostRelationsNamed) {
    const size_t more = directions.size() - kMostRelationsNamed;
    directions.resize(kMostRelationsNamed);
    directions.push_back(absl::StrCat(more, " more"));
  }
  AnswerCell relation;
  relation.label = absl::StrJoin(directions, "; ");
  relation.value = Term::String(relation.label);
  relation.type = "relation";
  AnswerRow row;
  row.cells = {NumberCell(path), NumberCell(number), std::nullopt, std::move(relation), std::nullopt};
  DOSSIER_ASSIGN_OR_RETURN(row.cells[2], reader->Cell(step.from));
  DOSSIER_ASSIGN_OR_RETURN(row.cells[4], reader->Cell(step.to));
  gatherer.Finish(&row);
  return row;
}

}  // namespace

absl::StatusOr<Answer> AnswerPath(const ViewContext& view) {
  const Meaning& meaning = view.question.meaning;
  Answer answer;
  answer.kind = Answer::Kind::kView;
  answer.columns = {"path", "step", "from", "relation", "to"};
  ClaimFinder finder(view.catalogue, *view.snapshot, view.context);
  DOSSIER_ASSIGN_OR_RETURN(ClaimJudge judge, ClaimJudge::Make(meaning, &finder));
  PathLimits limits;
  if (meaning.maximum_steps.has_value()) limits.maximum_steps = *meaning.maximum_steps;
  if (meaning.limit.has_value()) limits.maximum_paths = *meaning.limit;
  for (const uint32_t relation : meaning.through) limits.relations.insert(view.catalogue.relations()[relation].id);
  const Fact& scope = meaning.facts[meaning.scope_fact];
  DOSSIER_ASSIGN_OR_RETURN(const FoundPaths found,
                           FindPaths(&finder, &judge, limits, meaning.participants[scope.subject].candidates.front(),
                                     meaning.participants[scope.object].candidates.front()));
  const std::vector<EntityPath>& paths = found.paths;
  for (size_t path = 0; path < paths.size(); ++path) {
    DOSSIER_RETURN_IF_ERROR(view.context.cancellation->Check());
    const bool certain =
        std::all_of(paths[path].begin(), paths[path].end(), [](const PathStep& step) { return step.certain; });
    for (size_t step = 0; step < paths[path].size(); ++step) {
      DOSSIER_ASSIGN_OR_RETURN(AnswerRow row, RowOf(paths[path][step], path + 1, step + 1, view.reader));
      row.possible = !certain;
      answer.rows.push_back(std::move(row));
    }
  }
  if (paths.empty()) {
    answer.notes.push_back(absl::StrCat("no path of up to ", limits.maximum_steps, " steps"));
  } else if (found.has_more) {
    answer.notes.push_back(
        absl::StrCat("only the first ", paths.size(), " of the shortest paths; ask for more with \"limit\""));
  }
  return answer;
}

}  // namespace dossier::ask
