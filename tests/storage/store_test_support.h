// What the tests of the store share: short ways to write quads, and to read a snapshot as terms.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "rdf/quad.h"
#include "storage/snapshot.h"
#include "storage/store.h"

namespace dossier {

// `urn:` and the name.
Term Node(absl::string_view name);
Term Number(int value);

// A quad of three nodes; `graph` empty means the default graph.
Quad Fact(absl::string_view subject, absl::string_view predicate, absl::string_view object,
          absl::string_view graph = "");
Quad Fact(Term subject, Term predicate, Term object);

// `claim rdf:reifies <<( s p o )>>`.
Quad Claim(absl::string_view claim, absl::string_view subject, absl::string_view predicate, absl::string_view object,
           absl::string_view graph = "");

using Ids = std::vector<TermId>;
using Terms = std::vector<Term>;

// The rows of a scan, each as wide as the permutation. A column that was not asked for is undefined.
std::vector<Ids> ScanIds(const Snapshot& snapshot, const ScanSpec& spec);
// The same as terms; the undefined id (the default graph) is the IRI "".
std::vector<Terms> ScanTerms(const Snapshot& snapshot, const ScanSpec& spec);

// Every quad of the snapshot, reifications among them, found by one permutation of each relation.
std::set<Quad> Contents(const Snapshot& snapshot);

// The counts with terms in place of ids, as sorted text, so that stores with other ids can be compared.
std::string DescribeStatistics(const Snapshot& snapshot);

// Fails the test when the store does not find itself sound.
void ExpectValid(const Store& store);

// Fails the test unless both hold the same rows in every permutation, each sorted in the order of its own ids, and have
// the same statistics.
void ExpectSameStore(const Snapshot& actual, const Snapshot& expected);

// A source for BulkLoad over quads in memory.
std::function<absl::Status(QuadSink)> SourceOf(absl::Span<const Quad> quads);

// A directory that goes with everything in it when its holder does.
class TempDirectory {
 public:
  TempDirectory();
  TempDirectory(const TempDirectory&) = delete;
  TempDirectory& operator=(const TempDirectory&) = delete;
  ~TempDirectory();

  const std::string& path() const { return path_; }
  std::string Child(absl::string_view name) const;

 private:
  std::string path_;
};

}  // namespace dossier
