// Joins all relations of a pattern at once, one variable after the other: the values of a variable are those that all
// relations with it have below the values chosen before. The time is bounded by the most rows that any data of this
// size could give (Ngo, Re and Rudra, "Skew strikes back", SIGMOD Record 2013; Veldhuizen, "Leapfrog Triejoin", ICDT
// 2014), where two at a time may make far more rows on the way, as in every triangle.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/types/span.h"
#include "query/exec/trie_loader.h"

namespace dossier::exec {

// How often each value of a variable counts, by its code; values behind the end do not at all.
using CodeWeights = absl::flat_hash_map<algebra::Variable, std::vector<uint64_t>>;

// Not thread-safe, but any number can go through the same tries.
class Leapfrog {
 public:
  // `order`: the variables of the relations; those of each relation stand in it in the order of its trie's levels.
  // Everything outlives the join. REQUIRES: !tries.nothing.
  Leapfrog(const RunContext& context, const LoadedTries& tries, const std::vector<JoinRelation>& relations,
           const std::vector<algebra::Variable>& order);

  // Candidates for the first variable, by which the work can be divided.
  size_t candidates() const { return FirstList().size(); }

  // Begins with the candidates from `begin` to `end`. To be called before Next().
  void Start(size_t begin, size_t end);

  // The next solution: its codes, by the order of the variables. False at the end, and now and then with `*paused` set,
  // when none has been found for long.
  bool Next(bool* paused);
  uint32_t value(size_t depth) const { return depths_[depth].value; }

  // Calls `visit` with each value of the first variable among the candidates, and the number of solutions with it, or
  // with weights the sum of the products of the weights of their values.
  absl::Status CountEach(size_t begin, size_t end, const CodeWeights& weights,
                         absl::FunctionRef<absl::Status(uint32_t value, uint64_t count)> visit);

 private:
  // A relation that has a variable.
  struct Participant {
    size_t relation = 0;
    size_t level = 0;
    bool leaf = false;    // The variable is the last of the relation.
    bool stable = false;  // Its values stay the same while the variable before takes several.
    const uint32_t* cursor = nullptr;
  };
  struct Depth {
    std::vector<Participant> participants;
    size_t driver = 0;  // Whose values are gone through.
    const uint32_t* next = nullptr;
    const uint32_t* end = nullptr;
    uint32_t value = 0;
    const std::vector<uint64_t>* weights = nullptr;
    // The values of a stable participant as a set of bits, and which they are.
    std::vector<uint64_t> bits;
    const Participant* bits_of = nullptr;
    absl::Span<const uint32_t> bits_set;
  };

  absl::Span<const uint32_t> FirstList() const;
  absl::Span<const uint32_t> ListOf(const Participant& participant) const;
  void Open(size_t depth);
  bool Advance(size_t depth);
  bool Find(Participant* participant, uint32_t value);
  void Descend(const Participant& participant, uint32_t value, const uint32_t* place);
  uint64_t CountBelow(size_t depth);
  uint64_t CountLast(Depth* depth);
  uint64_t CountWithBits(Depth* depth, const Participant& stable, absl::Span<const uint32_t> set,
                         absl::Span<const uint32_t> probes);
  void CheckNowAndThen(uint64_t work);

  const RunContext& context_;
  const LoadedTries& tries_;
  const std::vector<JoinRelation>* const relations_;
  std::vector<Depth> depths_;
  std::vector<std::array<Trie::Range, Trie::kMostLevels>> ranges_;  // By relation and level: below the chosen values.
  size_t depth_ = 0;                                                // Next(): where it is.
  bool started_ = false;
  uint64_t work_ = 0;  // Since cancellation was looked for.
  absl::Status status_;
  bool overflowed_ = false;
  MemoryReservation memory_;
};

}  // namespace dossier::exec
