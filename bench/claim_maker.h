// Claims for benchmarks that write, any number of them.
#pragma once

#include <cstdint>

#include "storage/store.h"

namespace dossier::bench {

// Adds a claim with four annotations, as `assert` writes it: six triples, new ones for each number.
void AddClaim(uint64_t number, ChangeSet* changes);

}  // namespace dossier::bench
