// describe X: every claim with X as its subject or object.
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "base/status_macros.h"
#include "query/ask/answer_builder.h"

namespace dossier::ask {

absl::StatusOr<Answer> DescribeEntity(const Meaning& meaning, const Catalogue& catalogue,
                                      const std::shared_ptr<const Snapshot>& snapshot, const QueryContext& context,
                                      ClaimReader* reader) {
  const int entity = meaning.targets.front().participant;
  Answer answer;
  answer.kind = Answer::Kind::kView;
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
      if (!known.has_value()) continue;  // How the data are written, not what they tell.
      const auto [place, is_new] =
          by_triple.emplace(std::tuple(record->subject, record->relation, record->object), groups.size());
      if (is_new) groups.emplace_back(record, RowGatherer());
      groups[place->second].second.Add(record, true);
    }
    for (auto& [record, gatherer] : groups) {
      AnswerRow row;
      row.cells = {record->claim.subject, record->claim.relation, record->claim.object};
      gatherer.Finish(&row);
      answer.rows.push_back(std::move(row));
    }
  }
  answer.columns = {"subject", "relation", "object"};
  return answer;
}

}  // namespace dossier::ask
