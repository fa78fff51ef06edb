#include "query/ask/views/path_search.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "rdf/vocabulary.h"

namespace dossier::ask {
namespace {

constexpr size_t kMaximumLinks = 1'000'000;  // Looked at: some seconds.
constexpr size_t kLinkBytes = 64;
constexpr size_t kNodeBytes = 96;

bool IsEntity(TermId id) { return id.tag() == TermTag::kIri || id.tag() == TermTag::kBlankNode; }

}  // namespace

PathSearch::PathSearch(ClaimFinder* finder, ClaimJudge* judge, PathLimits limits)
    : finder_(finder), judge_(judge), limits_(std::move(limits)), memory_(finder->context().memory) {}

// Classes and relations are no things that people meet at.
absl::StatusOr<bool> PathSearch::MayPassThrough(TermId node) {
  if (node == from_ || node == to_) return true;
  const auto it = passable_.find(node);
  if (it != passable_.end()) return it->second;
  bool passable =
      !finder_->catalogue().FindClass(node).has_value() && !finder_->catalogue().FindRelation(node).has_value();
  if (passable && !limits_.articles) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId derived, finder_->graph().Id(prov::kWasDerivedFrom));
    ScanSpec spec;
    spec.permutation = Permutation::kPos;
    spec.prefix = {derived, node};
    DOSSIER_ASSIGN_OR_RETURN(const uint64_t claims, finder_->graph().snapshot().CountRows(spec, false));
    passable = derived.is_undefined() || claims == 0;
  }
  passable_[node] = passable;
  return passable;
}

absl::Status PathSearch::CountOneMore() {
  if (++looked_at_ <= kMaximumLinks) return absl::OkStatus();
  return absl::ResourceExhaustedError(
      "too many claims lie in between; ask for a path through certain relations, within fewer steps, or in a time");
}

absl::Status PathSearch::Expand(TermId node, const Side& side, absl::flat_hash_map<TermId, std::vector<Link>>* level) {
  absl::flat_hash_set<TermId> seen;
  std::vector<TermId> claims;
  DOSSIER_RETURN_IF_ERROR(finder_->ForEachAbout(node, [&](TermId claim) -> absl::Status {
    if (!seen.insert(claim).second) return absl::OkStatus();
    claims.push_back(claim);
    return CountOneMore();
  }));
  absl::flat_hash_map<TermId, ClaimOutline> outlines;
  absl::flat_hash_set<std::tuple<TermId, TermId, TermId>> told;
  DOSSIER_RETURN_IF_ERROR(finder_->ForEachOutline(claims, [&](ClaimOutline&& outline) {
    told.emplace(outline.subject, outline.relation, outline.object);
    const TermId id = outline.id;
    outlines.emplace(id, std::move(outline));
    return absl::OkStatus();
  }));
  for (const TermId claim : claims) {
    const auto outline = outlines.find(claim);
    if (outline != outlines.end()) DOSSIER_RETURN_IF_ERROR(AddLinks(node, side, outline->second, level));
  }
  DOSSIER_RETURN_IF_ERROR(finder_->ForEachPlainTriple(node, [&](const ClaimOutline& triple) -> absl::Status {
    DOSSIER_RETURN_IF_ERROR(CountOneMore());
    const bool is_told = !told.emplace(triple.subject, triple.relation, triple.object).second;
    return is_told ? absl::OkStatus() : AddLinks(node, side, triple, level);
  }));
  return memory_.Resize(links_ * kLinkBytes +
                        (one_.reached.size() + other_.reached.size() + level->size() + passable_.size() + seen.size()) *
                            kNodeBytes);
}

