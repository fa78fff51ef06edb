// Claims as answers cite them, read from the store with all their annotations.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/statusor.h"
#include "query/ask/ask.h"
#include "query/ask/catalogue.h"
#include "query/ask/graph_reader.h"
#include "query/result/answer.h"
#include "rdf/time_range.h"

namespace dossier::ask {

// A claim, and what of it is compared and counted.
struct ClaimRecord {
  AnswerClaim claim;
  TermId id;  // Undefined for a triple that no claim states.
  TermId subject;
  TermId relation;
  TermId object;
  TermId article;
  int64_t rank = 0;               // Of the certainty; 0 when it has none.
  std::optional<TimeRange> time;  // The most precise one, when there are several.
  bool denied = false;
  // Of a number: in base units, with how its source hedges it (the end of the bound's IRI: "moreThan"); the base unit's
  // IRI is "" when no unit was said.
  std::optional<double> quantity;
  Term base_unit;
  std::string bound;
  std::optional<TimeRange> published;  // Of its article.

  // Stated as a fact (confirmed, reported, or without a level), and not as a plan, a belief or a guess.
  bool IsSettled() const;
  // Tells of what had not happened yet when its article came out: an expectation, a plan.
  bool IsProspective() const;
  // Tells of a state whose end is known and lies before `day`.
  bool HasEndedBy(const TimeRange& day) const;
};

// Not thread-safe; keeps the claims it has read.
class ClaimReader {
 public:
  ClaimReader(const Catalogue& catalogue, const Snapshot& snapshot, const SentenceLookup& sentences)
      : catalogue_(catalogue), graph_(snapshot), sentences_(sentences) {}

  // The reference lives as long as the reader.
  absl::StatusOr<const ClaimRecord*> Read(TermId claim);
  // A triple that no claim states: a record without an id.
  absl::StatusOr<const ClaimRecord*> ReadPlain(TermId subject, TermId relation, TermId object);

  // An entity or literal with the name people know it by.
  absl::StatusOr<AnswerCell> Cell(TermId id);
  // The same for a term that may not be in the store.
  absl::StatusOr<AnswerCell> Cell(const Term& term);

 private:
  absl::Status ReadTriple(TermId claim, ClaimRecord* record);
  absl::Status ReadAnnotation(TermId predicate, TermId object, ClaimRecord* record);
  absl::Status ReadArticle(TermId article, ClaimRecord* record);
  absl::Status NameQuantity(ClaimRecord* record);
  absl::StatusOr<std::string> Name(TermId id);
  absl::StatusOr<std::string> TypeOf(TermId id);

  const Catalogue& catalogue_;
  GraphReader graph_;
  const SentenceLookup& sentences_;
  absl::node_hash_map<TermId, ClaimRecord> claims_;
  std::vector<std::unique_ptr<ClaimRecord>> plain_;
  // Of the claim that is being read.
  std::string bound_;
  std::string unit_;
  Term unit_iri_;
  Term article_;
};

// `15000` as "15,000".
std::string WithThousands(absl::string_view number);

}  // namespace dossier::ask
