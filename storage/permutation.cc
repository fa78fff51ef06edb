#include "storage/permutation.h"

namespace dossier {
namespace {

constexpr Column kS = Column::kSubject;
constexpr Column kP = Column::kPredicate;
constexpr Column kO = Column::kObject;
constexpr Column kG = Column::kGraph;
constexpr Column kR = Column::kReifier;
constexpr Column kT = Column::kTripleTerm;

constexpr std::array<PermutationInfo, kPermutationCount> kPermutations = {{
    {Permutation::kSpo, "spo", Relation::kQuads, 4, {kS, kP, kO, kG}},
    {Permutation::kSop, "sop", Relation::kQuads, 4, {kS, kO, kP, kG}},
    {Permutation::kPso, "pso", Relation::kQuads, 4, {kP, kS, kO, kG}},
    {Permutation::kPos, "pos", Relation::kQuads, 4, {kP, kO, kS, kG}},
    {Permutation::kOsp, "osp", Relation::kQuads, 4, {kO, kS, kP, kG}},
    {Permutation::kOps, "ops", Relation::kQuads, 4, {kO, kP, kS, kG}},
    {Permutation::kGspo, "gspo", Relation::kNamedQuads, 4, {kG, kS, kP, kO}},
    {Permutation::kGpos, "gpos", Relation::kNamedQuads, 4, {kG, kP, kO, kS}},
    {Permutation::kGosp, "gosp", Relation::kNamedQuads, 4, {kG, kO, kS, kP}},
    {Permutation::kClaimSpo, "claim_spo", Relation::kReifications, 5, {kS, kP, kO, kR, kG}},
    {Permutation::kClaimSop, "claim_sop", Relation::kReifications, 5, {kS, kO, kP, kR, kG}},
    {Permutation::kClaimPso, "claim_pso", Relation::kReifications, 5, {kP, kS, kO, kR, kG}},
    {Permutation::kClaimPos, "claim_pos", Relation::kReifications, 5, {kP, kO, kS, kR, kG}},
    {Permutation::kClaimOsp, "claim_osp", Relation::kReifications, 5, {kO, kS, kP, kR, kG}},
    {Permutation::kClaimOps, "claim_ops", Relation::kReifications, 5, {kO, kP, kS, kR, kG}},
    {Permutation::kClaimReifier, "claim_reifier", Relation::kReifications, 5, {kR, kS, kP, kO, kG}},
    {Permutation::kTermSpo, "term_spo", Relation::kTripleTerms, 4, {kS, kP, kO, kT}},
    {Permutation::kTermPos, "term_pos", Relation::kTripleTerms, 4, {kP, kO, kS, kT}},
    {Permutation::kTermOsp, "term_osp", Relation::kTripleTerms, 4, {kO, kS, kP, kT}},
}};

constexpr bool EachStandsAtItsNumber() {
  for (size_t i = 0; i < kPermutationCount; ++i) {
    if (kPermutations[i].permutation != static_cast<Permutation>(i)) return false;
  }
  return true;
}
static_assert(EachStandsAtItsNumber(), "the table follows the enumeration");

}  // namespace

const PermutationInfo& GetPermutationInfo(Permutation permutation) {
  return kPermutations[static_cast<size_t>(permutation)];
}

absl::Span<const PermutationInfo> AllPermutations() { return kPermutations; }

}  // namespace dossier