absl::Status PathSearch::AddLinks(TermId node, const Side& side, const ClaimOutline& outline,
                                  absl::flat_hash_map<TermId, std::vector<Link>>* level) {
  if (!limits_.relations.empty() && !limits_.relations.contains(outline.relation)) return absl::OkStatus();
  DOSSIER_ASSIGN_OR_RETURN(const ClaimJudge::Verdict verdict, judge_->Judge(outline));
  DOSSIER_ASSIGN_OR_RETURN(const bool denied, judge_->IsDenied(outline));
  if (verdict == ClaimJudge::Verdict::kOut || denied) return absl::OkStatus();
  if (limits_.articles) {
    DOSSIER_ASSIGN_OR_RETURN(const TermId mentions, finder_->graph().Id("https://schema.org/mentions"));
    if (outline.relation == mentions) return absl::OkStatus();
  }
  if (!limits_.qualifiers && outline.subject != node && outline.object != node) return absl::OkStatus();
  std::vector<TermId> ends = {outline.subject, outline.object};
  for (const auto& [property, value] : outline.annotations) {
    if (limits_.qualifiers && finder_->IsQualifier(property)) ends.push_back(value);
  }
  for (const TermId end : ends) {
    if (end == node || !IsEntity(end) || side.reached.contains(end)) continue;
    DOSSIER_ASSIGN_OR_RETURN(const bool passable, MayPassThrough(end));
    if (!passable) continue;
    std::vector<Link>& links = (*level)[end];
    const PathLink link{outline.id, outline.subject, outline.relation, outline.object};
    const bool known = std::any_of(links.begin(), links.end(),
                                   [&](const Link& other) { return other.nearer == node && other.link == link; });
    if (known) continue;
    links.push_back({node, link, verdict == ClaimJudge::Verdict::kIn});
    ++links_;
  }
  return absl::OkStatus();
}

absl::Status PathSearch::ExpandLevel(Side* side) {
  absl::flat_hash_map<TermId, std::vector<Link>> level;
  for (const TermId node : side->frontier) {
    DOSSIER_RETURN_IF_ERROR(Expand(node, *side, &level));
  }
  side->frontier.clear();
  for (auto& [node, links] : level) {
    side->frontier.push_back(node);
    side->reached.emplace(node, std::move(links));
  }
  std::sort(side->frontier.begin(), side->frontier.end());
  return absl::OkStatus();
}

absl::StatusOr<std::vector<EntityPath>> PathSearch::Find(TermId from, TermId to) {
  from_ = from;
  to_ = to;
  has_more_ = false;
  one_ = Side{{{from, {}}}, {from}};
  other_ = Side{{{to, {}}}, {to}};
  std::vector<EntityPath> paths;
  if (from == to) return paths;
  for (size_t steps = 0; steps < limits_.maximum_steps; ++steps) {
    const bool forwards = one_.frontier.size() <= other_.frontier.size();
    Side& side = forwards ? one_ : other_;
    const Side& opposite = forwards ? other_ : one_;
    DOSSIER_RETURN_IF_ERROR(ExpandLevel(&side));
    if (side.frontier.empty()) return paths;
    std::vector<TermId> meeting;
    for (const TermId node : side.frontier) {
      if (opposite.reached.contains(node)) meeting.push_back(node);
    }
    if (meeting.empty()) continue;
    for (const TermId node : meeting) {
      std::vector<EntityPath> starts;
      std::vector<EntityPath> ends;
      EntityPath steps_so_far;
      WaysBack(one_, node, false, &steps_so_far, &starts);
      WaysBack(other_, node, true, &steps_so_far, &ends);
      for (EntityPath& start : starts) {
        std::reverse(start.begin(), start.end());
        for (const EntityPath& end : ends) {
          if (paths.size() == limits_.maximum_paths) {
            has_more_ = true;
            return paths;
          }
          EntityPath path = start;
          path.insert(path.end(), end.begin(), end.end());
          paths.push_back(std::move(path));
        }
      }
    }
    return paths;
  }
  return paths;
}

void PathSearch::WaysBack(const Side& side, TermId node, bool forwards, EntityPath* steps,
                          std::vector<EntityPath>* ways) const {
  const std::vector<Link>& links = side.reached.at(node);
  if (links.empty()) {
    ways->push_back(*steps);
    return;
  }
  std::vector<TermId> nearer;
  for (const Link& link : links) {
    if (std::find(nearer.begin(), nearer.end(), link.nearer) == nearer.end()) nearer.push_back(link.nearer);
  }
  for (const TermId next : nearer) {
    if (ways->size() > limits_.maximum_paths) return;
    PathStep step;
    step.from = forwards ? node : next;
    step.to = forwards ? next : node;
    for (const Link& link : links) {
      if (link.nearer != next) continue;
      step.links.push_back(link.link);
      step.certain |= link.certain;
    }
    steps->push_back(std::move(step));
    WaysBack(side, next, forwards, steps, ways);
    steps->pop_back();
  }
}

}  // namespace dossier::ask
