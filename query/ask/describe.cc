// describe X: every claim with X as its subject or object.
#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"
#include "query/ask/graph_reader.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {

namespace {

// "is the spokesman of", "is a newspaper": the relation has a noun for its subject, or says the type.
bool SaysWhatItIs(const Catalogue& catalogue, const ClaimRecord& record) {
  if (record.denied) return false;
  if (record.claim.relation.value.value() == rdf::kType) return true;
  const std::optional<uint32_t> relation = catalogue.FindRelation(record.relation);
  if (!relation.has_value() || record.claim.relation.label.rfind("be ", 0) != 0) return false;
  // "Be credited for" tells what was done to it.
  const std::string& label = record.claim.relation.label;
  if (absl::EndsWith(label.substr(0, label.find(' ', 3)), "ed")) return false;
  const auto& nouns = catalogue.noun_uses();
  return std::any_of(nouns.begin(), nouns.end(),
                     [&](const NounUse& use) { return use.relation == *relation && use.side == NounSide::kSubject; });
}

// The narrowest classes that the entity is an instance of.
absl::StatusOr<std::vector<AnswerRow>> KindsOf(const AnswerCell& entity, TermId id, const Catalogue& catalogue,
                                               const Snapshot& snapshot) {
  GraphReader graph(snapshot);
  DOSSIER_ASSIGN_OR_RETURN(const std::vector<TermId> types, graph.Objects(id, rdf::kType));
  std::vector<AnswerRow> rows;
  for (const TermId type : types) {
    const std::optional<uint32_t> kind = catalogue.FindClass(type);
    if (!kind.has_value()) continue;
    const bool is_narrowest = std::none_of(types.begin(), types.end(), [&](TermId other) {
      return other != type && catalogue.FindClass(other).has_value() && catalogue.IsKindOf(other, {*kind});
    });
    if (!is_narrowest) continue;
    AnswerRow row;
    row.cells = {entity, TextCell("is a"), TextCell(catalogue.classes()[*kind].label)};
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

absl::StatusOr<Answer> DescribeEntity(const Meaning& meaning, const Catalogue& catalogue,
                                      const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                      ClaimReader* reader) {
  const int entity = meaning.targets.front().participant;
  Answer answer;
  answer.kind = Answer::Kind::kView;
  std::vector<size_t> identity;
  for (const bool as_subject : {true, false}) {
    // A meaning of its own: anything that is said with the entity on this side.
    Meaning side;
    side.participants.push_back(meaning.participants[entity]);
    side.participants.emplace_back();
    Fact fact;
    fact.subject = as_subject ? 0 : 1;
    fact.object = as_subject ? 1 : 0;
    side.facts.push_back(std::move(fact));
    side.speakers.clear();
    for (const int article : meaning.articles) {
      side.articles.push_back(static_cast<int>(side.participants.size()));
      side.participants.push_back(meaning.participants[article]);
    }
    side.reported_until = meaning.reported_until;
    side.minimum_rank = meaning.minimum_rank;
    DOSSIER_ASSIGN_OR_RETURN(const std::vector<Solution> solutions,
                             Solve(Compile(side, catalogue, *snapshot), snapshot, context, reader));
    std::vector<std::pair<const ClaimRecord*, RowGatherer>> groups;
    absl::flat_hash_map<std::tuple<TermId, TermId, TermId>, size_t> by_triple;
    for (const Solution& solution : solutions) {
      const ClaimRecord* record = solution.claims.front();
      if (record == nullptr) continue;
      const auto known = catalogue.FindRelation(record->relation);
      const bool is_type = record->claim.relation.value.value() == rdf::kType;
      // How the data are written is not what they tell; but for what a thing is.
      if (!known.has_value() && !(meaning.identity && is_type)) continue;
      const auto [place, is_new] =
          by_triple.emplace(std::tuple(record->subject, record->relation, record->object), groups.size());
      if (is_new) groups.emplace_back(record, RowGatherer());
      groups[place->second].second.Add(record, true);
    }
    for (auto& [record, gatherer] : groups) {
      AnswerRow row;
      if (as_subject && SaysWhatItIs(catalogue, *record)) identity.push_back(answer.rows.size());
      row.cells = {record->claim.subject, record->claim.relation, record->claim.object};
      gatherer.Finish(&row);
      answer.rows.push_back(std::move(row));
    }
  }
  // "Who is X" asks for what X is; where nothing says so, for all.
  if (meaning.identity && !identity.empty()) {
    std::vector<AnswerRow> kept;
    for (const size_t row : identity) kept.push_back(std::move(answer.rows[row]));
    answer.rows = std::move(kept);
    answer.notes.emplace_back("\"describe\" tells all that is known of it");
  }
  if (meaning.targets.front().column == "kind" && identity.empty()) {
    const TermId id = meaning.participants[entity].candidates.front();
    DOSSIER_ASSIGN_OR_RETURN(const AnswerCell cell, reader->Cell(id));
    DOSSIER_ASSIGN_OR_RETURN(std::vector<AnswerRow> kinds, KindsOf(cell, id, catalogue, *snapshot));
    if (!kinds.empty()) answer.rows = std::move(kinds);
  }
  answer.columns = {"subject", "relation", "object"};
  return answer;
}

}  // namespace dossier::ask
