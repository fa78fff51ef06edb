#include "query/exec/leapfrog.h"

#include <algorithm>

#include "base/status_macros.h"
#include "query/exec/sorted_lists.h"

namespace dossier::exec {
namespace {

using algebra::Variable;

// Values looked at between two looks for cancellation: less than a millisecond, and some dozen in a debug build.
constexpr uint64_t kWorkBetweenChecks = uint64_t{1} << 17U;

}  // namespace

Leapfrog::Leapfrog(const RunContext& context, const LoadedTries& tries, const std::vector<JoinRelation>& relations,
                   const std::vector<Variable>& order)
    : context_(context),
      tries_(tries),
      relations_(&relations),
      depths_(order.size()),
      ranges_(relations.size()),
      memory_(context.memory) {
  const auto depth_of = [&order](Variable variable) {
    return static_cast<size_t>(std::find(order.begin(), order.end(), variable) - order.begin());
  };
  for (size_t i = 0; i < relations.size(); ++i) {
    const std::vector<Variable>& variables = relations[i].variables;
    for (size_t level = 0; level < variables.size(); ++level) {
      Participant participant;
      participant.relation = i;
      participant.level = level;
      participant.leaf = level + 1 == variables.size();
      const size_t depth = depth_of(variables[level]);
      participant.stable = participant.leaf && (level == 0 || depth_of(variables[level - 1]) + 1 < depth);
      depths_[depth].participants.push_back(participant);
    }
    ranges_[i][0] = tries.tries[i]->all();
  }
}

absl::Span<const uint32_t> Leapfrog::ListOf(const Participant& participant) const {
  const Trie::Range range = ranges_[participant.relation][participant.level];
  return tries_.tries[participant.relation]->values(participant.level).subspan(range.begin, range.size());
}

absl::Span<const uint32_t> Leapfrog::FirstList() const {
  absl::Span<const uint32_t> shortest = ListOf(depths_[0].participants[0]);
  for (const Participant& participant : depths_[0].participants) {
    const absl::Span<const uint32_t> list = ListOf(participant);
    if (list.size() < shortest.size()) shortest = list;
  }
  return shortest;
}

void Leapfrog::Start(size_t begin, size_t end) {
  Open(0);
  const uint32_t* const first = depths_[0].next;
  depths_[0].next = first + begin;
  depths_[0].end = first + end;
  depth_ = 0;
  started_ = true;
}

void Leapfrog::Open(size_t depth) {
  Depth& here = depths_[depth];
  size_t shortest = 0;
  for (size_t i = 0; i < here.participants.size(); ++i) {
    const absl::Span<const uint32_t> list = ListOf(here.participants[i]);
    here.participants[i].cursor = list.data();
    if (i > 0 && list.size() >= shortest) continue;
    shortest = list.size();
    here.driver = i;
  }
  here.next = here.participants[here.driver].cursor;
  here.end = here.next + shortest;
}

bool Leapfrog::Find(Participant* participant, uint32_t value) {
  const Trie& trie = *tries_.tries[participant->relation];
  if (participant->level == 0) {
    if (!trie.HasFirst(value)) return false;
    Descend(*participant, value, nullptr);
    return true;
  }
  const absl::Span<const uint32_t> list = ListOf(*participant);
  const uint32_t* const end = list.data() + list.size();
  participant->cursor = Gallop(participant->cursor, end, value);
  if (participant->cursor == end || *participant->cursor != value) return false;
  Descend(*participant, value, participant->cursor);
  return true;
}

void Leapfrog::Descend(const Participant& participant, uint32_t value, const uint32_t* place) {
  if (participant.leaf) return;
  const Trie& trie = *tries_.tries[participant.relation];
  auto& ranges = ranges_[participant.relation];
  if (participant.level == 0) {
    ranges[1] = trie.BelowFirst(value);
  } else {
    ranges[2] = trie.BelowSecond(static_cast<uint32_t>(place - trie.values(1).data()));
  }
}

bool Leapfrog::Advance(size_t depth) {
  Depth& here = depths_[depth];
  while (here.next != here.end) {
    const uint32_t* const place = here.next++;
    ++work_;
    here.value = *place;
    bool everywhere = true;
    for (size_t i = 0; i < here.participants.size() && everywhere; ++i) {
      if (i != here.driver) everywhere = Find(&here.participants[i], here.value);
    }
    if (!everywhere) continue;
    Descend(here.participants[here.driver], here.value, place);
    return true;
  }
  return false;
}

bool Leapfrog::Next(bool* paused) {
  *paused = false;
  if (!started_) return false;
  while (work_ < kWorkBetweenChecks) {
    if (!Advance(depth_)) {
      if (depth_ == 0) {
        started_ = false;
        return false;
      }
      --depth_;
      continue;
    }
    if (depth_ + 1 == depths_.size()) return true;
    Open(++depth_);
  }
  work_ = 0;
  *paused = true;
  return false;
}

void Leapfrog::CheckNowAndThen(uint64_t work) {
  work_ += work;
  if (work_ < kWorkBetweenChecks) return;
  work_ = 0;
  status_.Update(context_.cancellation->Check());
}

uint64_t Leapfrog::CountWithBits(Depth* depth, const Participant& stable, absl::Span<const uint32_t> set,
                                 absl::Span<const uint32_t> probes) {
  if (depth->bits_of != &stable || depth->bits_set.data() != set.data() || depth->bits_set.size() != set.size()) {
    for (const uint32_t value : depth->bits_set) depth->bits[value / 64] = 0;
    depth->bits_of = &stable;
    depth->bits_set = set;
    const size_t words = set.back() / 64 + 1;
    if (words > depth->bits.size()) {
      status_.Update(memory_.Resize(depths_.size() * words * sizeof(uint64_t)));
      if (!status_.ok()) return 0;
      depth->bits.resize(words);
    }
    for (const uint32_t value : set) depth->bits[value / 64] |= uint64_t{1} << value % 64;
  }
  CheckNowAndThen(probes.size());
  // What lies behind the last value of the set has no bit.
  const uint32_t last = set.back();
  const uint32_t* const bits_end = probes.back() <= last
                                       ? probes.data() + probes.size()
                                       : std::upper_bound(probes.data(), probes.data() + probes.size(), last);
  uint64_t common = 0;
  const uint64_t* const bits = depth->bits.data();
  for (const uint32_t* probe = probes.data(); probe != bits_end; ++probe) {
    common += bits[*probe / 64] >> (*probe % 64) & 1U;
  }
  return common;
}

uint64_t Leapfrog::CountLast(Depth* depth) {
  const std::vector<Participant>& participants = depth->participants;
  if (depth->weights == nullptr && participants.size() <= 2) {
    const absl::Span<const uint32_t> a = ListOf(participants[0]);
    if (participants.size() == 1) return a.size();
    const absl::Span<const uint32_t> b = ListOf(participants[1]);
    if (a.empty() || b.empty()) return 0;
    // Neither is so short that it is better searched for in the other one.
    const bool alike = a.size() <= kMuchLonger * b.size() && b.size() <= kMuchLonger * a.size();
    if (participants[0].stable && (alike || a.size() > b.size())) return CountWithBits(depth, participants[0], a, b);
    if (participants[1].stable && (alike || b.size() > a.size())) return CountWithBits(depth, participants[1], b, a);
    CheckNowAndThen(alike ? a.size() + b.size() : std::min(a.size(), b.size()));
    return CountCommon(a, b);
  }
  const size_t last = depths_.size() - 1;
  uint64_t count = 0;
  Open(last);
  CheckNowAndThen(static_cast<uint64_t>(depth->end - depth->next));
  while (Advance(last)) {
    uint64_t weight = 1;
    if (depth->weights != nullptr) weight = depth->value < depth->weights->size() ? (*depth->weights)[depth->value] : 0;
    overflowed_ |= __builtin_add_overflow(count, weight, &count);
  }
  return count;
}

uint64_t Leapfrog::CountBelow(size_t depth) {
  if (depth + 1 == depths_.size()) return CountLast(&depths_[depth]);
  Depth& here = depths_[depth];
  uint64_t count = 0;
  Open(depth);
  while (status_.ok() && Advance(depth)) {
    uint64_t weight = 1;
    if (here.weights != nullptr) weight = here.value < here.weights->size() ? (*here.weights)[here.value] : 0;
    if (weight == 0) continue;
    uint64_t below = CountBelow(depth + 1);
    overflowed_ |= __builtin_mul_overflow(below, weight, &below);
    overflowed_ |= __builtin_add_overflow(count, below, &count);
  }
  CheckNowAndThen(0);
  return count;
}

absl::Status Leapfrog::CountEach(size_t begin, size_t end, const CodeWeights& weights,
                                 absl::FunctionRef<absl::Status(uint32_t value, uint64_t count)> visit) {
  for (Depth& depth : depths_) {
    const Participant& participant = depth.participants[0];
    const auto found = weights.find((*relations_)[participant.relation].variables[participant.level]);
    depth.weights = found == weights.end() ? nullptr : &found->second;
  }
  Start(begin, end);
  Depth& first = depths_[0];
  while (Advance(0)) {
    uint64_t count = 1;
    if (first.weights != nullptr) count = first.value < first.weights->size() ? (*first.weights)[first.value] : 0;
    if (count > 0 && depths_.size() > 1) {
      overflowed_ |= __builtin_mul_overflow(count, CountBelow(1), &count);
    }
    DOSSIER_RETURN_IF_ERROR(status_);
    if (count > 0) DOSSIER_RETURN_IF_ERROR(visit(first.value, count));
  }
  return overflowed_ ? absl::OutOfRangeError("there are more solutions than can be counted") : absl::OkStatus();
}

}  // namespace dossier::exec
