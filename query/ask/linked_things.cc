#include "query/ask/linked_things.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumThings = 100;  // On one side of one relation.
constexpr size_t kMaximumSpeakers = 300;
constexpr size_t kMaximumSubjects = 4;
constexpr size_t kMaximumSides = 12;

}  // namespace

absl::StatusOr<absl::flat_hash_set<uint32_t>> LinkedThings::RelationsOf(absl::Span<const TermId> subjects) const {
  absl::flat_hash_set<uint32_t> relations;
  for (const TermId subject : subjects.subspan(0, kMaximumSubjects)) {
    for (const Permutation permutation : {Permutation::kClaimSpo, Permutation::kSpo}) {
      ScanSpec spec;
      spec.permutation = permutation;
      spec.prefix = {subject};
      DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
      RowBlock block;
      while (true) {
        DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
        if (!more) break;
        for (size_t row = 0; row < block.rows; ++row) {
          if (const auto relation = catalogue_.FindRelation(block.columns[1][row])) relations.insert(*relation);
        }
        // On to the next predicate: the subject may have very many rows of this one.
        const TermId last = block.columns[1][block.rows - 1];
        DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({subject, TermId::FromBits(last.bits() + 1)}));
      }
    }
  }
  return relations;
}

std::vector<LinkedThings::Side> LinkedThings::SidesOf(absl::Span<const uint32_t> relations, bool as_subject) const {
  std::vector<Side> sides;
  const auto add = [&](uint32_t relation, bool subject) {
    const RelationInfo& info = catalogue_.relations()[relation];
    for (const bool side : {subject, !subject}) {
      const bool known = std::any_of(sides.begin(), sides.end(),
                                     [&](const Side& s) { return s.relation == info.id && s.subject == side; });
      if (!known && sides.size() < kMaximumSides && (side == subject || info.symmetric)) {
        sides.push_back({info.id, side});
      }
    }
  };
  for (const uint32_t relation : relations) {
    const RelationInfo& info = catalogue_.relations()[relation];
    for (const uint32_t narrower : info.narrower) add(narrower, as_subject);
    for (const uint32_t inverse : info.inverses) add(inverse, !as_subject);
  }
  return sides;
}

absl::StatusOr<absl::flat_hash_set<TermId>> LinkedThings::LinkedAmong(std::vector<TermId> things,
                                                                      absl::Span<const uint32_t> relations,
                                                                      bool as_subject) const {
  absl::flat_hash_set<TermId> linked;
  std::sort(things.begin(), things.end());
  for (const Side& side : SidesOf(relations, as_subject)) {
    for (const Permutation permutation : {side.subject ? Permutation::kClaimPso : Permutation::kClaimPos,
                                          side.subject ? Permutation::kPso : Permutation::kPos}) {
      ScanSpec spec;
      spec.permutation = permutation;
      spec.prefix = {side.relation};
      spec.wanted_columns = 0b10;
      DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
      RowBlock block;
      for (const TermId thing : things) {
        if (linked.contains(thing)) continue;
        DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({side.relation, thing}));
        DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
        if (!more) break;
        if (block.columns[1][0] == thing) linked.insert(thing);
      }
    }
  }
  return linked;
}

absl::Status LinkedThings::Distinct(Permutation permutation, TermId first, size_t maximum,
                                    std::vector<TermId>* found) const {
  ScanSpec spec;
  spec.permutation = permutation;
  spec.prefix = {first};
  DOSSIER_ASSIGN_OR_RETURN(const std::unique_ptr<ScanCursor> cursor, snapshot_.Scan(spec));
  RowBlock block;
  while (found->size() < maximum) {
    DOSSIER_ASSIGN_OR_RETURN(const bool more, cursor->Next(&block));
    if (!more) break;
    for (size_t row = 0; row < block.rows; ++row) {
      const TermId thing = block.columns[1][row];
      if (found->empty() || found->back() != thing) found->push_back(thing);
    }
    DOSSIER_RETURN_IF_ERROR(cursor->SeekForward({first, TermId::FromBits(found->back().bits() + 1)}));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<TermId>> LinkedThings::LinkedBy(absl::Span<const uint32_t> relations,
                                                           bool as_subject) const {
  std::vector<TermId> found;
  for (const Side& side : SidesOf(relations, as_subject)) {
    for (const Permutation permutation : {side.subject ? Permutation::kClaimPso : Permutation::kClaimPos,
                                          side.subject ? Permutation::kPso : Permutation::kPos}) {
      std::vector<TermId> things;
      DOSSIER_RETURN_IF_ERROR(Distinct(permutation, side.relation, kMaximumThings, &things));
      found.insert(found.end(), things.begin(), things.end());
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

absl::StatusOr<uint64_t> LinkedThings::Instances(uint32_t kind) const {
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> type, snapshot_.FindTerm(Term::Iri(std::string(rdf::kType))));
  if (!type.has_value()) return 0;
  ScanSpec spec;
  spec.permutation = Permutation::kPos;
  spec.prefix = {*type, catalogue_.classes()[kind].id};
  // Of very many it does not matter how many exactly.
  constexpr uint64_t kMany = 50'000;
  DOSSIER_ASSIGN_OR_RETURN(const uint64_t about, snapshot_.CountRows(spec, /*exact=*/false));
  return about > kMany ? about : snapshot_.CountRows(spec, /*exact=*/true);
}

absl::StatusOr<std::vector<TermId>> LinkedThings::Speakers() const {
  std::vector<TermId> found;
  DOSSIER_ASSIGN_OR_RETURN(const std::optional<TermId> speaker,
                           snapshot_.FindTerm(Term::Iri(std::string(prov::kWasAttributedTo))));
  if (speaker.has_value()) DOSSIER_RETURN_IF_ERROR(Distinct(Permutation::kPos, *speaker, kMaximumSpeakers, &found));
  return found;
}

}  // namespace dossier::ask
