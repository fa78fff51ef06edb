// What the program that is killed does, and what the test that kills it expects to find: the same for the same number.
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "rdf/quad.h"
#include "storage/store.h"

namespace dossier {

// The changes of the `number`th commit (from 1). Each changes something, so it is commit `number` of the store.
ChangeSet ChangesOfCommit(uint64_t number);

// What a store holds after that many commits.
std::set<Quad> ContentsAfterCommits(uint64_t number);

// The small changes that one of several threads makes: no two numbers share a quad.
ChangeSet ChangesOfThread(uint64_t number);

// The quads of a load: none of them comes with a commit or another load.
std::vector<Quad> QuadsOfLoad(uint64_t number);

}  // namespace dossier
